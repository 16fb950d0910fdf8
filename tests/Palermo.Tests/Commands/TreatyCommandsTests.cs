using System.Text.Json;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Commands;

/// <summary>The commands and their JSON, which other programs rely on.</summary>
public sealed class TreatyCommandsTests
{
    [Theory, EveryDatabase]
    public void ListNamesEveryInstrument(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var list = Json(record, "treaties", "list", "--on", "2014-07-10", "--json");
        list.GetArrayLength().ShouldBe(26);
        var untoc = list[0];
        Names(untoc).ShouldBe(["instrument", "title", "shortTitle", "adoptedOn", "entryIntoForce", "depositary", "parent", "parties", "asAt", "complete"], ignoreOrder: true);
        (untoc.GetProperty("instrument").GetString(), untoc.GetProperty("parties").GetInt32()).ShouldBe(("untoc", 179));
        untoc.GetProperty("parent").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory, EveryDatabase]
    public void StatusHasItsStableShape(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var status = Json(record, "treaties", "status", "firearms-protocol", "--on", "2013-04-25", "--json");
        foreach (var name in new[] { "instrument", "on", "parties", "signatories", "partiesList", "signatoriesOnlyList", "complete", "asAt", "inForceList" })
            Names(status).ShouldContain(name);
        status.GetProperty("instrument").GetString().ShouldBe("firearms-protocol");
        status.GetProperty("on").GetString().ShouldBe("2013-04-25");
        status.GetProperty("asAt").GetString().ShouldBe("2014-07-10");
        status.GetProperty("parties").GetInt32().ShouldBe(98);
        status.GetProperty("signatories").ValueKind.ShouldBe(JsonValueKind.Number);
        status.GetProperty("complete").GetBoolean().ShouldBeTrue();
        status.GetProperty("partiesList").EnumerateArray().Select(e => e.GetString()!).ShouldAllBe(c => c.Length == 3);
        Json(record, "treaties", "status", "firearms-protocol", "--on", "2013-04-25", "--known", "2014-03-01", "--json").GetProperty("parties").GetInt32().ShouldBe(97);
        Json(record, "treaties", "status", "UNTOC", "--on", "2020-01-01", "--json").GetProperty("complete").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public void InForceHasItsStableShape()
    {
        using var record = TestRecord.Shipped(Provider.Sqlite);
        var lines = Json(record, "treaties", "in-force", "--between", "Brazil", "JPN", "--on", "2014-06-01", "--json").EnumerateArray().ToDictionary(l => l.GetProperty("instrument").GetString()!);
        lines.Count.ShouldBe(26);
        foreach (var line in lines.Values)
            foreach (var name in new[] { "instrument", "inForce", "since", "reason" }) Names(line).ShouldContain(name);
        lines["untoc"].GetProperty("inForce").GetBoolean().ShouldBeFalse();
        lines["untoc"].GetProperty("reason").GetString().ShouldBe("signatory-only");
        lines["untoc"].GetProperty("since").ValueKind.ShouldBe(JsonValueKind.Null);
        lines["drugs-1988"].GetProperty("inForce").GetBoolean().ShouldBeTrue();
        lines["drugs-1988"].GetProperty("since").GetString().ShouldBe("1992-09-10");
        lines["drugs-1988"].GetProperty("reason").ValueKind.ShouldBe(JsonValueKind.Null);
        Json(record, "treaties", "in-force", "--between", "BRA", "IRN", "--on", "2026-06-01", "--json").EnumerateArray()
            .Single(l => l.GetProperty("instrument").GetString() == "untoc").GetProperty("inForce").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory, EveryDatabase]
    public void BasisHasItsStableShape(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var report = Json(record, "basis", "--from", "BRA", "--to", "IT", "--kind", "mla", "--offence", "money-laundering", "--on", "2014-06-01", "--max-penalty", "10", "--group", "yes", "--transnational", "yes", "--json");
        Names(report).ShouldBe(["query", "available", "excluded", "unknown"]);
        foreach (var name in new[] { "from", "to", "kind", "offence", "on", "maxPenalty", "group", "transnational", "ownNational", "territory" }) Names(report.GetProperty("query")).ShouldContain(name);
        var available = report.GetProperty("available");
        var untoc = available[0];
        foreach (var name in new[] { "instrument", "articles", "role", "inForceSince", "conditions", "requirements", "warnings", "because" }) Names(untoc).ShouldContain(name);
        untoc.GetProperty("instrument").GetString().ShouldBe("untoc");
        untoc.GetProperty("role").GetString().ShouldBe("primary");
        untoc.GetProperty("inForceSince").GetString().ShouldBe("2006-09-01");
        untoc.GetProperty("articles").EnumerateArray().Select(a => a.GetString()).ShouldBe(["18"]);
        foreach (var name in new[] { "code", "met", "text" }) Names(untoc.GetProperty("conditions")[0]).ShouldContain(name);
        untoc.GetProperty("conditions")[0].GetProperty("met").GetBoolean().ShouldBeTrue();
        foreach (var name in new[] { "code", "value", "text" }) Names(untoc.GetProperty("requirements")[0]).ShouldContain(name);
        untoc.GetProperty("requirements").EnumerateArray().Select(r => r.GetProperty("code").GetString()).ShouldBe(["central-authority", "language", "dual-criminality", "use-limitation"]);
        foreach (var name in new[] { "text", "citation" }) Names(untoc.GetProperty("because")[0]).ShouldContain(name);
        var last = available[available.GetArrayLength() - 1];
        (last.GetProperty("instrument").GetString(), last.GetProperty("role").GetString()).ShouldBe(("none", "fallback"));
        foreach (var name in new[] { "code", "text" }) Names(last.GetProperty("warnings")[0]).ShouldContain(name);
        foreach (var name in new[] { "instrument", "reason", "state", "text", "citation" }) Names(report.GetProperty("excluded")[0]).ShouldContain(name);
        report.GetProperty("excluded").EnumerateArray().Single(e => e.GetProperty("instrument").GetString() == "oas-mla-1992").GetProperty("state").GetString().ShouldBe("ITA");

        var later = Json(record, "basis", "--from", "BRA", "--to", "IRN", "--kind", "mla", "--offence", "money-laundering", "--on", "2026-06-01", "--json");
        foreach (var name in new[] { "instrument", "missing", "text" }) Names(later.GetProperty("unknown")[0]).ShouldContain(name);
        var conditions = later.GetProperty("query").GetProperty("group");
        conditions.ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void PlainAnswersAreForPeople()
    {
        using var record = TestRecord.Shipped(Provider.Sqlite);
        var (code, output, error) = Run(record, "basis", "--from", "BRA", "--to", "ITA", "--kind", "mla", "--offence", "money-laundering", "--on", "2014-06-01");
        (code, error).ShouldBe((0, ""));
        output.ShouldContain("+ untoc [primary] 18 2006-09-01");
        output.ShouldContain("UNTOC art. 18(8)");
        Run(record, "treaties", "status", "untoc", "--on", "2014-07-10").Output.ShouldContain("179 parties");
        Run(record, "treaties", "in-force", "--between", "BRA", "IRN", "--on", "2026-06-01").Output.ShouldContain("not known");
        Run(record, "treaties", "list").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(26);
    }

    [Theory]
    [InlineData("Atlantis", "treaties", "in-force", "--between", "Atlantis", "BRA")]
    [InlineData("(COG)", "treaties", "in-force", "--between", "Congo", "BRA")]
    [InlineData("(COD)", "basis", "--from", "Congo", "--to", "BRA", "--kind", "mla", "--offence", "other")]
    [InlineData("palermo-convention", "treaties", "status", "palermo-convention")]
    [InlineData("YYYY-MM-DD", "treaties", "status", "untoc", "--on", "1 June 2014")]
    [InlineData("YYYY-MM-DD", "treaties", "status", "untoc", "--known", "2014-02-30")]
    [InlineData("YYYY-MM-DD", "treaties", "list", "--on", "")]
    [InlineData("European Union", "basis", "--from", "EUE", "--to", "BRA", "--kind", "mla", "--offence", "other")]
    [InlineData("European Union", "basis", "--from", "BRA", "--to", "EU", "--kind", "mla", "--offence", "other")]
    [InlineData("same", "basis", "--from", "BRA", "--to", "Brazil", "--kind", "mla", "--offence", "other")]
    [InlineData("same", "treaties", "in-force", "--between", "BRA", "BR")]
    [InlineData("neither", "basis", "--from", "BRA", "--to", "ITA", "--kind", "mla", "--offence", "other", "--territory", "HKG")]
    [InlineData("kind", "basis", "--from", "BRA", "--to", "ITA", "--kind", "help", "--offence", "other")]
    [InlineData("offence", "basis", "--from", "BRA", "--to", "ITA", "--kind", "mla", "--offence", "theft")]
    [InlineData("years", "basis", "--from", "BRA", "--to", "ITA", "--kind", "mla", "--offence", "other", "--max-penalty", "life")]
    [InlineData("yes nor no", "basis", "--from", "BRA", "--to", "ITA", "--kind", "mla", "--offence", "other", "--group", "maybe")]
    [InlineData("languages", "treaties", "list", "--language", "de")]
    [InlineData("--to", "basis", "--from", "BRA", "--kind", "mla", "--offence", "other")]
    [InlineData("--between", "treaties", "in-force")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("there-is-none.csv", "treaties", "import", "there-is-none.csv")]
    public void BadInputIsRefusedInOneSentenceWithExitCodeTwo(string expected, params string[] arguments)
    {
        using var record = TestRecord.Shipped(Provider.Sqlite);
        var (code, output, error) = Run(record, arguments);
        code.ShouldBe(2);
        output.ShouldBe("");
        error.ShouldContain(expected);
        error.ShouldNotContain("   at ");
        error.TrimEnd().ShouldNotContain("\n");
        record.Head().ShouldBe(1);
    }

    [Fact]
    public void ARecordThatCannotBeOpenedIsRefused()
    {
        using var folder = new TestFolder();
        var file = folder.Write("notes.txt", new string('x', 5000));
        using var error = new StringWriter();
        Program.Run(["treaties", "list", "--data", file], TextWriter.Null, error).ShouldBe(2);
        error.ToString().ShouldContain(file);
    }

    [Theory, EveryDatabase]
    public void ImportShowsAndRecordsTheDifferences(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        using var folder = new TestFolder();
        var file = folder.Write("acts.csv", "instrument,state,action,date,note\nuntoc,IRN,accession,2026-05-01,\n");
        Run(record, "treaties", "import", file, "--dry-run").ShouldBe((0, $"+ untoc IRN accession 2026-05-01{Environment.NewLine}1 added, 0 withdrawn; dry run, nothing was changed{Environment.NewLine}", ""));
        record.Head().ShouldBe(1);
        Run(record, "treaties", "import", file).Code.ShouldBe(0);
        record.Head().ShouldBe(2);
        Run(record, "treaties", "import", file).ShouldBe((0, $"0 added, 0 withdrawn{Environment.NewLine}", ""));
        record.Head().ShouldBe(2);
        var damaged = folder.Write("damaged.csv", "instrument,state,action,date,note\nuntoc,IRN,accession,2026-05-02,\nuntoc,XXX,accession,2026-05-01,\n");
        var (code, _, error) = Run(record, "treaties", "import", damaged);
        code.ShouldBe(2);
        error.ShouldContain("damaged.csv, line 3, column state");
        record.Head().ShouldBe(2);
    }

    [Fact]
    public void VerifyExitsWithOneOnADifference()
    {
        using var record = TestRecord.Shipped(Provider.Sqlite);
        var (code, output, _) = Run(record, "treaties", "verify");
        code.ShouldBe(0);
        output.ShouldContain(" 0 unexplained");
        using var folder = new TestFolder();
        Run(record, "treaties", "import", folder.Write("acts.csv", "instrument,state,action,date,note\nuntoc,IRN,accession,2003-01-01,\n")).Code.ShouldBe(0);
        var (wrong, said, _) = Run(record, "treaties", "verify");
        wrong.ShouldBe(1);
        said.ShouldContain("DIFFERS");
    }

    [Fact]
    public void SentencesCanBeAskedForInAnotherLanguage()
    {
        using var record = TestRecord.Shipped(Provider.Sqlite);
        Json(record, "treaties", "list", "--json", "--language", "fr")[0].GetProperty("title").GetString()!.ShouldStartWith("Convention des Nations Unies");
    }

    [Fact]
    public void HelpIsAnAnswer()
    {
        using var output = new StringWriter();
        Program.Run(["basis", "--help"], output, TextWriter.Null).ShouldBe(0);
        output.ToString().ShouldContain("--from");
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];

    private static JsonElement Json(TestRecord record, params string[] arguments)
    {
        var (code, output, error) = Run(record, arguments);
        (code, error).ShouldBe((0, ""));
        return JsonDocument.Parse(output).RootElement;
    }

    private static (int Code, string Output, string Error) Run(TestRecord record, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = Program.Run([.. arguments, "--data", record.Connection], output, error);
        return (code, output.ToString(), error.ToString());
    }
}
