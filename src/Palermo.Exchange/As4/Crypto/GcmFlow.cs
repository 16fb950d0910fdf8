using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Palermo.Exchange.As4.Crypto;

/// <summary>AES-128-GCM over a stream of any length, which <see cref="AesGcm"/> cannot do: it takes whole messages only. OpenSSL does the work.</summary>
internal sealed partial class GcmFlow : IDisposable
{
    internal const int KeySize = 16, NonceSize = 12, TagSize = 16;

    private const int GetTag = 0x10, SetTag = 0x11;
    private readonly Context _context;
    private readonly bool _seals;

    private GcmFlow(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, bool seals)
    {
        if (key.Length != KeySize || nonce.Length != NonceSize) throw new ArgumentException("AES-128-GCM takes a key of 16 bytes and a nonce of 12.", nameof(key));
        _seals = seals;
        _context = EVP_CIPHER_CTX_new();
        Demand(!_context.IsInvalid && EVP_CipherInit_ex(_context, EVP_aes_128_gcm(), 0, key, nonce, seals ? 1 : 0) == 1);
    }

    /// <summary>Encrypts.</summary>
    internal static GcmFlow Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce) => new(key, nonce, seals: true);

    /// <summary>Decrypts. What it gives must not be used before <see cref="Holds"/>.</summary>
    internal static GcmFlow Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce) => new(key, nonce, seals: false);

    /// <summary>Takes the next bytes and gives as many; both may be the same memory.</summary>
    internal void Next(ReadOnlySpan<byte> from, Span<byte> to)
    {
        if (from.IsEmpty) return;
        if (to.Length < from.Length) throw new ArgumentException("Too short.", nameof(to));
        Demand(EVP_CipherUpdate(_context, to, out var written, from, from.Length) == 1 && written == from.Length);
    }

    /// <summary>Ends encryption.</summary>
    internal byte[] Tag()
    {
        var tag = new byte[TagSize];
        Span<byte> nothing = stackalloc byte[TagSize];
        Demand(_seals && EVP_CipherFinal_ex(_context, nothing, out _) == 1 && EVP_CIPHER_CTX_ctrl(_context, GetTag, TagSize, tag) == 1);
        return tag;
    }

    /// <summary>Ends decryption: whether the tag is that of everything taken.</summary>
    internal bool Holds(ReadOnlySpan<byte> tag)
    {
        Span<byte> copy = stackalloc byte[TagSize], nothing = stackalloc byte[TagSize];
        tag.CopyTo(copy);
        Demand(!_seals && tag.Length == TagSize && EVP_CIPHER_CTX_ctrl(_context, SetTag, TagSize, copy) == 1);
        return EVP_CipherFinal_ex(_context, nothing, out _) == 1;
    }

    /// <inheritdoc/>
    public void Dispose() => _context.Dispose();

    private static void Demand(bool holds)
    {
        if (!holds) throw new CryptographicException("OpenSSL could not do AES-128-GCM.");
    }

    private sealed partial class Context() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle()
        {
            EVP_CIPHER_CTX_free(handle);
            return true;
        }
    }

    private const string Library = "libcrypto.so.3";

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial Context EVP_CIPHER_CTX_new();

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void EVP_CIPHER_CTX_free(nint context);

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint EVP_aes_128_gcm();

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EVP_CipherInit_ex(Context context, nint cipher, nint engine, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, int seals);

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EVP_CipherUpdate(Context context, Span<byte> to, out int written, ReadOnlySpan<byte> from, int length);

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EVP_CipherFinal_ex(Context context, Span<byte> to, out int written);

    [LibraryImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EVP_CIPHER_CTX_ctrl(Context context, int what, int length, Span<byte> bytes);
}
