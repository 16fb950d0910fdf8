using System.Collections.Frozen;
using Palermo.Kernel;

namespace Palermo.Authorities.Finding;

/// <summary>Which of the finder's kinds of cooperation each kind of request belongs to, from <c>data/requests/kinds.csv</c>.</summary>
internal static class SpecialKinds
{
    /// <exception cref="DataFileException">The file cannot be understood.</exception>
    internal static IReadOnlyDictionary<string, string> Read(string dataFolder) =>
        DataFile.Read(Path.Combine(dataFolder, "requests", "kinds.csv"), "number", "code", "provision", "finder_kind").Rows
            .ToFrozenDictionary(r => r.Required("code"), r => r.Required("finder_kind"), StringComparer.Ordinal);
}
