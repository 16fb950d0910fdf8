using System.Security.Cryptography.X509Certificates;
using Palermo.Data.Audit;
using Palermo.Exchange.Nodes;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Packing;

/// <summary>Who packed a package, or for whom it was packed.</summary>
/// <param name="Party">Party identifier of the node; empty when packed without one.</param>
/// <param name="Name">Name of the organization.</param>
/// <param name="Certificate">SHA-256 of the certificate, lower-case hexadecimal.</param>
internal sealed record EvidenceParty(string Party, string Name, string Certificate);

/// <summary>A file's key, wrapped for the receiver's certificate, in the words of JSON Web Algorithms (RFC 7518).</summary>
/// <param name="Algorithm"><c>RSA-OAEP-256</c> or <c>ECDH-ES+A256KW</c>.</param>
/// <param name="Encrypted">The wrapped key.</param>
/// <param name="X">Of the ephemeral key on secp256r1; empty for RSA.</param>
/// <param name="Y">Of the ephemeral key on secp256r1; empty for RSA.</param>
internal sealed record WrappedKey(string Algorithm, byte[] Encrypted, byte[] X, byte[] Y);

/// <summary>A file of a package.</summary>
/// <param name="Number">1, 2, 3 …: its name in the package.</param>
/// <param name="Name">Its own name.</param>
/// <param name="Type">Media type.</param>
/// <param name="Size">Bytes of content.</param>
/// <param name="Sha256">SHA-256 of the content, lower-case hexadecimal.</param>
/// <param name="Chunks">Chunks of the sealed file.</param>
/// <param name="Root">Merkle root over them, lower-case hexadecimal.</param>
/// <param name="Key">Its key, wrapped.</param>
internal sealed record EvidenceItem(int Number, string Name, string Type, long Size, string Sha256, long Chunks, string Root, WrappedKey Key)
{
    /// <summary>Bytes of the sealed file.</summary>
    internal long SealedLength => EvidenceFormat.SealedLength(Size);
}

/// <summary>Who did what to which item, when, with which tool; chained to the line before by its hash.</summary>
/// <param name="Number">1, 2, 3 … without a gap.</param>
/// <param name="At">When, UTC, in whole milliseconds.</param>
/// <param name="By">Who.</param>
/// <param name="Organization">Of which organization.</param>
/// <param name="Act">collected, stored, packed, sent, arrived, verified, opened or refused.</param>
/// <param name="Item">Number of the file; 0 for the whole package.</param>
/// <param name="Tool">With what.</param>
/// <param name="Sha256">SHA-256 of the item then, lower-case hexadecimal; empty when none was made.</param>
/// <param name="Hash">SHA-256 over the hash before and all of the above, lower-case hexadecimal.</param>
internal sealed record CustodyLine(int Number, DateTimeOffset At, string By, string Organization, string Act, int Item, string Tool, string Sha256, string Hash)
{
    internal const int Hexadecimal = 64;

    /// <summary>The tool's name in this program's own lines.</summary>
    internal static string ThisTool { get; } = "Palermo " + typeof(CustodyLine).Assembly.GetName().Version!.ToString(3);

    /// <summary>The line after others.</summary>
    internal static CustodyLine After(CustodyLine? before, DateTimeOffset at, string by, string organization, string act, int item, string sha256) =>
        new CustodyLine((before?.Number ?? 0) + 1, DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()), by, organization, act, item, ThisTool, sha256, "").Chained(before?.Hash);

    /// <summary>Number of the first line that does not follow from the one before; null when all do.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="before">Hash of what came before them; null for nothing.</param>
    internal static int? FirstBroken(IReadOnlyList<CustodyLine> lines, string? before = null)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if ((i == 0 ? before is null && lines[0].Number != 1 : lines[i].Number != lines[i - 1].Number + 1) || lines[i].Chained(before).Hash != lines[i].Hash) return lines[i].Number;
            before = lines[i].Hash;
        }

        return null;
    }

    private CustodyLine Chained(string? before) => this with
    {
        Hash = Convert.ToHexStringLower(AuditEntry.HashOf(
            before is null ? new byte[32] : Convert.FromHexString(before), Number, At.ToUnixTimeMilliseconds(), By, Organization, Act, Item.ToString(System.Globalization.CultureInfo.InvariantCulture), Tool, Sha256)),
    };
}

/// <summary>What a package holds: what the sender signs, and what the receiver's receipt binds.</summary>
/// <param name="Id">Identifier of the package.</param>
/// <param name="Request">Identifier of the request; null when packed without one.</param>
/// <param name="At">When it was packed, UTC.</param>
/// <param name="From">The sender.</param>
/// <param name="To">The receiver.</param>
/// <param name="Files">The files.</param>
/// <param name="Custody">The custody record until then.</param>
internal sealed record Manifest(Guid Id, Guid? Request, DateTimeOffset At, EvidenceParty From, EvidenceParty To, IReadOnlyList<EvidenceItem> Files, IReadOnlyList<CustodyLine> Custody)
{
    internal const string Format = "palermo-evidence/1";

    /// <summary>Bytes of content.</summary>
    internal long Size => Files.Sum(f => f.Size);

    /// <summary>Of our certificates the one for which it was packed.</summary>
    /// <exception cref="RefusedException">It was packed for none of them.</exception>
    internal X509Certificate2 Ours(IEnumerable<X509Certificate2> own) => own.FirstOrDefault(c => Fingerprint.Of(c) == To.Certificate) ?? throw new RefusedException("package.not-ours");

    /// <summary>Bytes of the sealed files.</summary>
    internal long SealedLength => Files.Sum(f => f.SealedLength);
}
