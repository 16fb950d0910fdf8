using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Kernel;

namespace Palermo.Exchange.As4;

/// <summary><c>palermo message pack</c>: writes one message into a file, as it would go over the line.</summary>
internal static class PackFile
{
    internal static Command Command(TimeProvider clock)
    {
        var from = new Option<string>("--from-node") { Description = "The sender: folder of its certificate.pem and key.pem, or of its node.", Required = true };
        var to = new Option<string>("--to-node") { Description = "The receiver: folder of its certificate.pem, or that file.", Required = true };
        var payload = new Option<string[]>("--payload") { Description = "A file to send; may stand several times.", Required = true };
        var type = new Option<string>("--type") { Description = "Media type of the payload.", DefaultValueFactory = _ => "application/octet-stream" };
        var action = new Option<string>("--action") { Description = "The action of the header.", DefaultValueFactory = _ => "examine" };
        var target = new Option<string>("--out") { Description = "The file to write.", Required = true };
        var command = new Command("pack", "Signs and encrypts files as one AS4 message and writes it into a file. " + NodeFolder.Help) { from, to, payload, type, action, target };
        command.SetAction(async (result, cancel) =>
        {
            var us = NodeFolder.WithKeys(result.GetValue(from)!, clock)[0];
            using var them = NodeFolder.Certificate(result.GetValue(to)!);
            var id = await Run(us, them, result.GetValue(payload)!, result.GetValue(type)!, result.GetValue(action)!, result.GetValue(target)!, clock, cancel);
            MessageCommands.Line(result, id);
        });
        return command;
    }

    private static async Task<string> Run(X509Certificate2 us, X509Certificate2 them, string[] payloads, string type, string action, string target, TimeProvider clock, CancellationToken cancel)
    {
        if (payloads.FirstOrDefault(p => !File.Exists(p)) is { } missing) throw new RefusedException("as4.no-file", ("file", missing));
        var profile = us.GetKeyAlgorithm() == SignEnvelope.EcKey ? As4Profile.EllipticCurve : As4Profile.Rsa;
        if (us.GetKeyAlgorithm() != them.GetKeyAlgorithm()) throw new RefusedException("as4.two-kinds");
        var header = new As4Header($"{Guid.NewGuid():D}@palermo", clock.GetUtcNow(), PartyOf(us), PartyOf(them), $"{Guid.NewGuid():D}@palermo", action);
        var parts = payloads.Select((p, i) => new OutgoingPart($"part-{i + 1}@palermo", type, () => File.OpenRead(p))).ToArray();
        var message = await PackMessage.Of(header, parts, us, them, profile, cancel);
        FileStream file;
        try
        {
            file = new FileStream(target, FileMode.CreateNew);
        }
        catch (IOException) when (File.Exists(target))
        {
            throw new RefusedException("as4.file-exists", ("file", target));
        }

        try
        {
            await using (file)
            {
                await file.WriteAsync(Encoding.ASCII.GetBytes($"MIME-Version: 1.0\r\nContent-Type: {message.ContentType}\r\n\r\n"), cancel);
                await message.WriteTo(file, cancel);
            }

            return header.MessageId;
        }
        catch
        {
            File.Delete(target);
            throw;
        }
    }

    /// <summary>A node's party identifier is the common name of its certificate.</summary>
    private static string PartyOf(X509Certificate2 certificate) => Plain.Text(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)) is { Length: > 0 and <= 200 } name ? name : certificate.GetCertHashString();
}
