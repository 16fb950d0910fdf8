using System.Security.Cryptography;
using System.Text;
using Palermo.Exchange.Nodes.Trust;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Identity;

/// <summary>What <c>palermo node init</c> is told.</summary>
/// <param name="Party">Party identifier.</param>
/// <param name="Organization">Name of the organization.</param>
internal sealed record InitInput(string? Party, string? Organization)
{
    /// <summary>Alpha-3 codes.</summary>
    internal IReadOnlyList<string> States { get; init; } = [];

    /// <summary>Where the node listens; null when it only dials out.</summary>
    internal string? Address { get; init; }

    /// <summary>Party identifier of its relay.</summary>
    internal string? Relay { get; init; }

    /// <summary>What else it does: relay, registry.</summary>
    internal IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>rsa or ec, of a key that is made or lies in a token.</summary>
    internal string Algorithm { get; init; } = NodeKeys.Rsa;

    /// <summary>File of a key made elsewhere.</summary>
    internal string? Key { get; init; }

    /// <summary>URI of a key in a token.</summary>
    internal string? Pkcs11 { get; init; }

    /// <summary>File of a certificate issued already.</summary>
    internal string? Certificate { get; init; }

    /// <summary>Whether the node signs its certificate itself.</summary>
    internal bool SelfSigned { get; init; }

    /// <summary>How many days a self-signed certificate lasts.</summary>
    internal int Days { get; init; } = DefaultDays;

    /// <summary>Two years.</summary>
    internal const int DefaultDays = 730;
}

/// <summary>Makes the node's identity, and a second key when the first certificate nears its end.</summary>
internal static class InitNode
{
    private const int MostKeys = 20;

    /// <summary>Makes the identity of a node that has none.</summary>
    /// <param name="folder">Folder of the identity.</param>
    /// <param name="input">What it is told.</param>
    /// <param name="passphrase">What the key is locked with.</param>
    /// <param name="now">Now.</param>
    /// <returns>The identity, and the path of the request for a certificate when one has to be issued.</returns>
    /// <exception cref="RefusedException">The node has an identity, or something it is told cannot be taken.</exception>
    internal static (IdentityFile Identity, string? Request) Run(string folder, InitInput input, string passphrase, DateTimeOffset now)
    {
        if (IdentityFile.Read(folder) is { } there) throw new RefusedException("nodes.identity.exists", ("party", there.Party)) { Conflict = true };
        var node = new IdentityFile(
            NodeFields.Party(input.Party), NodeFields.Organization(input.Organization), NodeFields.States(input.States), NodeFields.Address(input.Address),
            string.IsNullOrWhiteSpace(input.Relay) ? "" : NodeFields.Party(input.Relay), NodeFields.Capabilities(input.Capabilities), [], []);
        return AddKey(folder, node, input, passphrase, now);
    }

    /// <summary>Gives the node another key, to be used once its certificate is there and the registry lists it; the keys it has stay.</summary>
    /// <inheritdoc cref="Run"/>
    internal static (IdentityFile Identity, string? Request) Renew(string folder, InitInput input, string passphrase, DateTimeOffset now) =>
        AddKey(folder, IdentityFile.Read(folder) ?? throw new RefusedException("nodes.identity.none"), input, passphrase, now);

    private static (IdentityFile Identity, string? Request) AddKey(string folder, IdentityFile node, InitInput input, string passphrase, DateTimeOffset now)
    {
        if (node.Keys.Count == MostKeys) throw new RefusedException("nodes.key.too-many", ("n", MostKeys));
        if (input.Days is < 1 or > 3660) throw new RefusedException("nodes.days", ("n", 3660));
        var suffix = Suffix(folder, "key", node.Keys.Count);
        using var key = input.Pkcs11 is { } uri ? TokenKey.Open(uri, input.Algorithm, passphrase)
            : input.Key is { } file ? NodeKeys.ReadGiven(file, passphrase) : NodeKeys.Make(input.Algorithm);
        if (CertificateFitness.WeakKey(key) is { } weak) throw new RefusedException(weak);
        KeyFile kept;
        if (input.Pkcs11 is { } token) kept = new(NodeKeys.AlgorithmOf(key), null, token);
        else NodeKeys.Write(Path.Combine(folder, (kept = new(NodeKeys.AlgorithmOf(key), $"key{suffix}.pem", null)).File!), key, passphrase);
        node = node with { Keys = [.. node.Keys, kept] };

        if (input.SelfSigned || input.Certificate is not null)
        {
            using var certificate = input.Certificate is { } issued ? TakeCertificate.Read(issued, [key], now) : MakeCertificate.SelfSigned(node, key, now, input.Days);
            node = TakeCertificate.Keep(folder, node, certificate);
            return (node, null);
        }

        var request = Path.Combine(folder, $"request{suffix}.pem");
        SafeFile.Write(request, Encoding.ASCII.GetBytes(MakeCertificate.Request(node, key)));
        node.Write(folder);
        return (node, request);
    }

    /// <summary>What tells the files of the second key from those of the first.</summary>
    internal static string Suffix(string folder, string kind, int have)
    {
        for (var number = have + 1; ; number++)
        {
            var suffix = number == 1 ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"-{number}");
            if (number == 1 || !File.Exists(Path.Combine(folder, $"{kind}{suffix}.pem"))) return suffix;
        }
    }
}
