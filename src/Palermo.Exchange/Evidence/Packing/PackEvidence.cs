using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.StaticFiles;
using Palermo.Exchange.Nodes;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Packing;

/// <summary>A file to be packed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Media type.</param>
/// <param name="Before">What its custody record says so far, in order; the package's chains it.</param>
/// <param name="Open">Opens what it holds.</param>
internal sealed record EvidenceSource(string Name, string Type, IReadOnlyList<(DateTimeOffset At, string By, string Act, string Sha256)> Before, Func<CancellationToken, Task<Stream>> Open);

/// <summary>What a package is to say.</summary>
/// <param name="Id">Identifier of the package.</param>
/// <param name="Request">The request; null for none.</param>
/// <param name="From">Our party identifier and name.</param>
/// <param name="To">The receiver's party identifier and name.</param>
/// <param name="By">Who packs.</param>
/// <param name="Us">Our certificate with its key.</param>
/// <param name="Them">The receiver's certificate.</param>
internal sealed record PackOrder(Guid Id, Guid? Request, (string Party, string Name) From, (string Party, string Name) To, string By, X509Certificate2 Us, X509Certificate2 Them)
{
    /// <summary>Has a signature stamped; null for no time stamp.</summary>
    internal Func<byte[], CancellationToken, Task<byte[]>>? Stamp { get; init; }

    /// <summary>Whether everything is on the disk when it is done, and not only on its way there.</summary>
    internal bool Durable { get; init; }
}

/// <summary>Packs files for a receiver: <c>palermo evidence pack</c>.</summary>
internal static class PackEvidence
{
    private const int LeavesBuffer = 32 << 10;

    /// <summary>Writes a package into a folder: the manifest last, so that what has none is no package.</summary>
    /// <exception cref="RefusedException">A certificate cannot be used, or the time stamp is not to be had; nothing is left.</exception>
    /// <exception cref="IOException">It cannot be read or written; nothing is left.</exception>
    internal static async Task<SignedManifest> Run(PackOrder order, IReadOnlyList<EvidenceSource> sources, string folder, TimeProvider clock, Action<long>? progress, CancellationToken cancel)
    {
        var target = new PackageFolder(folder);
        Directory.CreateDirectory(folder);
        if (Directory.EnumerateFileSystemEntries(folder).Any()) throw new RefusedException("package.folder-full", ("name", RefusedException.Shorten(folder)));
        try
        {
            List<EvidenceItem> files = [];
            List<CustodyLine> custody = [];
            foreach (var source in sources)
            {
                var number = files.Count + 1;
                foreach (var (at, by, act, sha256) in source.Before) Note(at, by, act, number, sha256);
                files.Add(await Seal(order, target, source, number, progress, cancel));
                Note(clock.GetUtcNow(), order.By, "packed", number, files[^1].Sha256);
            }

            var now = clock.GetUtcNow();
            var manifest = WriteManifest.ToJson(new(order.Id, order.Request, now, PartyOf(order.From, order.Us), PartyOf(order.To, order.Them), files, custody));
            var signature = SignManifest.Sign(manifest, order.Us, now);
            var stamp = order.Stamp is null ? null : await order.Stamp(signature, cancel);
            var signed = SignedManifest.Of(manifest, signature, stamp);
            if (stamp is not null) await Write(target.StampFile, stamp, order.Durable, cancel);
            await Write(target.SignatureFile, signature, order.Durable, cancel);
            await Write(target.ManifestFile, manifest, order.Durable, cancel);
            return signed;

            void Note(DateTimeOffset at, string by, string act, int item, string sha256) => custody.Add(CustodyLine.After(custody.LastOrDefault(), at, by, order.From.Name, act, item, sha256));
        }
        catch
        {
            foreach (var file in Directory.EnumerateFiles(folder)) File.Delete(file);
            throw;
        }
    }

    private static EvidenceParty PartyOf((string Party, string Name) who, X509Certificate2 certificate) => new(who.Party, who.Name, Fingerprint.Of(certificate));

