using Palermo.Kernel;
using Palermo.Tests.Support;
using Palermo.Treaties.Registry;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.Registry;

/// <summary>A broken data file stops the start with file, line and column.</summary>
public sealed class TreatyReferenceTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public TreatyReferenceTests() => TestFolder.Copy(Repository.Data, _folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheCopyIsReadAsItIs()
    {
        var reference = TreatyReference.Load(_folder.Path);
        reference.Instruments.Count.ShouldBe(26);
        ShippedFacts.Read(reference).Count.ShouldBe(Shipped.Facts.Count);
    }

    [Theory]
    [InlineData("treaties/instruments.csv", "untoc,UNTOC,XVIII-12,un,", "untoc,UNTOC,XVIII-12,uno,", 2, "depositary")]
    [InlineData("treaties/instruments.csv", "2000-11-15,New York,2000-12-12", "2000-11-31,New York,2000-12-12", 2, "adopted_on")]
    [InlineData("treaties/instruments.csv", "untoc,yes,all,2000-11-15", "utnoc,yes,all,2000-11-15", null, "parent_id")]
    [InlineData("treaties/instrument-names.csv", "untoc,fr,", "untoc,de,", 3, "language")]
    [InlineData("treaties/scope.csv", "untoc,organized-group,5,group;transnational", "untoc,organized-group,5,group;lunar", 2, "tests")]
    [InlineData("treaties/scope.csv", "untoc,money-laundering,6", "untoc,counterfeiting,6", 3, "offence")]
    [InlineData("treaties/coverage.csv", "untoc,extradition,16,", "untoc,extradition,,", 2, "articles")]
    [InlineData("treaties/coverage.csv", "uncac,extradition,44,", "uncac,extraditions,44,", 3, "kind")]
    [InlineData("treaties/request-rules.csv", "untoc,mla,central-authority", "untock,mla,central-authority", 2, "instrument")]
    [InlineData("treaties/declaration-effects.csv", "extradition-basis,no,,,excludes", "extradition-basis,no,,,forbids", null, "effect")]
    [InlineData("treaties/declaration-effects.csv", "named:ARM", "named:XXX", null, "side")]
    [InlineData("treaties/sources.csv", "id,title,address,as_at,note", "id,title,address,as_at,remark", 1, "remark")]
    [InlineData("states/states.csv", "AFG,AF,004,asia-pacific,yes", "AFG,AF,004,asia-pacific,maybe", 2, "un_member")]
    [InlineData("states/names.csv", "ALB,Albania,", "ALB,Angola,", 4, "en")]
    [InlineData("states/aliases.csv", "AFG,República Islâmica do Afeganistão", "AFG,Brazil", null, "alias")]
    [InlineData("states/successions.csv", "MNE,2006-06-03", "MNE,2006-06-33", 2, "date")]
    [InlineData("provisions/untoc.fr.csv", "number,heading,summary", "number,heading,summary,kind", 1, "kind")]
    public void DamageToATableIsNamed(string file, string from, string to, int? line, string column)
    {
        Damage(file, from, to);
        var e = Should.Throw<DataFileException>(() => TreatyReference.Load(_folder.Path).Provisions);
        e.File.ShouldBe(Path.GetFileName(file));
        e.Column.ShouldBe(column);
        if (line is { } expected) e.Line.ShouldBe(expected);
    }

    [Theory]
    [InlineData("treaties/participation.csv", "cifta,ARG,Argentina,signature,1997-11-14", "cifta,ARG,Argentina,signature,14/11/1997", 2, "date")]
    [InlineData("treaties/participation.csv", "cifta,ARG,Argentina,ratification", "cifta,ARG,Argentina,signed", 3, "action")]
    [InlineData("treaties/participation.csv", "drugs-1961,AFG,Afghanistan,signature", "drugs-1961,AFX,Afghanistan,signature", 4, "state")]
    [InlineData("treaties/participation.csv", "drugs-1961,AFG,Afghanistan,signature", "drugs-1960,AFG,Afghanistan,signature", 4, "instrument_id")]
    [InlineData("treaties/known_parties.csv", "cifta,ATG,party", "cifta,ATG,member", 2, "status")]
    [InlineData("treaties/declarations.csv", "drugs-1988,AND,,declaration,,other,,", "drugs-1988,AND,,declaration,,other,brand-new,", 2, "value")]
    [InlineData("treaties/declarations.csv", "reciprocity,untc-zmjones-decl:6-19", "reciprocity,nowhere:6-19", 2, "source")]
    [InlineData("treaties/territorial.csv", "CYP,area occupied since 1974,,control-limited", "CYP,area occupied since 1974,,limited", 2, "effect")]
    public void DamageToAFactIsNamed(string file, string from, string to, int line, string column)
    {
        Damage(file, from, to);
        var e = Should.Throw<DataFileException>(() => ShippedFacts.Read(TreatyReference.Load(_folder.Path)));
        (e.File, e.Line, e.Column).ShouldBe((Path.GetFileName(file), line, column));
    }

    [Fact]
    public void AnActThatStandsTwiceIsNamed()
    {
        var file = _folder.File("treaties/participation.csv");
        var lines = File.ReadAllLines(file);
        File.WriteAllLines(file, [.. lines, lines[1]]);
        Should.Throw<DataFileException>(() => ShippedFacts.Read(TreatyReference.Load(_folder.Path))).Line.ShouldBe(lines.Length + 1);
    }

    [Theory]
    [InlineData("provisions/untoc.fr.csv")]
    [InlineData("states/regions.csv")]
    [InlineData("treaties/scope.csv")]
    public void AMissingFileIsNamed(string file)
    {
        File.Delete(_folder.File(file));
        var e = Should.Throw<DataFileException>(() => TreatyReference.Load(_folder.Path).Provisions);
        e.File.ShouldBe(Path.GetFileName(file));
        e.Message.ShouldContain("missing");
    }

    [Fact]
    public void ASummaryOfMoreThanFortyWordsIsNamed()
    {
        var rows = File.ReadAllLines(_folder.File("provisions/untoc.csv"));
        rows[1] = "1,purpose,mandatory,Purpose," + string.Join(' ', Enumerable.Repeat("word", 41));
        File.WriteAllLines(_folder.File("provisions/untoc.csv"), rows);
        Should.Throw<DataFileException>(() => TreatyReference.Load(_folder.Path).Provisions).Column.ShouldBe("summary");
    }

    [Fact]
    public void ATranslationThatLostARowIsNamed()
    {
        var file = _folder.File("provisions/untoc.ar.csv");
        File.WriteAllLines(file, File.ReadAllLines(file).Where((_, i) => i != 2));
        var e = Should.Throw<DataFileException>(() => TreatyReference.Load(_folder.Path).Provisions);
        (e.File, e.Line, e.Column).ShouldBe(("untoc.ar.csv", 3, "number"));
    }

    private void Damage(string file, string from, string to)
    {
        var text = File.ReadAllText(_folder.File(file));
        text.ShouldContain(from);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        File.WriteAllText(_folder.File(file), text[..at] + to + text[(at + from.Length)..]);
    }
}
