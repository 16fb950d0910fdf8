using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Packing;

/// <summary>Wraps a file's key for a certificate, as JSON Web Algorithms does (RFC 7518 sections 4.3 and 4.6).</summary>
internal static class KeyWrap
{
    internal const string Rsa = "RSA-OAEP-256", EllipticCurve = "ECDH-ES+A256KW";
    private const int LeastRsaBits = 2048, Coordinate = 32, Block = 8;

    /// <exception cref="RefusedException">The certificate's key is neither RSA of at least 2,048 bits nor on secp256r1.</exception>
    internal static WrappedKey Wrap(X509Certificate2 to, byte[] key)
    {
        using var rsa = to.GetRSAPublicKey();
        if (rsa is { KeySize: >= LeastRsaBits }) return new(Rsa, rsa.Encrypt(key, RSAEncryptionPadding.OaepSHA256), [], []);
        // Taken from the signing key: the framework gives no key for agreement when the certificate's usage names signing only.
        using var theirs = to.GetECDsaPublicKey();
        if (theirs is null || !IsP256(theirs.ExportParameters(false))) throw new RefusedException("package.key-kind");
        using var agree = ECDiffieHellman.Create(theirs.ExportParameters(false));
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = ephemeral.ExportParameters(false).Q;
        var wrapping = Derive(ephemeral, agree.PublicKey);
        try
        {
            return new(EllipticCurve, AesWrap(wrapping, key), point.X!, point.Y!);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(wrapping);
        }
    }

    /// <exception cref="RefusedException">It was wrapped for another certificate.</exception>
    internal static byte[] Unwrap(X509Certificate2 ours, WrappedKey wrapped)
    {
        try
        {
            var key = wrapped.Algorithm == Rsa ? UnwrapRsa(ours, wrapped) : UnwrapEllipticCurve(ours, wrapped);
            return key.Length == EvidenceFormat.Key ? key : throw new RefusedException("package.not-ours");
        }
        catch (CryptographicException)
        {
            throw new RefusedException("package.not-ours");
        }
    }

    private static byte[] UnwrapRsa(X509Certificate2 ours, WrappedKey wrapped)
    {
        using var rsa = ours.GetRSAPrivateKey() ?? throw new RefusedException("package.not-ours");
        return rsa.Decrypt(wrapped.Encrypted, RSAEncryptionPadding.OaepSHA256);
    }

    private static byte[] UnwrapEllipticCurve(X509Certificate2 ours, WrappedKey wrapped)
    {
        using var key = AgreementKey(ours) ?? throw new RefusedException("package.not-ours");
        using var theirs = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = wrapped.X, Y = wrapped.Y } });
        var wrapping = Derive(key, theirs.PublicKey);
        try
        {
            return AesUnwrap(wrapping, wrapped.Encrypted);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(wrapping);
        }
    }

    private static ECDiffieHellman? AgreementKey(X509Certificate2 ours)
    {
        if (ours.GetECDiffieHellmanPrivateKey() is { } agreement) return agreement;
        using var signing = ours.GetECDsaPrivateKey();
        return signing is null ? null : ECDiffieHellman.Create(signing.ExportParameters(true));
    }

    private static bool IsP256(ECParameters key) => key.Curve.IsNamed && key.Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value && key.Q.X?.Length == Coordinate;

    /// <summary>One round of the Concat KDF (NIST SP 800-56A section 5.8.1) with the fields of RFC 7518 section 4.6.2; no party is named.</summary>
    private static byte[] Derive(ECDiffieHellman ours, ECDiffieHellmanPublicKey theirs)
    {
        var algorithm = "ECDH-ES+A256KW"u8;
        var fields = new byte[4 + algorithm.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(fields, algorithm.Length);
        algorithm.CopyTo(fields.AsSpan(4));
        BinaryPrimitives.WriteInt32BigEndian(fields.AsSpan(fields.Length - 4), EvidenceFormat.Key * 8);
        return ours.DeriveKeyFromHash(theirs, HashAlgorithmName.SHA256, [0, 0, 0, 1], fields);
    }

    /// <summary>AES key wrap (RFC 3394 section 2.2.1); the framework has only the padded kind.</summary>
    internal static byte[] AesWrap(byte[] wrapping, ReadOnlySpan<byte> key)
    {
        using var aes = Aes.Create();
        aes.Key = wrapping;
        var blocks = key.Length / Block;
        var result = new byte[key.Length + Block];
        result.AsSpan(0, Block).Fill(0xA6);
        key.CopyTo(result.AsSpan(Block));
        Span<byte> block = stackalloc byte[2 * Block];
        for (var t = 1; t <= 6 * blocks; t++)
        {
            var register = result.AsSpan((((t - 1) % blocks) + 1) * Block, Block);
            result.AsSpan(0, Block).CopyTo(block);
            register.CopyTo(block[Block..]);
            aes.EncryptEcb(block, block, PaddingMode.None);
            block[Block..].CopyTo(register);
            BinaryPrimitives.WriteUInt64BigEndian(result, BinaryPrimitives.ReadUInt64BigEndian(block) ^ (ulong)t);
        }

        return result;
    }

    /// <exception cref="CryptographicException">It was wrapped with another key, or changed.</exception>
    internal static byte[] AesUnwrap(byte[] wrapping, ReadOnlySpan<byte> wrapped)
    {
        using var aes = Aes.Create();
        aes.Key = wrapping;
        var blocks = (wrapped.Length / Block) - 1;
        var result = wrapped.ToArray();
        Span<byte> block = stackalloc byte[2 * Block];
        for (var t = 6 * blocks; t >= 1; t--)
        {
            var register = result.AsSpan((((t - 1) % blocks) + 1) * Block, Block);
            BinaryPrimitives.WriteUInt64BigEndian(block, BinaryPrimitives.ReadUInt64BigEndian(result) ^ (ulong)t);
            register.CopyTo(block[Block..]);
            aes.DecryptEcb(block, block, PaddingMode.None);
            block[..Block].CopyTo(result);
            block[Block..].CopyTo(register);
        }

        return result.AsSpan(0, Block).IndexOfAnyExcept((byte)0xA6) < 0 ? result[Block..] : throw new CryptographicException("The key was not wrapped with this one.");
    }
}
