using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Packing;

/// <summary>Opens a package with the receiver's key: <c>palermo evidence open</c>. A file gets its name once all of it was verified.</summary>
internal static class OpenEvidence
{
    private const string Part = ".part";

    /// <summary>Writes what a package holds into a folder.</summary>
    /// <returns>The names under which the files stand there.</returns>
    /// <exception cref="RefusedException">Something is not what was packed, or a file of that name is there already; what was verified before stays, nothing else does.</exception>
    internal static async Task<IReadOnlyList<string>> Run(PackageFolder folder, IReadOnlyList<X509Certificate2> trusted, X509Certificate2 ours, string target, Action<long>? progress, CancellationToken cancel)
    {
        var signed = folder.Read();
        VerifyEvidence.CheckSigner(signed, trusted);
        Directory.CreateDirectory(target);
        List<string> names = [];
        foreach (var file in signed.Manifest.Files)
        {
            var name = NameFor(file, names);
            var path = Path.Combine(target, name);
            if (File.Exists(path)) throw new RefusedException("package.exists", ("name", RefusedException.Shorten(path)));
            var key = KeyWrap.Unwrap(ours, file.Key);
            try
            {
                File.Delete(path + Part);
                await using (var part = PackageFolder.Create(path + Part))
                {
                    await folder.ReadFile(file, signed.Manifest.Id, key, part, progress, cancel);
                    part.Flush(flushToDisk: true);
                }

                File.Move(path + Part, path, overwrite: false);
            }
            catch
            {
                File.Delete(path + Part);
                throw;
            }

            names.Add(name);
        }

        return names;
    }

    /// <summary>The file's name; its number is added when another one has it, on disks that tell no capitals apart as well.</summary>
    private static string NameFor(EvidenceItem file, IReadOnlyList<string> taken)
    {
        var name = file.Name;
        for (var i = file.Number; taken.Contains(name, StringComparer.OrdinalIgnoreCase); i++)
            name = $"{Path.GetFileNameWithoutExtension(file.Name)} ({i.ToString(CultureInfo.InvariantCulture)}){Path.GetExtension(file.Name)}";
        return name;
    }

    internal static Command Command(EvidenceCommands.Context context)
    {
        var package = new Argument<DirectoryInfo>("PACKAGE") { Description = "Folder of the package." };
        var certificates = new Option<FileInfo>("--certificates") { Description = "Certificates to trust (PEM): the sender's or its issuer's, and the time-stamping authority's." };
        var key = new Option<DirectoryInfo>("--key", "--node") { Description = "The receiver: folder of its certificate.pem and key.pem, or of its node. " + NodeFolder.Help, Required = true };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder for the files.", Required = true };
        var command = new Command("open", "Decrypts a package; only what was verified to its end is kept.") { package, certificates, key, output, EvidenceCommands.Language };
        command.SetAction(async (result, cancel) =>
        {
            var folder = new PackageFolder(result.GetValue(package)!.FullName);
            var trusted = result.GetValue(certificates) is { } file ? Certificates.Read(file.FullName) : [];
            var manifest = folder.Read().Manifest;
            var ours = manifest.Ours(NodeFolder.WithKeys(result.GetValue(key)!.FullName, context.Clock));
            using (var progress = context.Progress(result, manifest.Size))
                foreach (var name in await Run(folder, trusted, ours, result.GetValue(output)!.FullName, progress.Add, cancel)) EvidenceCommands.Line(result, name);
            return 0;
        });
        return command;
    }
}
