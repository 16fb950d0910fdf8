using System.Data.Common;
using System.Globalization;
using System.Text.Json.Serialization;
using Palermo.Data;
using Palermo.Data.Audit;
using Palermo.Kernel;

namespace Palermo.Access.Trail;

/// <summary>What reading the whole audit trail showed.</summary>
/// <param name="Ok">Whether it is unbroken.</param>
/// <param name="Entries">Entries read, up to the first broken link.</param>
/// <param name="Head">Number and hash of the last good entry, <c>NUMBER:HASH</c>; <c>0:</c> and zeros for an empty trail.</param>
/// <param name="Number">Number of the first broken link; null when there is none.</param>
/// <param name="Fault"><c>missing</c>, <c>changed</c>, <c>truncated</c> or <c>head</c>; null when nothing is wrong.</param>
internal sealed record AuditCheck(bool Ok, long Entries, string Head, long? Number, string? Fault);

/// <summary>A place in the audit trail that somebody wrote down elsewhere, so that cutting its end off, or writing all of it anew, is seen.</summary>
/// <param name="Number">The entry.</param>
/// <param name="Hash">Its hash, lower-case hexadecimal.</param>
internal sealed record AuditHead(long Number, string Hash)
{
    /// <summary>Reads <c>NUMBER:HASH</c>.</summary>
    /// <exception cref="RefusedException">It is something else.</exception>
    internal static AuditHead Read(string text) =>
        text.Split(':') is [var number, { Length: 64 } hash] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && hash.All(char.IsAsciiHexDigit)
            ? new(n, hash.ToLowerInvariant()) : throw new RefusedException("audit.head.expected", ("given", RefusedException.Shorten(text)));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}:{Hash}");
}

/// <summary>Whether the audit trail is whole: numbers without a gap, and every hash made of the one before and of what the entry says.</summary>
internal static class VerifyAudit
{
    internal const string Columns = "\"number\", \"at\", \"person\", \"name\", \"from\", \"act\", \"subject\", \"part\", \"before\", \"after\", \"hash\"";

    /// <summary>Reads the trail from its beginning to its end or its first broken link.</summary>
    /// <param name="database">The record.</param>
    /// <param name="known">An entry known from before; null when there is none.</param>
    internal static AuditCheck Run(PalermoDatabase database, AuditHead? known)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = $"SELECT {Columns} FROM audit ORDER BY \"number\"";
        using var reader = command.ExecuteReader(System.Data.CommandBehavior.SequentialAccess);
        var (hash, last) = (new byte[32], 0L);
        AuditCheck Broken(long number, string fault) => new(false, last, HeadOf(last, hash), number, fault);
        var texts = new string[8];
        while (reader.Read())
        {
            var number = reader.GetInt64(0);
            if (number != last + 1) return Broken(last + 1, "missing");
            var at = reader.GetInt64(1);
            for (var i = 0; i < texts.Length; i++) texts[i] = reader.GetString(i + 2);
            var found = Hash(reader);
            var expected = AuditEntry.HashOf(hash, number, at, texts);
            if (!expected.AsSpan().SequenceEqual(found)) return Broken(number, "changed");
            (hash, last) = (expected, number);
            if (known?.Number == number && known.Hash != Convert.ToHexStringLower(hash)) return Broken(number, "head");
        }

        return known?.Number > last ? Broken(last + 1, "truncated") : new(true, last, HeadOf(last, hash), null, null);
    }

    private static byte[] Hash(DbDataReader reader) => reader.GetFieldValue<byte[]>(10);

    private static string HeadOf(long number, byte[] hash) => new AuditHead(number, Convert.ToHexStringLower(hash)).ToString();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(AuditCheck))]
internal sealed partial class AuditJson : JsonSerializerContext;
