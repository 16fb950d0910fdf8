using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Packing;

/// <summary>Checks a package: <c>palermo evidence verify</c>. Needs nothing but the package and certificates.</summary>
internal static class VerifyEvidence
{
    /// <summary>Checks everything of a package.</summary>
    /// <param name="folder">The package.</param>
    /// <param name="trusted">Certificates of senders, issuers and time-stamping authorities; empty to compare with none.</param>
    /// <param name="ours">The receiver's certificate with its key, to check the contents' hashes, too; null without.</param>
    /// <param name="progress">Told how many bytes of content were read.</param>
    /// <param name="cancel">When to stop.</param>
    /// <exception cref="RefusedException">Something is not what was packed and signed: the first thing found.</exception>
    internal static async Task<SignedManifest> Run(PackageFolder folder, IReadOnlyList<X509Certificate2> trusted, X509Certificate2? ours, Action<long>? progress, CancellationToken cancel)
    {
        var signed = folder.Read();
        CheckSigner(signed, trusted);
        foreach (var file in signed.Manifest.Files)
        {
            var key = ours is null ? null : KeyWrap.Unwrap(ours, file.Key);
            await folder.ReadFile(file, signed.Manifest.Id, key, null, progress, cancel);
        }

        return signed;
    }

    /// <summary>Whether who signed and who stamped is among those trusted, at the time of the stamp or, without one, of the manifest.</summary>
    /// <exception cref="RefusedException">One is not.</exception>
    internal static void CheckSigner(SignedManifest signed, IReadOnlyList<X509Certificate2> trusted)
    {
        if (trusted.Count == 0) return;
        if (signed.Stamp is { } stamp && !Certificates.IsBelow(stamp.By, trusted, stamp.At)) throw new RefusedException("package.stamper", ("name", PackEvidence.NameIn(stamp.By)));
        if (!Certificates.IsBelow(signed.Signer, trusted, signed.Stamp?.At ?? signed.Manifest.At)) throw new RefusedException("package.signer", ("name", PackEvidence.NameIn(signed.Signer)), ("hash", signed.Manifest.From.Certificate));
    }

    internal static Command Command(EvidenceCommands.Context context)
    {
        var package = new Argument<DirectoryInfo>("PACKAGE") { Description = "Folder of the package." };
        var certificates = new Option<FileInfo>("--certificates") { Description = "Certificates to trust (PEM): the sender's or its issuer's, and the time-stamping authority's." };
        var key = new Option<DirectoryInfo>("--key", "--node") { Description = "The receiver, to check the contents' hashes, too: folder of its certificate.pem and key.pem, or of its node. " + NodeFolder.Help };
        var command = new Command("verify", "Checks that a package is what its sender packed and signed; exits with 2 and one sentence when it is not.") { package, certificates, key, EvidenceCommands.Language };
        command.SetAction(async (result, cancel) =>
        {
            var folder = new PackageFolder(result.GetValue(package)!.FullName);
            var trusted = result.GetValue(certificates) is { } file ? Certificates.Read(file.FullName) : [];
            var manifest = folder.Read().Manifest;
            var ours = result.GetValue(key) is { } own ? manifest.Ours(NodeFolder.WithKeys(own.FullName, context.Clock)) : null;
            SignedManifest signed;
            using (var progress = context.Progress(result, manifest.Size)) signed = await Run(folder, trusted, ours, progress.Add, cancel);
            Print(context, result, signed, trusted.Count > 0, ours is not null);
            return 0;
        });
        return command;
    }

    private static void Print(EvidenceCommands.Context context, ParseResult result, SignedManifest signed, bool compared, bool opened)
    {
        var language = EvidenceCommands.LanguageOf(result);
        var manifest = signed.Manifest;
        context.Say(result, "package.verified", ("n", manifest.Files.Count), ("size", Sizes.Of(manifest.Size, language)), ("id", manifest.Id.ToString()));
        foreach (var file in manifest.Files) EvidenceCommands.Line(result, FormattableString.Invariant($"  {file.Number}. {file.Name}  {file.Size}  sha256:{file.Sha256}  root:{file.Root}"));
        context.Say(result, compared ? "package.verified.signer" : "package.verified.signer-unknown", ("name", PackEvidence.NameIn(signed.Signer)), ("hash", manifest.From.Certificate));
        context.Say(result, opened ? "package.verified.contents" : "package.verified.sealed");
        context.Say(result, "package.verified.custody", ("n", manifest.Custody.Count));
        if (signed.Stamp is { } stamp) context.Say(result, "package.verified.stamp", ("at", WriteManifest.TimeOf(stamp.At)), ("name", PackEvidence.NameIn(stamp.By)));
        else context.Say(result, "package.verified.no-stamp");
    }
}