    private static async Task<EvidenceItem> Seal(PackOrder order, PackageFolder target, EvidenceSource source, int number, Action<long>? progress, CancellationToken cancel)
    {
        var key = RandomNumberGenerator.GetBytes(EvidenceFormat.Key);
        try
        {
            var wrapped = KeyWrap.Wrap(order.Them, key);
            await using var content = await source.Open(cancel);
            await using var sink = PackageFolder.Create(target.Sealed(number));
            await using var leaves = PackageFolder.Create(target.Leaves(number), LeavesBuffer);
            var done = await SealFile.Run(content, sink, leaves, key, order.Id, progress, cancel);
            sink.Flush(order.Durable);
            leaves.Flush(order.Durable);
            return new(number, NameOf(source.Name), source.Type, done.Size, done.Sha256, done.Chunks, done.Root, wrapped);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static async Task Write(string path, byte[] bytes, bool durable, CancellationToken cancel)
    {
        // It gets its name once it is whole.
        var part = path + ".new";
        await using (var file = PackageFolder.Create(part))
        {
            await file.WriteAsync(bytes, cancel);
            file.Flush(durable);
        }

        File.Move(part, path);
    }

    /// <summary>A name as a manifest may hold it.</summary>
    internal static string NameOf(string given)
    {
        var name = Plain.Text(given);
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Trim(' ', '.');
        if (name.Length > ReadManifest.LongestName) name = Plain.Text(name.Take(ReadManifest.LongestName)).Trim(' ', '.');
        return name.Length == 0 ? "file" : name;
    }

    internal static Command Command(EvidenceCommands.Context context)
    {
        var to = new Option<FileInfo>("--to") { Description = "The receiver's certificate (PEM).", Required = true };
        var from = new Option<DirectoryInfo>("--from", "--from-node", "--from-key") { Description = $"Folder with certificate.pem and key.pem of the sender; a passphrase stands in {Certificates.Passphrase}.", Required = true };
        var stamp = new Option<string>("--time-stamp") { Description = $"Address of a time-stamping authority (RFC 3161); by default that of {TimeStamp.Variable}." };
        var by = new Option<string>("--by") { Description = "Who packs, for the custody record.", DefaultValueFactory = _ => Environment.UserName };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder for the package; it must be empty or new.", Required = true };
        var files = new Argument<FileInfo[]>("FILE") { Description = "The files.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("pack", "Encrypts files for a receiver, with a signed manifest that binds every byte.") { to, from, stamp, by, output, EvidenceCommands.Language, files };
        command.SetAction(async (result, cancel) =>
        {
            var them = Certificates.Read(result.GetValue(to)!.FullName)[0];
            var us = Certificates.WithKey(result.GetValue(from)!.FullName, Environment.GetEnvironmentVariable(Certificates.Passphrase));
            var sources = result.GetValue(files)!.Select(Source).ToList();
            if (result.GetValue(files)!.FirstOrDefault(f => !f.Exists) is { } missing) throw new RefusedException("package.missing", ("name", RefusedException.Shorten(missing.FullName)));
            var authority = TimeStamp.Authority(result.GetValue(stamp) ?? Environment.GetEnvironmentVariable(TimeStamp.Variable));
            using var client = new HttpClient();
            var order = new PackOrder(Guid.NewGuid(), null, ("", NameIn(us)), ("", NameIn(them)), Plain.Text(result.GetValue(by)!), us, them)
            {
                Stamp = authority is null ? null : (data, stop) => TimeStamp.Ask(client, authority, data, stop),
            };
            using var progress = context.Progress(result, result.GetValue(files)!.Sum(f => f.Length));
            var signed = await Run(order, sources, result.GetValue(output)!.FullName, context.Clock, progress.Add, cancel);
            progress.Dispose();
            context.Say(result, "package.packed", ("n", signed.Manifest.Files.Count), ("size", Sizes.Of(signed.Manifest.Size, EvidenceCommands.LanguageOf(result))), ("id", signed.Manifest.Id.ToString()), ("hash", signed.Sha256));
            return 0;
        });
        return command;
    }

    internal static string NameIn(X509Certificate2 certificate) => NameOf(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));

    internal static string TypeOf(string name) => new FileExtensionContentTypeProvider().TryGetContentType(name, out var type) ? type : "application/octet-stream";

    private static EvidenceSource Source(FileInfo file) => new(file.Name, TypeOf(file.Name), [], _ => Task.FromResult<Stream>(PackageFolder.ForReading(file.FullName)));
}
