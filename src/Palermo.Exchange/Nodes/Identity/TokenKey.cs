using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Identity;

/// <summary>A private key that stays in a PKCS#11 token (a card, an HSM). OpenSSL reaches it through libp11's engine <c>pkcs11</c>, or through the provider of that name where the engine is not installed.</summary>
internal static partial class TokenKey
{
    private const string Name = "pkcs11";
    private const string OpenSsl = "libcrypto.so.3";

    /// <summary>Opens a key.</summary>
    /// <param name="uri">PKCS#11 URI (RFC 7512) of the private key, without the PIN.</param>
    /// <param name="algorithm">rsa or ec.</param>
    /// <param name="pin">The token's PIN.</param>
    /// <exception cref="RefusedException">The URI is none, or OpenSSL cannot reach the key.</exception>
    internal static AsymmetricAlgorithm Open(string uri, string algorithm, string pin)
    {
        if (OperatingSystem.IsWindows()) throw new RefusedException("nodes.token", ("why", "OpenSSL"));
        try
        {
            using var handle = Handle(Check(uri), pin);
            return algorithm == NodeKeys.EllipticCurve ? new ECDsaOpenSsl(handle) : new RSAOpenSsl(handle);
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            throw new RefusedException("nodes.token", ("why", RefusedException.Shorten(e.Message)));
        }
    }

    /// <summary>A PKCS#11 URI that names no PIN: that would end up in a file.</summary>
    /// <exception cref="RefusedException">It is none, or names one.</exception>
    internal static string Check(string uri) =>
        uri.StartsWith("pkcs11:", StringComparison.Ordinal) && uri.Length <= 1000 && !uri.Contains("pin-value", StringComparison.OrdinalIgnoreCase) && !uri.Any(char.IsControl)
            ? uri : throw new RefusedException("nodes.token.uri");

    [UnsupportedOSPlatform("windows")]
    private static SafeEvpPKeyHandle Handle(string uri, string pin) => TellEngine(pin)
        ? SafeEvpPKeyHandle.OpenPrivateKeyFromEngine(Name, uri)
        : SafeEvpPKeyHandle.OpenKeyFromProvider(Name, uri + (uri.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "pin-value=" + Uri.EscapeDataString(pin));

    /// <summary>Tells the engine the PIN, apart from the URI: the engine writes a URI it cannot follow to the standard error. OpenSSL keeps the engine, and .NET finds it there.</summary>
    /// <returns>Whether there is such an engine.</returns>
    private static bool TellEngine(string pin)
    {
        try
        {
            var engine = ById(Name);
            if (engine == 0) return false;
            var told = Command(engine, "PIN", pin, 0) == 1;
            _ = Free(engine);
            return told;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport(OpenSsl, EntryPoint = "ENGINE_by_id", StringMarshalling = StringMarshalling.Utf8), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint ById(string name);

    [LibraryImport(OpenSsl, EntryPoint = "ENGINE_ctrl_cmd_string", StringMarshalling = StringMarshalling.Utf8), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Command(nint engine, string name, string argument, int optional);

    [LibraryImport(OpenSsl, EntryPoint = "ENGINE_free"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Free(nint engine);
}
