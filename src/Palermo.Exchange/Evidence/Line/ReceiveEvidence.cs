using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Line;

/// <summary>Fetches a package from the node that packed it: <c>palermo evidence receive</c>. Goes on after any break, and every chunk is compared with its hash as it comes.</summary>
internal static class ReceiveEvidence
{
    private const int Buffer = 256 << 10;

    /// <summary>Fetches a package.</summary>
    /// <param name="client">Speaks to the other node; it must not give up an answer by itself (<see cref="HttpClient.Timeout"/>).</param>
    /// <param name="id">The package.</param>
    /// <param name="folder">Where it goes; what a call before brought there is not fetched again.</param>
    /// <param name="check">Whether the manifest is accepted: throws when not.</param>
    /// <param name="settings">How long a break is borne.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="progress">Told how many bytes of sealed files are here: first what was already, then what is added.</param>
    /// <param name="cancel">When to stop.</param>
    /// <exception cref="RefusedException">The manifest is not accepted, the other node refuses or does not hold to its manifest, our disk is full, or the line stays broken; the sentence says which.</exception>
    internal static async Task<SignedManifest> Run(HttpClient client, Guid id, PackageFolder folder, Action<SignedManifest> check, LineSettings settings, TimeProvider clock, Action<long>? progress, CancellationToken cancel)
    {
        try
        {
            var signed = File.Exists(folder.ManifestFile) ? folder.Read() : await Head(client, id, folder, settings, clock, cancel);
            if (signed.Manifest.Id != id) throw new RefusedException("package.announce.other", ("id", id.ToString()));
            check(signed);
            foreach (var file in signed.Manifest.Files) await Fetch(client, id, folder, file, settings, clock, progress, cancel);
            return signed;
        }
        catch (LineException e)
        {
            throw new RefusedException(e.Text);
        }
    }

    private static async Task<SignedManifest> Head(HttpClient client, Guid id, PackageFolder folder, LineSettings settings, TimeProvider clock, CancellationToken cancel)
    {
        byte[]? manifest = null, signature = null, stamp = null;
        await Persist.Until(settings, clock, async (alive, _, stop) =>
        {
            manifest ??= await Bytes(client, id, "manifest", ReadManifest.Longest, stop);
            alive();
            signature ??= await Bytes(client, id, "signature", SignManifest.Longest, stop);
            stamp = await Bytes(client, id, "time-stamp", TimeStamp.Longest, stop);
            return true;
        }, cancel);
        var signed = SignedManifest.Of(manifest ?? throw new RefusedException("package.unknown"), signature ?? throw new RefusedException("package.unknown"), stamp);
        folder.WriteHead(manifest, signature, stamp);
        return signed;
    }

    /// <summary>A small part of a package; null when there is none.</summary>
    private static async Task<byte[]?> Bytes(HttpClient client, Guid id, string part, int longest, CancellationToken cancel)
    {
        using var first = await client.GetAsync(new Uri($"evidence/{id}/{part}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancel);
        if (first.StatusCode == HttpStatusCode.NotFound) return null;
        using var answer = await Persist.Accepted(first, cancel);
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        using var bytes = new MemoryStream();
        var buffer = new byte[Buffer];
        while (await body.ReadAsync(buffer, cancel) is > 0 and var read)
        {
            if (bytes.Length + read > longest) throw new RefusedException("package.manifest.too-long", ("n", longest >> 20));
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }

    private static async Task Fetch(HttpClient client, Guid id, PackageFolder folder, EvidenceItem file, LineSettings settings, TimeProvider clock, Action<long>? progress, CancellationToken cancel)
    {
        using var incoming = new IncomingFile(folder, file);
        var address = FormattableString.Invariant($"evidence/{id}/files/{file.Number}");
        var (known, most) = (0L, 0L);
        await Persist.Until(settings, clock, async (alive, moved, stop) =>
        {
            if (!File.Exists(folder.Leaves(file.Number)))
            {
                using var leaves = await Persist.Accepted(await client.GetAsync(new Uri(address + "/leaves", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, stop), stop);
                await using var hashes = await leaves.Content.ReadAsStreamAsync(stop);
                await using var watched = new Counted(hashes, _ => alive());
                await incoming.TakeLeaves(watched, stop);
            }

            var offset = await incoming.Offset(stop);
            Count(offset);
            if (offset == file.SealedLength) return true;
            using var get = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
            if (offset > 0)
            {
                get.Headers.Range = new RangeHeaderValue(offset, null);
                get.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue($"\"{file.Root}\""));
            }

            using var answer = await Persist.Accepted(await client.SendAsync(get, HttpCompletionOption.ResponseHeadersRead, stop), stop);
            if (offset > 0 && (answer.StatusCode != HttpStatusCode.PartialContent || answer.Content.Headers.ContentRange?.From != offset)) throw new RefusedException("package.line.no-range");
            await using var body = await answer.Content.ReadAsStreamAsync(stop);
            await using var counted = new Counted(body, read =>
            {
                alive();
                known += read;
                progress?.Invoke(read);
            });
            Count(await incoming.Append(offset, counted, null, null, stop));
            return known == file.SealedLength;

            void Count(long there)
            {
                progress?.Invoke(there - known);
                known = there;
                if (there <= most) return;
                most = there;
                moved();
            }
        }, cancel);
    }

    /// <summary>Tells how much is read of a stream.</summary>
    private sealed class Counted(Stream inner, Action<int> told) : ReadOnlyStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            told(read);
            return read;
        }
    }

    internal static Command Command(EvidenceCommands.Context context)
    {
        var id = new Argument<Guid>("PACKAGE") { Description = "Identifier of the package." };
        var from = new Option<string>("--from") { Description = "Party identifier of the node that packed it, as the registry lists it.", Required = true };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder for the package.", Required = true };
        var command = new Command("receive", "Fetches a package from the node that packed it; goes on where it broke off.") { id, from, output, EvidenceCommands.Language };
        command.SetAction(async (result, cancel) =>
        {
            var module = context.Open(result);
            var party = result.GetValue(from)!;
            using var client = EvidenceCommands.ClientFor(module, party);
            using var progress = context.Progress(result, 0);
            await Run(client, result.GetValue(id), new PackageFolder(result.GetValue(output)!.FullName), Check, new LineSettings(), context.Clock, progress.Add, cancel);
            progress.Dispose();
            context.Say(result, "package.received", ("id", result.GetValue(id).ToString()));
            return 0;

            void Check(SignedManifest signed)
            {
                if (signed.Manifest.From.Party != party) throw new RefusedException("package.announce.other", ("id", signed.Manifest.Id.ToString()));
                if (module.Trust.Check(signed.Signer, party) is { } refusal) throw new RefusedException(refusal.Text);
                progress.Total = signed.Manifest.SealedLength;
            }
        });
        return command;
    }
}
