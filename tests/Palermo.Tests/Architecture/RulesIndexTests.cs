using Shouldly;
using Xunit;

namespace Palermo.Tests.Architecture;

public sealed class RulesIndexTests
{
    [Fact]
    public void TheIndexIsUpToDate()
    {
        if (Environment.GetEnvironmentVariable("PALERMO_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(RulesIndex.Path)!);
            File.WriteAllText(RulesIndex.Path, RulesIndex.Text());
        }

        File.ReadAllText(RulesIndex.Path).ShouldBe(RulesIndex.Text());
    }

    [Fact]
    public void EveryRuleHasANumberOfItsOwnAQuestionAndASource()
    {
        RulesIndex.Rules.Count.ShouldBeGreaterThanOrEqualTo(10);
        RulesIndex.Rules.Select(r => r.Rule.Id).ShouldBeUnique();
        RulesIndex.Rules.ShouldAllBe(r => System.Text.RegularExpressions.Regex.IsMatch(r.Rule.Id, "^[A-Z]{2}-[0-9]{2}$"));
        RulesIndex.Rules.ShouldAllBe(r => r.Rule.Question.Length > 0 && r.Rule.Source.Contains("art", StringComparison.Ordinal));
    }

    [Fact]
    public void ARuleIsStaticAndKnowsNeitherDatabaseNorClock()
    {
        foreach (var (rule, method) in RulesIndex.Rules)
        {
            method.IsStatic.ShouldBeTrue(rule.Id);
            var source = File.ReadAllText(Path.Combine(Support.Repository.Root, RulesIndex.FileOf(method)));
            foreach (var forbidden in new[] { "TimeProvider", "PalermoContext", "DbContext", "HttpContext", "File." }) source.ShouldNotContain(forbidden, customMessage: rule.Id);
        }
    }
}
