using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Win32.SafeHandles;

namespace Palermo.Exchange.As4.Crypto;

/// <summary>
/// Keys on secp256r1 to agree with, by OpenSSL. The framework checks the order of every point three times on its way, each check as dear as the
/// agreement itself; the order of this curve is prime, so that every point that lies on it has that order (NIST SP 800-56A, 5.6.2.3.4).
/// </summary>
internal static partial class Secp256r1
{
    internal const int PointSize = 65, SecretSize = 32;

    private const byte Uncompressed = 4;
    private static readonly Key Curve = First();

    /// <summary>A new key.</summary>
    internal static Key NewKey()
    {
        using var context = EVP_PKEY_CTX_new_from_pkey(0, Curve, 0);
        return Generated(EVP_PKEY_keygen_init(context), context);
    }

    /// <summary>A key's point, uncompressed.</summary>
    internal static byte[] PointOf(Key key)
    {
        var point = new byte[PointSize];
        Demand(EVP_PKEY_get_octet_string_param(key, "encoded-pub-key", point, PointSize, out var length) == 1 && length == PointSize && IsUncompressed(point));
        return point;
    }

    /// <summary>Whether bytes are a point as it is written uncompressed.</summary>
    internal static bool IsUncompressed(ReadOnlySpan<byte> point) => point.Length == PointSize && point[0] == Uncompressed;

    /// <summary>The key of a point, uncompressed.</summary>
    /// <exception cref="CryptographicException">It does not lie on the curve.</exception>
    internal static Key Public(ReadOnlySpan<byte> point)
    {
        var key = EVP_PKEY_new();
        if (IsUncompressed(point) && EVP_PKEY_copy_parameters(key, Curve) == 1 && EVP_PKEY_set1_encoded_public_key(key, point, PointSize) == 1) return key;
        key.Dispose();
        throw Failure("Not a point of secp256r1.");
    }

    /// <summary>The key of a certificate; null when it is of another kind or on another curve.</summary>
    internal static Key? Public(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDiffieHellmanPublicKey();
        if (key is null || !Has(key)) return null;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return Public([Uncompressed, .. point.X!, .. point.Y!]);
    }

    /// <summary>The private key that belongs to a certificate, wherever OpenSSL has it; null when it is of another kind.</summary>
    internal static SafeHandle? Private(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDiffieHellmanPrivateKey();
        return !OperatingSystem.IsWindows() && key is ECDiffieHellmanOpenSsl ours ? ours.DuplicateKeyHandle() : null;
    }

    /// <summary>Whether a key is on the curve.</summary>
    internal static bool Has(ECAlgorithm key) => key.KeySize == 256 && key.ExportParameters(includePrivateParameters: false).Curve is { IsNamed: true } curve && curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value;

    /// <summary>The secret shared by two keys, the first of them private; whoever asks for it clears it away.</summary>
    internal static void Agree(SafeHandle ours, Key theirs, Span<byte> secret)
    {
        nuint length = SecretSize;
        using var context = EVP_PKEY_CTX_new_from_pkey(0, ours, 0);
        Demand(EVP_PKEY_derive_init(context) == 1 && EVP_PKEY_derive_set_peer_ex(context, theirs, validate: 0) == 1 && EVP_PKEY_derive(context, secret, ref length) == 1 && length == SecretSize);
    }

    private static Key First()
    {
        using var context = EVP_PKEY_CTX_new_from_name(0, "EC", 0);
        return Generated(EVP_PKEY_keygen_init(context) == 1 ? EVP_PKEY_CTX_set_group_name(context, "P-256") : 0, context);
    }

    private static Key Generated(int ready, Context context)
    {
        nint key = 0;
        Demand(ready == 1 && EVP_PKEY_generate(context, ref key) == 1);
        return new Key(key);
    }

    private static void Demand(bool holds)
    {
        if (!holds) throw Failure("OpenSSL could not agree on a key on secp256r1.");
    }

    /// <summary>What a call left in the thread's queue of errors would be taken for the reason why a later one failed.</summary>
    private static CryptographicException Failure(string sentence)
    {
        ERR_clear_error();
        return new(sentence);
    }

    /// <summary>A key of OpenSSL.</summary>
    internal sealed partial class Key : SafeHandleZeroOrMinusOneIsInvalid
    {
        /// <summary>None yet.</summary>
        public Key() : base(ownsHandle: true)
        {
        }

        internal Key(nint key) : this() => SetHandle(key);

        protected override bool ReleaseHandle()
        {
            EVP_PKEY_free(handle);
            return true;
        }
    }

    private sealed partial class Context() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle()
        {
            EVP_PKEY_CTX_free(handle);
            return true;
        }
    }

    private const string Library = "libcrypto.so.3";

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial Context EVP_PKEY_CTX_new_from_name(nint library, string name, nint properties);

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial Context EVP_PKEY_CTX_new_from_pkey(nint library, SafeHandle key, nint properties);

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void EVP_PKEY_CTX_free(nint context);

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EVP_PKEY_keygen_init(Context context);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EVP_PKEY_CTX_set_group_name(Context context, string name);

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EVP_PKEY_generate(Context context, ref nint key);

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial Key EVP_PKEY_new();

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void EVP_PKEY_free(nint key);

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EVP_PKEY_copy_parameters(Key to, Key from);

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EVP_PKEY_set1_encoded_public_key(Key key, ReadOnlySpan<byte> point, nuint length);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EVP_PKEY_get_octet_string_param(Key key, string name, Span<byte> to, nuint most, out nuint length);

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EVP_PKEY_derive_init(Context context);

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EVP_PKEY_derive_set_peer_ex(Context context, Key theirs, int validate);

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EVP_PKEY_derive(Context context, Span<byte> secret, ref nuint length);

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void ERR_clear_error();
}
