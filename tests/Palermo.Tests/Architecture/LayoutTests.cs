using System.Xml.Linq;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Architecture;

/// <summary>Habits of the code that are easily lost.</summary>
public sealed class LayoutTests
{
    /// <summary>What each project of <c>src/</c> may see. A new project gets its line here.</summary>
    private static readonly Dictionary<string, string[]> MaySee = new()
    {
        ["Palermo.Kernel"] = [],
        ["Palermo.Data"] = ["Palermo.Kernel"],
        ["Palermo.Web"] = ["Palermo.Kernel"],
        ["Palermo.Treaties"] = ["Palermo.Kernel", "Palermo.Data", "Palermo.Web"],
        ["Palermo.Access"] = ["Palermo.Kernel", "Palermo.Data", "Palermo.Web"],
        ["Palermo.Authorities"] = ["Palermo.Kernel", "Palermo.Data", "Palermo.Web", "Palermo.Treaties"],
        ["Palermo.Requests"] = ["Palermo.Kernel", "Palermo.Data", "Palermo.Web", "Palermo.Treaties", "Palermo.Authorities"],
        ["Palermo.Exchange"] = ["Palermo.Kernel", "Palermo.Data", "Palermo.Web", "Palermo.Treaties", "Palermo.Requests"],
        ["Palermo"] = ["Palermo.Kernel", "Palermo.Data", "Palermo.Web", "Palermo.Access", "Palermo.Treaties", "Palermo.Authorities", "Palermo.Requests", "Palermo.Exchange"],
    };

    [Fact]
    public void ProjectsSeeOnlyWhatTheyMay()
    {
        var projects = Directory.EnumerateFiles(Repository.Source, "*.csproj", SearchOption.AllDirectories).ToDictionary(f => Path.GetFileNameWithoutExtension(f), References);
        projects.Keys.Order().ShouldBe(MaySee.Keys.Order());
        foreach (var (project, references) in projects) references.Except(MaySee[project]).ShouldBeEmpty(project);
    }

    [Fact]
    public void ReferencesFormNoCycle()
    {
        var left = Directory.EnumerateFiles(Repository.Source, "*.csproj", SearchOption.AllDirectories).ToDictionary(f => Path.GetFileNameWithoutExtension(f), f => References(f).ToHashSet());
        while (left.FirstOrDefault(p => p.Value.Count == 0).Key is { } free)
        {
            left.Remove(free);
            foreach (var references in left.Values) references.Remove(free);
        }

        left.Keys.ShouldBeEmpty();
    }

    [Fact]
    public void WhatIsBuiltSeesNoMoreThanItsProjectSays()
    {
        foreach (var assembly in Modules.All)
        {
            var name = assembly.GetName().Name == "palermo" ? "Palermo" : assembly.GetName().Name!;
            assembly.GetReferencedAssemblies().Select(r => r.Name!).Where(r => r.StartsWith("Palermo", StringComparison.OrdinalIgnoreCase)).Except(MaySee[name]).ShouldBeEmpty(name);
        }
    }

    [Fact]
    public void FilesAreShortEnoughToReadInOneGo() =>
        Repository.SourceFiles(".cs", ".razor", ".scss", ".js", ".mjs").Where(f => File.ReadLines(f).Count() > 400).Select(Path.GetFileName).ShouldBeEmpty();

    [Fact]
    public void NothingIsLeftToDoInTheCode() =>
        Repository.SourceFiles(".cs", ".razor", ".js", ".scss")
            .SelectMany(f => File.ReadLines(f).Where(l => l.Contains("TODO", StringComparison.Ordinal) || l.Contains("FIXME", StringComparison.Ordinal) || l.Contains("NotImplementedException", StringComparison.Ordinal)).Select(l => $"{Path.GetFileName(f)}: {l.Trim()}"))
            .ShouldBeEmpty();

    [Fact]
    public void PagesHaveNoInlineStyleOrScript() =>
        Repository.SourceFiles(".razor")
            .Where(f => System.Text.RegularExpressions.Regex.IsMatch(File.ReadAllText(f), """\sstyle="|\son[a-z]+="(?!@)|<style|<script(?![^>]*src=)"""))
            .Select(Path.GetFileName).ShouldBeEmpty();

    private static string[] References(string project) =>
        [.. XDocument.Load(project).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(((string)r.Attribute("Include")!).Replace('\\', '/')))];
}
