using System.Globalization;
using Palermo.Kernel;

namespace Palermo.Requests.Files;

/// <summary>Sizes as people read them; a kilobyte is 1,000 bytes, as on file managers and disks.</summary>
internal static class FileSize
{
    /// <summary>A size in the largest unit of which there is at least one.</summary>
    internal static Message Of(long bytes, Language language)
    {
        if (bytes < 1000) return new("files.size.bytes", ("n", (int)bytes));
        var (unit, one) = bytes < 1_000_000 ? ("kb", 1e3) : bytes < 1_000_000_000 ? ("mb", 1e6) : ("gb", 1e9);
        var culture = language.Code == "ar" ? CultureInfo.InvariantCulture : language.Culture;
        return new("files.size." + unit, ("x", (bytes / one).ToString("0.#", culture)));
    }
}
