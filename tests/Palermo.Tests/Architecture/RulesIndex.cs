using System.Globalization;
using System.Reflection;
using System.Text;
using Palermo.Kernel;
using Palermo.Tests.Support;

namespace Palermo.Tests.Architecture;

/// <summary>The index of legal rules in <c>docs/rules/index.md</c>, made from the <see cref="RuleAttribute"/>s.</summary>
internal static class RulesIndex
{
    internal static string Path { get; } = System.IO.Path.Combine(Repository.Root, "docs", "rules", "index.md");

    internal static IReadOnlyList<(RuleAttribute Rule, MethodInfo Method)> Rules { get; } =
    [
        .. Modules.All.SelectMany(a => a.GetTypes())
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Select(m => (m.GetCustomAttribute<RuleAttribute>(), m)).Where(r => r.Item1 is not null).Select(r => (r.Item1!, r.m))
            .OrderBy(r => r.Item1.Id, StringComparer.Ordinal),
    ];

    internal static string Text()
    {
        var text = new StringBuilder("""
            # Rules

            Every legal rule is one pure function, without a database and without a clock. Page, API and command line ask the same one.
            This file is made from the `[Rule]` attributes; a test fails when it is stale. To make it again:
            `PALERMO_WRITE_DOCS=1 dotnet run --project tests/Palermo.Tests -- -class Palermo.Tests.Architecture.RulesIndexTests`.

            | rule | question | answered by | source |
            |---|---|---|---|

            """.Replace("\r", "", StringComparison.Ordinal));
        foreach (var (rule, method) in Rules)
            text.Append(CultureInfo.InvariantCulture, $"| {rule.Id} | {rule.Question} | [`{method.DeclaringType!.Name}.{method.Name}`](../../{FileOf(method)}) | {rule.Source} |\n");
        return text.ToString();
    }

    /// <summary>A rule stands in a file named after its type.</summary>
    internal static string FileOf(MethodInfo method) =>
        System.IO.Path.GetRelativePath(Repository.Root, Repository.SourceFiles(".cs").Single(f => System.IO.Path.GetFileNameWithoutExtension(f) == method.DeclaringType!.Name)).Replace('\\', '/');
}
