namespace Palermo.Access;

/// <summary>Where to go back to after signing in.</summary>
internal static class LocalPath
{
    private const int Longest = 4000;

    /// <summary>The path when it is one of this node; the start page otherwise.</summary>
    internal static string Of(string? back) =>
        back is { Length: > 0 and <= Longest } && back[0] == '/' && (back.Length == 1 || back[1] is not ('/' or '\\')) && !back.Any(char.IsControl) ? back : "/";
}
