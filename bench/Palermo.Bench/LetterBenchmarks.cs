using BenchmarkDotNet.Attributes;
using Palermo.Kernel;
using Palermo.Requests.Document;
using Palermo.Requests.Kinds;
using Palermo.Requests.Letter;

namespace Palermo.Bench;

/// <summary>The letter of the shipped example as DOCX, with the requested state's language beside it.</summary>
[MemoryDiagnoser]
public class LetterBenchmarks
{
    private KindCatalogue _catalogue = null!;
    private Texts _texts = null!;
    private RequestDocument _document = null!;

    [GlobalSetup]
    public void Load()
    {
        var data = Path.Combine(AppContext.BaseDirectory, "data");
        (_catalogue, _texts) = (KindCatalogue.Load(data), Palermo.Program.LoadTexts());
        _document = ReadRequest.FromJson(File.ReadAllBytes(Path.Combine(data, "requests", "examples", "mla.json")));
    }

    [Benchmark]
    public int Docx() => LetterDocx.Write(In("pt"), In("en")).Length;

    private LetterOfRequest In(string language) => ComposeLetter.Of(_document, new LetterItems(_document, _catalogue), _texts, _catalogue.Reference, language);
}
