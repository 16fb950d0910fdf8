using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Line;

/// <summary>Sends the files of a package to the node that its manifest names: <c>palermo evidence send</c>. Goes on after any break, at the byte that is durably there.</summary>
internal static class SendEvidence
{
    private const int Buffer = 1 << 20;

    /// <summary>Bytes that are sent after an attempt which brought nothing. A no to gigabytes may be lost with the line on which they still come; to these it is heard.</summary>
    private const int Probe = EvidenceFormat.SealedChunk;

    /// <summary>Sends a package that was announced to the other node.</summary>
    /// <param name="client">Speaks to the other node; it must not give up an answer by itself (<see cref="HttpClient.Timeout"/>).</param>
    /// <param name="folder">The package.</param>
    /// <param name="settings">How long a break is borne.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="progress">Told how many bytes of sealed files the other node has: first what it had already, then what is added.</param>
    /// <param name="cancel">When to stop.</param>
    /// <exception cref="RefusedException">Our files are not what was packed, the other node refuses, or the line stays broken; the sentence says which.</exception>
    internal static async Task Run(HttpClient client, PackageFolder folder, LineSettings settings, TimeProvider clock, Action<long>? progress, CancellationToken cancel)
    {
        var manifest = folder.Read().Manifest;
        foreach (var file in manifest.Files)
        {
            var address = new Uri(FormattableString.Invariant($"evidence/{manifest.Id}/files/{file.Number}"), UriKind.Relative);
            var (known, most, created, vain) = (0L, 0L, false, false);
            await Persist.Until(settings, clock, async (alive, moved, stop) =>
            {
                if (!created) await Create(client, manifest, folder, file, address, alive, stop);
                created = true;
                var offset = await Offset(client, address, file, stop);
                Count(offset);
                if (offset == file.SealedLength) return true;
                var length = file.SealedLength - offset;
                if (vain) length = Math.Min(length, Probe);
                vain = true;
                Count(await Send(client, folder, file, manifest.Id, address, offset, length, alive, stop));
                return known == file.SealedLength;

                void Count(long there)
                {
                    progress?.Invoke(there - known);
                    known = there;
                    if (there <= most) return;
                    (most, vain) = (there, false);
                    moved();
                }
            }, cancel);
        }
    }

    private static async Task Create(HttpClient client, Manifest manifest, PackageFolder folder, EvidenceItem file, Uri address, Action alive, CancellationToken cancel)
    {
        using (var create = Request(HttpMethod.Post, new Uri("evidence/files", UriKind.Relative)))
        {
            create.Headers.Add(Tus.Length, file.SealedLength.ToString(CultureInfo.InvariantCulture));
            create.Headers.Add(Tus.Metadata, $"package {Base64(manifest.Id.ToString())},file {Base64(file.Number.ToString(CultureInfo.InvariantCulture))}");
            (await Persist.Accepted(await client.SendAsync(create, cancel), cancel)).Dispose();
        }

        await using var leaves = await folder.OpenLeaves(file, cancel) ?? throw new RefusedException("package.missing", ("name", Path.GetFileName(folder.Leaves(file.Number))));
        using var put = Request(HttpMethod.Put, new Uri(address.OriginalString + "/leaves", UriKind.Relative));
        put.Content = new StreamContent(new Watched(leaves, alive));
        put.Content.Headers.ContentLength = leaves.CanSeek ? leaves.Length : null;
        (await Persist.Accepted(await client.SendAsync(put, cancel), cancel)).Dispose();
    }

    private static async Task<long> Offset(HttpClient client, Uri address, EvidenceItem file, CancellationToken cancel)
    {
        using var head = Request(HttpMethod.Head, address);
        using var answer = await Persist.Accepted(await client.SendAsync(head, cancel), cancel);
        return Number(answer, file);
    }

    private static async Task<long> Send(HttpClient client, PackageFolder folder, EvidenceItem file, Guid package, Uri address, long offset, long length, Action alive, CancellationToken cancel)
    {
        await using var content = new Watched(await folder.OpenSealed(file, package, offset, cancel), alive, length);
        using var patch = Request(HttpMethod.Patch, address);
        patch.Headers.Add(Tus.Offset, offset.ToString(CultureInfo.InvariantCulture));
        patch.Content = new StreamContent(content, Buffer);
        patch.Content.Headers.ContentType = new MediaTypeHeaderValue(Tus.Body);
        patch.Content.Headers.ContentLength = length;
        using var answer = await Persist.Accepted(await client.SendAsync(patch, HttpCompletionOption.ResponseHeadersRead, cancel), cancel);
        return Number(answer, file);
    }

    private static long Number(HttpResponseMessage answer, EvidenceItem file) =>
        answer.Headers.TryGetValues(Tus.Offset, out var values) && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var offset) && offset <= file.SealedLength ? offset
            : throw new RefusedException("package.line.not-tus");

    private static HttpRequestMessage Request(HttpMethod method, Uri address)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Add(Tus.Resumable, Tus.Version);
        return request;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>So much of a file. Says that the line is alive whenever more is read, which is when it took what was read before.</summary>
    private sealed class Watched(Stream file, Action alive, long length = long.MaxValue) : ReadOnlyStream
    {
        private long _left = length;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            alive();
            var read = await file.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
            _left -= read;
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) file.Dispose();
            base.Dispose(disposing);
        }
    }

    internal static Command Command(EvidenceCommands.Context context)
    {
        var package = new Argument<DirectoryInfo>("PACKAGE") { Description = "Folder of the package." };
        var to = new Option<string>("--to") { Description = "Party identifier of the receiving node, as the registry lists it.", Required = true };
        var command = new Command("send", "Sends a package that was announced to another node; goes on where it broke off.") { package, to, EvidenceCommands.Language };
        command.SetAction(async (result, cancel) =>
        {
            var folder = new PackageFolder(result.GetValue(package)!.FullName);
            using var client = EvidenceCommands.ClientFor(context.Open(result), result.GetValue(to)!);
            using (var progress = context.Progress(result, folder.Read().Manifest.SealedLength)) await Run(client, folder, new LineSettings(), context.Clock, progress.Add, cancel);
            context.Say(result, "package.sent", ("id", folder.Read().Manifest.Id.ToString()));
            return 0;
        });
        return command;
    }
}
