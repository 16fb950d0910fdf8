using System.Text.Json;
using System.Text.Json.Serialization;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Identity;

/// <summary><c>node.json</c>: who this node is, and which files hold its keys and certificates. It is written last, so it never names a file that is not there.</summary>
/// <param name="Party">Party identifier.</param>
/// <param name="Organization">Name of the organization.</param>
/// <param name="States">Alpha-3 codes.</param>
/// <param name="Address">Where it listens; null when it only dials out.</param>
/// <param name="Relay">Party identifier of its relay; empty for none.</param>
/// <param name="Capabilities">What it does besides exchanging messages and evidence: relay, registry.</param>
/// <param name="Keys">Its keys.</param>
/// <param name="Certificates">Names of its certificates' files.</param>
internal sealed record IdentityFile(
    string Party, string Organization, IReadOnlyList<string> States, string? Address, string Relay, IReadOnlyList<string> Capabilities, IReadOnlyList<KeyFile> Keys, IReadOnlyList<string> Certificates)
{
    private const int Largest = 64 << 10;

    /// <summary>Reads the identity of a folder; null when it has none.</summary>
    /// <exception cref="RefusedException">It cannot be read.</exception>
    internal static IdentityFile? Read(string folder)
    {
        if (SafeFile.Read(PathIn(folder), Largest) is not { } content) return null;
        try
        {
            return JsonSerializer.Deserialize(content, IdentityJson.Default.IdentityFile) is { Party: not null, Organization: not null, States: not null, Relay: not null, Capabilities: not null, Keys: not null, Certificates: not null } file
                ? file : throw new RefusedException("nodes.identity.broken", ("why", "node.json"));
        }
        catch (JsonException e)
        {
            throw new RefusedException("nodes.identity.broken", ("why", RefusedException.Shorten(e.Message)));
        }
    }

    /// <summary>Writes the identity.</summary>
    internal void Write(string folder) => SafeFile.Write(PathIn(folder), JsonSerializer.SerializeToUtf8Bytes(this, IdentityJson.Default.IdentityFile));

    /// <summary>Path of the file in a folder.</summary>
    internal static string PathIn(string folder) => Path.Combine(folder, "node.json");
}

/// <summary>Where one key of the node is.</summary>
/// <param name="Algorithm">rsa or ec.</param>
/// <param name="File">Name of its file, encrypted PKCS#8 in PEM; null for a key in a token.</param>
/// <param name="Pkcs11">Its PKCS#11 URI (RFC 7512), without the PIN; null for a key in a file.</param>
internal sealed record KeyFile(string Algorithm, string? File, string? Pkcs11);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IdentityFile))]
internal sealed partial class IdentityJson : JsonSerializerContext;
