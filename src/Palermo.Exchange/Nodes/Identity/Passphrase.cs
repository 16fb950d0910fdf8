using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Identity;

/// <summary>What the node's key is locked with: the passphrase of its file, or the PIN of its token.</summary>
internal static class Passphrase
{
    /// <summary>Environment variable that holds it.</summary>
    internal const string Variable = "PALERMO_KEY_PASSPHRASE";

    /// <summary>Environment variable that names a file whose first line it is.</summary>
    internal const string FileVariable = "PALERMO_KEY_PASSPHRASE_FILE";

    private const int LongestFile = 4 << 10;

    /// <summary>The passphrase the environment names.</summary>
    /// <exception cref="RefusedException">It names none.</exception>
    internal static string FromEnvironment()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given) return given;
        if (Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } file
            && System.Text.Encoding.UTF8.GetString(SafeFile.ReadGiven(file, LongestFile)).Split('\n')[0].TrimEnd('\r') is { Length: > 0 } read) return read;
        throw new RefusedException("nodes.passphrase", ("variable", Variable), ("file", FileVariable));
    }
}
