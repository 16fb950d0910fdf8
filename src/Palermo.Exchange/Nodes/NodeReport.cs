using System.Text.Json;
using System.Text.Json.Serialization;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes;

/// <summary>One of the node's certificates.</summary>
internal sealed record CertificateLine(string Fingerprint, string Subject, DateTimeOffset From, DateTimeOffset Until);

/// <summary>Who this node is, for a person or a program.</summary>
internal sealed record NodeReport(string Party, string Organization, IReadOnlyList<string> States, string? Address, string Relay, IReadOnlyList<string> Capabilities, IReadOnlyList<CertificateLine> Certificates)
{
    /// <summary>Who this node is. Its keys stay closed.</summary>
    /// <exception cref="RefusedException">It has no identity.</exception>
    internal static NodeReport Of(NodeTrust trust)
    {
        var node = trust.Identity ?? throw new RefusedException("nodes.identity.none");
        return new(node.Party, node.Organization, node.States, node.Address, node.Relay, node.Capabilities,
            [.. TakeCertificate.Kept(trust.Folder, node).OrderByDescending(c => c.NotBefore).Select(c => new CertificateLine(Fingerprint.Of(c), Plain.Text(c.Subject), c.From(), c.Until()))]);
    }

    internal static void Write(NodeReport report, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(report, NodeReportJson.Default.NodeReport));
            return;
        }

        output.WriteLine($"{report.Party}\t{report.Organization}\t{string.Join(',', report.States)}\t{report.Address ?? "-"}\t{(report.Relay.Length > 0 ? report.Relay : "-")}");
        foreach (var line in report.Certificates) output.WriteLine($"{line.Fingerprint}\t{line.From:yyyy-MM-dd}\t{line.Until:yyyy-MM-dd}\t{line.Subject}");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(NodeReport))]
internal sealed partial class NodeReportJson : JsonSerializerContext;
