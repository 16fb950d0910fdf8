namespace Palermo.Tests.Support;

/// <summary>The working copy the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    public static string Data { get; } = Path.Combine(Root, "data");

    public static string Source { get; } = Path.Combine(Root, "src");

    /// <summary>The project's own source files: nothing generated and nothing built.</summary>
    public static IEnumerable<string> SourceFiles(params string[] extensions) =>
        Directory.EnumerateFiles(Source, "*", SearchOption.AllDirectories)
            .Where(f => extensions.Contains(Path.GetExtension(f), StringComparer.Ordinal))
            .Where(f => !Path.GetRelativePath(Source, f).Split(Path.DirectorySeparatorChar).Any(p => p is "bin" or "obj" or "node_modules" or "Migrations" or "wwwroot"))
            .Order(StringComparer.Ordinal);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Palermo.slnx"))) folder = folder.Parent;
        return folder.FullName;
    }
}
