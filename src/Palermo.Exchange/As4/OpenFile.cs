using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Kernel;

namespace Palermo.Exchange.As4;

/// <summary><c>palermo message open</c>: verifies and decrypts one message in a file and says what it holds.</summary>
internal static class OpenFile
{
    private const int LongestHead = 16 << 10;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    internal static Command Command(Func<ParseResult, string> store, Lazy<Texts> texts, TimeProvider clock)
    {
        var file = new Argument<string>("MESSAGE") { Description = "The file: a Content-Type header, an empty line, the message." };
        var node = new Option<string>("--node") { Description = "The receiver: folder of its certificate.pem and key.pem, or of its node; this node's own when left out." };
        var from = new Option<string>("--from-node") { Description = "Who must have signed it: folder of a certificate.pem, or that file; anybody when left out." };
        var target = new Option<string>("--out") { Description = "Folder to write the parts into; nothing is written when left out." };
        var json = new Option<bool>("--json") { Description = "Answer in JSON." };
        var command = new Command("open", "Verifies and decrypts one AS4 message in a file. Exits with 1 when it is refused. " + NodeFolder.Help) { file, node, from, target, json };
        command.SetAction(async (result, cancel) =>
        {
            var path = result.GetValue(file)!;
            if (!File.Exists(path)) throw new RefusedException("as4.no-file", ("file", path));
            var us = NodeFolder.WithKeys(result.GetValue(node) ?? store(result), clock);
            using var them = result.GetValue(from) is { } named ? NodeFolder.Certificate(named) : null;
            try
            {
                using var message = await Open(path, us, them, cancel);
                var report = Report(message, them is not null);
                if (result.GetValue(target) is { } folder) await Save(message, folder, cancel);
                if (result.GetValue(json)) MessageCommands.Line(result, report.ToJsonString(Readable));
                else Print(result, report, "");
                return 0;
            }
            catch (As4Exception e)
            {
                var text = new Message("as4.refused", ("code", e.Error.Code), ("name", e.Error.ShortDescription), ("why", e.Error.Text));
                await result.InvocationConfiguration.Error.WriteLineAsync(texts.Value.Say(Language.English, text));
                return 1;
            }
        });
        return command;
    }

    private static async Task<OpenedMessage> Open(string path, IReadOnlyList<X509Certificate2> us, X509Certificate2? them, CancellationToken cancel)
    {
        await using var file = new BufferedStream(File.OpenRead(path), 64 << 10);
        var type = ContentType(file);
        return await OpenMessage.Read(file, type, us, (signer, _, _) =>
        {
            if (them is not null && !signer.RawDataMemory.Span.SequenceEqual(them.RawDataMemory.Span)) throw Refuse.Signature("Somebody else has signed the message.");
        }, Path.GetTempPath(), new As4Limits(), cancel);
    }

    /// <summary>Reads the header before the message.</summary>
    private static string? ContentType(Stream file)
    {
        var head = new StringBuilder();
        for (int b; head.Length < LongestHead && (b = file.ReadByte()) >= 0;)
        {
            if (b != '\r') head.Append((char)b);
            if (head.Length >= 2 && head[^1] == '\n' && head[^2] == '\n') break;
        }

        // A header may go on in lines that begin with a space.
        const string name = "Content-Type:";
        var lines = head.ToString().Replace("\n ", " ", StringComparison.Ordinal).Replace("\n\t", " ", StringComparison.Ordinal).Split('\n');
        return lines.FirstOrDefault(l => l.StartsWith(name, StringComparison.OrdinalIgnoreCase))?[name.Length..].Trim();
    }

    private static JsonObject Report(OpenedMessage message, bool signerGiven) => new()
    {
        ["kind"] = message.Kind.ToString(),
        ["messageId"] = message.MessageId,
        ["refToMessageId"] = message.RefToMessageId,
        ["timestamp"] = message.Header?.At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["from"] = message.Header?.From,
        ["to"] = message.Header?.To,
        ["service"] = message.Header?.Service,
        ["action"] = message.Header?.Action,
        ["conversationId"] = message.Header?.ConversationId,
        ["signer"] = message.Signer?.Subject,
        ["signerSha256"] = message.Signer?.GetCertHashString(HashAlgorithmName.SHA256),
        ["signerExpected"] = message.Signer is not null && signerGiven ? true : null,
        ["signed"] = new JsonArray([.. message.Digests.Select(d => new JsonObject { ["reference"] = d.Uri, ["sha256"] = d.Digest })]),
        ["acknowledged"] = message.Acknowledged.Count == 0 ? null : new JsonArray([.. message.Acknowledged.Select(d => new JsonObject { ["reference"] = d.Uri, ["sha256"] = d.Digest })]),
        ["errors"] = message.Errors.Count == 0 ? null : new JsonArray([.. message.Errors.Select(e => new JsonObject { ["code"] = e.Code, ["name"] = e.ShortDescription, ["text"] = e.Text, ["refToMessageId"] = e.RefToMessageId })]),
        ["parts"] = new JsonArray([.. message.Parts.Select(p => new JsonObject { ["id"] = p.Id, ["type"] = p.Type, ["bytes"] = p.Length, ["sha256"] = Hash(p) })]),
    };

    private static string Hash(OpenedPart part)
    {
        using var stream = part.Open();
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static void Print(ParseResult result, JsonObject report, string indent)
    {
        foreach (var (name, value) in report)
        {
            if (value is JsonArray { Count: > 0 } list)
            {
                MessageCommands.Line(result, $"{indent}{name}:");
                foreach (var item in list.OfType<JsonObject>()) MessageCommands.Line(result, $"{indent}  {string.Join("  ", item.Select(p => RefusedException.Shorten(p.Value?.ToString())))}");
            }
            else if (value is not null and not JsonArray)
            {
                MessageCommands.Line(result, $"{indent}{name}: {Plain.Text(value.ToString())}");
            }
        }
    }

    private static async Task Save(OpenedMessage message, string folder, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        for (var i = 0; i < message.Parts.Count; i++)
        {
            // A stranger's identifier is no file name.
            var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"part-{i + 1}"));
            if (File.Exists(path)) throw new RefusedException("as4.file-exists", ("file", path));
            await using var from = message.Parts[i].Open();
            await using var to = new FileStream(path, FileMode.CreateNew);
            await from.CopyToAsync(to, cancel);
        }
    }
}
