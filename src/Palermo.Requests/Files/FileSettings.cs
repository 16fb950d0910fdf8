using Palermo.Kernel;

namespace Palermo.Requests.Files;

/// <summary>Where and how a node stores files.</summary>
/// <param name="Folder">The store.</param>
/// <param name="KeyFile">File of the node's key.</param>
/// <param name="Scanner">The virus scanner; null when none is configured.</param>
/// <param name="ScanRequired">Whether a file that could not be scanned is refused.</param>
internal sealed record FileSettings(string Folder, string KeyFile, ClamAddress? Scanner = null, bool ScanRequired = false)
{
    /// <summary>Most bytes of one file: 1 GiB.</summary>
    internal long Largest { get; init; } = 1L << 30;

    /// <summary>Folder of the encrypted files.</summary>
    internal string Files => Path.Combine(Folder, "files");

    /// <summary>The settings of a node, from its store and the environment.</summary>
    /// <exception cref="RefusedException">The scanner's address cannot be understood.</exception>
    internal static FileSettings Of(RequestsModule module) => Of(module.Store, Environment.GetEnvironmentVariable);

    /// <summary>The settings of a store.</summary>
    /// <inheritdoc cref="Of(RequestsModule)"/>
    internal static FileSettings Of(string store, Func<string, string?> variable) => new(
        store,
        variable(NodeKey.Variable) is { Length: > 0 } named ? Path.GetFullPath(named) : Path.Combine(store, "keys", "node.key"),
        variable(ClamAddress.Variable) is { Length: > 0 } address ? ClamAddress.Parse(address) : null,
        variable(ClamAddress.RequiredVariable) == "1");
}
