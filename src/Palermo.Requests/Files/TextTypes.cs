using System.Text;

namespace Palermo.Requests.Files;

/// <summary>What a file of text is by how it begins.</summary>
internal static class TextTypes
{
    private const int LookAt = 4096, LongestHeader = 100, FewestHeaders = 2;

    private static readonly string[] HtmlTags = ["<!doctype html", "<html", "<head", "<body", "<script", "<iframe"];
    private static readonly string[] MailHeaders = ["Received", "Return-Path", "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Delivered-To", "DKIM-Signature"];

    /// <summary>Code of the type; null when it is not text.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="cut">Whether more follow, so that the last character may be cut.</param>
    internal static string? TypeOf(ReadOnlySpan<byte> head, bool cut)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            var wide = (head[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(head[2..(head.Length & ~1)]);
            return wide.Any(IsControl) ? null : Markup(wide) ?? "text";
        }

        if (!IsUtf8(head, cut)) return null;
        var text = Encoding.UTF8.GetString(head[..Math.Min(head.Length, LookAt)]).TrimStart('\uFEFF');
        return Markup(text) ?? (IsMail(text) ? "eml" : "text");
    }

    private static string? Markup(string text)
    {
        var begin = text.TrimStart();
        if (begin.Length > LookAt) begin = begin[..LookAt];
        if (!begin.StartsWith('<')) return null;
        if (begin.Contains("<svg", StringComparison.OrdinalIgnoreCase)) return "svg";
        if (HtmlTags.Any(t => begin.Contains(t, StringComparison.OrdinalIgnoreCase))) return "html";
        return begin.StartsWith("<?xml", StringComparison.Ordinal) || begin.Contains("xmlns", StringComparison.Ordinal) ? "xml" : null;
    }

    /// <summary>Whether a text begins with the headers of a mail (RFC 5322).</summary>
    private static bool IsMail(string text)
    {
        var headers = 0;
        foreach (var line in text.Split('\n').Take(LongestHeader))
        {
            if (line.Trim().Length == 0) break;
            if (line[0] is ' ' or '\t') continue;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line.AsSpan(0, colon).Contains(' ')) return false;
            if (MailHeaders.Contains(line[..colon], StringComparer.OrdinalIgnoreCase)) headers++;
        }

        return headers >= FewestHeaders;
    }

    private static bool IsUtf8(ReadOnlySpan<byte> bytes, bool cut)
    {
        while (bytes.Length > 0)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) != System.Buffers.OperationStatus.Done) return cut && bytes.Length < 4;
            if (rune.IsBmp && IsControl((char)rune.Value)) return false;
            bytes = bytes[length..];
        }

        return true;
    }

    private static bool IsControl(char c) => c < ' ' ? c is not ('\t' or '\n' or '\r' or '\f' or '\u001b') : c is '\u007f' or '\ufffe' or '\uffff';
}
