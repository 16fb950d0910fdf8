using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Palermo.Exchange.Nodes.Registry;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes;

/// <summary>One node of the registry.</summary>
internal sealed record NodeLineReport(string Party, string Organization, IReadOnlyList<string> States, string? Address, string Reach, string Relay, IReadOnlyList<string> Capabilities, IReadOnlyList<CertificateLine> Certificates);

/// <summary>The registry as this node has it, for a person or a program.</summary>
internal sealed record RegistryReport(
    string? Address, string? Pinned, long Serial, string Publisher, DateTimeOffset? Issued, DateTimeOffset? NextUpdate, DateTimeOffset? TakenAt, DateTimeOffset? CheckedAt, string? Problem,
    IReadOnlyList<NodeLineReport> Nodes, IReadOnlyList<RevokedFile> Revoked)
{
    internal static RegistryReport Of(NodeTrust trust, Texts texts)
    {
        var (view, edition) = (trust.Registry.Current, trust.Registry.Current.Edition);
        return new(
            view.State?.Address, view.State?.Pinned, edition?.Serial ?? 0, edition?.Publisher ?? "", edition?.Issued, edition?.NextUpdate, view.State?.TakenAt, view.State?.CheckedAt,
            view.Problem is { } problem ? texts.Say(Language.English, problem) : null,
            [.. (edition?.Nodes ?? []).Select(n => new NodeLineReport(n.Party, n.Organization, n.States, n.Address?.AbsoluteUri, n.Reach == Reach.Push ? "push" : "pull", n.Relay, n.Capabilities,
                [.. n.Certificates.Select(c => new CertificateLine(Fingerprint.Of(c), Plain.Text(c.Subject), c.From(), c.Until()))]))],
            [.. edition?.Revoked.Values ?? []]);
    }

    internal void Write(bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(this, RegistryReportJson.Default.RegistryReport));
            return;
        }

        output.WriteLine($"source\t{(Address is null ? "-" : Address.Length > 0 ? Address : "this node")}\t{Pinned ?? "-"}");
        output.WriteLine($"edition\t{Serial.ToString(CultureInfo.InvariantCulture)}\t{Publisher}\tissued {Issued:yyyy-MM-dd HH:mm}Z\tnext due {NextUpdate:yyyy-MM-dd HH:mm}Z\tchecked {CheckedAt:yyyy-MM-dd HH:mm}Z");
        if (Problem is not null) output.WriteLine($"problem\t{Problem}");
        foreach (var node in Nodes) output.WriteLine($"node\t{node.Party}\t{node.Organization}\t{string.Join(',', node.States)}\t{node.Address ?? "-"}\t{node.Reach}\t{string.Join(' ', node.Certificates.Select(c => c.Fingerprint))}");
        foreach (var revoked in Revoked) output.WriteLine($"revoked\t{revoked.Fingerprint}\t{revoked.Party}\t{revoked.Since:yyyy-MM-dd HH:mm}Z");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RegistryReport))]
internal sealed partial class RegistryReportJson : JsonSerializerContext;
