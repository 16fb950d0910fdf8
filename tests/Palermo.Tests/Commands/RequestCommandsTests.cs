using System.Text.Json;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Commands;

/// <summary><c>palermo request new</c> and <c>palermo request check</c>, which need no record.</summary>
public sealed class RequestCommandsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FromTheFindersAnswerToACompleteRequest()
    {
        using var record = TestRecord.Shipped(Provider.Sqlite);
        var (code, answer, _) = Run("basis", "--from", "BRA", "--to", "ITA", "--kind", "mla", "--offence", "money-laundering", "--on", "2014-06-01", "--max-penalty", "10", "--json", "--data", record.Connection);
        code.ShouldBe(0);
        var basis = _folder.Write("basis.json", answer);
        var target = _folder.File("request.json");
        Run("request", "new", "--from-basis", basis, "--out", target).Code.ShouldBe(0);
        Run("request", "new", "--from-basis", basis, "--out", target).Code.ShouldBe(2, "a file that is there is not overwritten");
        var request = JsonDocument.Parse(File.ReadAllText(target)).RootElement;
        (request.GetProperty("kind").GetString(), request.GetProperty("requesting").GetString(), request.GetProperty("requested").GetString()).ShouldBe(("mla", "BRA", "ITA"));
        request.GetProperty("basis").GetProperty("relied").EnumerateArray().Select(r => r.GetString()).ShouldBe(["untoc"]);
        request.GetProperty("basis").GetProperty("report").GetProperty("excluded").GetArrayLength().ShouldBeGreaterThan(0);

        var (incomplete, output, error) = Run("request", "check", target, "--json");
        (incomplete, error).ShouldBe((1, ""));
        var findings = JsonDocument.Parse(output).RootElement.EnumerateArray().ToArray();
        findings.ShouldAllBe(f => f.EnumerateObject().Select(p => p.Name).SequenceEqual(new[] { "field", "article", "severity", "text" }));
        findings.Single(f => f.GetProperty("field").GetString() == "facts.summary").GetProperty("article").GetString().ShouldBe("UNTOC art. 18(15)(c)");

        Run("request", "new", "--from-basis", basis, "--kind", "videoconference").Output.ShouldContain("\"kind\": \"videoconference\"");
        var (refused, _, why) = Run("request", "new", "--from-basis", basis, "--kind", "extradition");
        refused.ShouldBe(2);
        why.ShouldContain("videoconference");
    }

    [Theory]
    [InlineData("mla")]
    [InlineData("extradition")]
    public void TheExamplesAreComplete(string name)
    {
        var (code, output, error) = Run("request", "check", Path.Combine(Repository.Data, "requests", "examples", name + ".json"));
        (code, error).ShouldBe((0, ""));
        output.ShouldContain("Complete.");
    }

    [Fact]
    public void PlainOutputIsGroupedAndNamesTheArticleInTheReadersLanguage()
    {
        var file = _folder.Write("r.json", """{"schema":"palermo-request/1","kind":"firearms-tracing","firearms":[{"id":"f1","type":"pistol","make":"Exemplo"}]}""");
        var (code, output, _) = Run("request", "check", file);
        code.ShouldBe(1);
        output.ShouldContain("“Calibre” of Exemplo is missing. (Firearms Protocol art. 12(4)) [firearms/f1/calibre]");
        output.Split('\n').Count(l => l.Trim() == "Facts").ShouldBeLessThanOrEqualTo(1);
        foreach (var language in new[] { "fr", "ar", "zh", "ru" }) Run("request", "check", file, "--language", language).Code.ShouldBe(1);
        Run("request", "check", file, "--language", "tlh").Code.ShouldBe(2);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"schema\":\"palermo-request/1\",\"persons\":5}")]
    [InlineData("[1,2")]
    public void WhatCannotBeReadIsRefusedInOneLine(string content)
    {
        var file = _folder.Write("bad.json", content);
        foreach (var arguments in new string[][] { ["request", "check", file], ["request", "new", "--from-basis", file] })
        {
            var (code, output, error) = Run(arguments);
            (code, output).ShouldBe((2, ""));
            error.Trim().Split('\n').ShouldHaveSingleItem().ShouldNotBeEmpty();
        }

        Run("request", "check", _folder.File("nowhere.json")).Code.ShouldBe(2);
        Run("request", "check", _folder.Path).Code.ShouldBe(2);
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (Program.Run(arguments, output, error), output.ToString(), error.ToString());
    }
}
