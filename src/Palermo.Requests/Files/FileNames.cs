using System.Globalization;
using System.Text;
using Palermo.Kernel;

namespace Palermo.Requests.Files;

/// <summary>Names of files as strangers give them.</summary>
internal static class FileNames
{
    internal const int Longest = 200;
    private const int LongestEnding = 20;

    /// <summary>A name without folders, and without characters that control, turn the direction of writing, or cannot be seen; long ones keep their ending.</summary>
    internal static string Clean(string? given)
    {
        var name = Plain.Text((given ?? "").EnumerateRunes().Where(IsShown).SelectMany(r => r.ToString())).Normalize(NormalizationForm.FormC);
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Trim(' ', '.');
        if (name.Length == 0) return "file";
        if (name.Length <= Longest) return name;
        var ending = Path.GetExtension(name);
        if (ending.Length > LongestEnding) ending = "";
        var cut = Longest - ending.Length;
        return name[..(char.IsHighSurrogate(name[cut - 1]) ? cut - 1 : cut)] + ending;
    }

    /// <summary>Whether a character shows, or joins letters as some scripts need it.</summary>
    private static bool IsShown(Rune rune) => rune.Value is 0x200C or 0x200D
        || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
