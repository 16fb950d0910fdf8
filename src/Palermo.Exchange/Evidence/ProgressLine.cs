using System.Globalization;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence;

/// <summary>Sizes as people read them; a kilobyte is 1,000 bytes, as on file managers and disks.</summary>
internal static class Sizes
{
    /// <summary>A size in the largest unit of which there is at least one.</summary>
    internal static Message Of(long bytes, Language language)
    {
        if (bytes < 1000) return new("files.size.bytes", ("n", (int)bytes));
        var (key, one) = bytes < 1_000_000 ? ("files.size.kb", 1e3) : bytes < 1_000_000_000 ? ("files.size.mb", 1e6) : bytes < 1_000_000_000_000 ? ("files.size.gb", 1e9) : ("package.size.tb", 1e12);
        var culture = language.Code == "ar" ? CultureInfo.InvariantCulture : language.Culture;
        return new(key, ("x", (bytes / one).ToString("0.#", culture)));
    }
}

/// <summary>One line of a terminal that shows how far something is, how fast, and how long it will still take.</summary>
/// <param name="output">The terminal; null when there is none.</param>
/// <param name="texts">The interface's texts.</param>
/// <param name="language">The reader's language.</param>
/// <param name="total">All bytes.</param>
/// <param name="clock">The clock.</param>
internal sealed class ProgressLine(TextWriter? output, Lazy<Texts> texts, Language language, long total, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly long _began = clock.GetTimestamp();
    private long _shown = clock.GetTimestamp(), _done;
    private int _width;

    /// <summary>All bytes; may be known only later.</summary>
    internal long Total { get; set; } = total;

    /// <summary>More bytes are done.</summary>
    internal void Add(long bytes)
    {
        _done += bytes;
        if (output is null || clock.GetElapsedTime(_shown) < Pause) return;
        _shown = clock.GetTimestamp();
        var speed = _done / Math.Max(0.001, clock.GetElapsedTime(_began).TotalSeconds);
        var left = TimeSpan.FromSeconds(Math.Min((Total - _done) / Math.Max(1, speed), TimeSpan.FromDays(99).TotalSeconds));
        Show(texts.Value.Say(language, "package.progress", ("percent", (Total == 0 ? 100 : 100 * _done / Total).ToString(CultureInfo.InvariantCulture)), ("done", Sizes.Of(_done, language)), ("total", Sizes.Of(Total, language)),
            ("speed", Sizes.Of((long)speed, language)), ("left", left.ToString(left.TotalDays >= 1 ? @"d\.hh\:mm\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture))));
    }

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        if (_width > 0) Show("");
        if (_width > 0) output!.Write('\r');
        _width = 0;
    }

    private void Show(string text)
    {
        output!.Write('\r' + text.PadRight(_width));
        _width = text.Length;
    }
}
