using BenchmarkDotNet.Attributes;
using Palermo.Kernel;
using Palermo.Treaties.LegalBasis;
using Palermo.Treaties.Registry;

namespace Palermo.Bench;

/// <summary>One answer of the finder, and all ordered pairs of states, over all instruments.</summary>
[MemoryDiagnoser]
public class FinderBenchmarks
{
    private TreatyRegistry _registry = null!;
    private BasisQuery _query = null!;
    private State[] _states = [];

    /// <summary>A question that many instruments answer, and one that few do.</summary>
    [Params("organized-group", "drugs")]
    public string Offence { get; set; } = "";

    [GlobalSetup]
    public void Load()
    {
        var reference = TreatyReference.Load(Path.Combine(AppContext.BaseDirectory, "data"));
        _registry = TreatyRegistry.Build(reference, ShippedFacts.Read(reference), null, 1);
        _states = [.. reference.States.All];
        _query = new BasisQuery(
            reference.States.Resolve("BRA"), reference.States.Resolve("ITA"), CooperationKinds.Mla, Codes.Offence(Offence)!.Value,
            new DateOnly(2014, 6, 1), 4, true, true);
    }

    [Benchmark]
    public int OneAnswer() => FindBasis.Answer(_registry, _query).Available.Count;

    [Benchmark]
    public int AllOrderedPairs()
    {
        var available = 0;
        foreach (var from in _states)
            foreach (var to in _states)
                if (!ReferenceEquals(from, to)) available += FindBasis.Answer(_registry, _query with { From = from, To = to }).Available.Count;
        return available;
    }
}
