using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Palermo.Exchange.Nodes;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Exchange.Nodes.Registry;
using Palermo.Kernel;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Nodes;

/// <summary>Keys that stay in a PKCS#11 token (SoftHSM) sign, decrypt and show themselves in TLS as keys in files do.</summary>
public sealed class TokenKeyTests : IDisposable
{
    private const string Pin = "1234";
    private static readonly Lazy<string?> Token = new(MakeToken);
    private readonly Identities _nodes = new();

    [Theory]
    [InlineData(NodeKeys.Rsa)]
    [InlineData(NodeKeys.EllipticCurve)]
    public void AKeyInATokenSignsAndDecrypts(string algorithm)
    {
        var trust = Node(algorithm);
        Directory.EnumerateFiles(trust.Folder, "key*").ShouldBeEmpty();
        File.ReadAllText(Path.Combine(trust.Folder, "node.json")).ShouldNotContain(Pin);
        var own = trust.Own[0];
        DescribeNode.Read(DescribeNode.Run(trust), _nodes.Clock.GetUtcNow()).Party.ShouldBe("palermo:token");
        var data = RandomNumberGenerator.GetBytes(32);
        if (algorithm == NodeKeys.Rsa)
        {
            using var key = own.GetRSAPrivateKey()!;
            using var open = own.GetRSAPublicKey()!;
            open.VerifyData(data, key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).ShouldBeTrue();
            key.Decrypt(open.Encrypt(data, RSAEncryptionPadding.OaepSHA256), RSAEncryptionPadding.OaepSHA256).ShouldBe(data);
        }
        else
        {
            using var key = own.GetECDsaPrivateKey()!;
            using var open = own.GetECDsaPublicKey()!;
            open.VerifyData(data, key.SignData(data, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(NodeKeys.Rsa)]
    [InlineData(NodeKeys.EllipticCurve)]
    public async Task AKeyInATokenShowsItselfInTls(string algorithm)
    {
        var trust = Node(algorithm);
        await using var ita = await ExchangeNode.Start("ita", "ITA");
        PublishRegistry.Add(ita.Trust, DescribeNode.Run(trust), replace: false);
        await ExchangeNode.Introduce(ita);
        trust.Registry.Pin("", Fingerprint.Of(ita.Trust.Own[0]));
        trust.Registry.Take(File.ReadAllBytes(ita.Trust.Registry.CopyPath));
        using var client = trust.ClientFor(trust.Find("palermo:ita")!);
        using var answer = await client.GetAsync(new Uri("exchange/hello", UriKind.Relative), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("\"party\":\"palermo:token\"");
    }

    [Fact]
    public void AKeyThatIsNotThereAndAUriThatIsNoneAreSaid()
    {
        Node(NodeKeys.Rsa);
        Should.Throw<RefusedException>(() => TokenKey.Open("pkcs11:token=palermo;object=other;type=private", NodeKeys.Rsa, Pin)).Text.Key.ShouldBe("nodes.token");
        Should.Throw<RefusedException>(() => TokenKey.Check("pkcs11:token=x?pin-value=1234")).Text.Key.ShouldBe("nodes.token.uri");
        Should.Throw<RefusedException>(() => TokenKey.Check("/dev/hsm")).Text.Key.ShouldBe("nodes.token.uri");
    }

    private NodeTrust Node(string algorithm)
    {
        if (Token.Value is null) Assert.Skip("softhsm2-util, openssl or OpenSSL's engine pkcs11 (libengine-pkcs11-openssl) is not installed.");
        var trust = _nodes.Open("token", Pin);
        InitNode.Run(trust.Folder, new InitInput("palermo:token", "Authority") { SelfSigned = true, Algorithm = algorithm, Pkcs11 = $"pkcs11:token=palermo;object={algorithm};type=private" }, Pin, _nodes.Clock.GetUtcNow());
        return trust;
    }

    /// <summary>A token with one key of each kind, in a folder that goes with the run; null where there is no SoftHSM.</summary>
    private static string? MakeToken()
    {
        if (!OperatingSystem.IsLinux() || !Directory.EnumerateDirectories("/usr/lib", "engines-3", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2, IgnoreInaccessible = true }).Any(d => File.Exists(Path.Combine(d, "pkcs11.so")))) return null;
        var folder = new TestFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        Directory.CreateDirectory(folder.File("tokens"));
        // The library reads the C environment, which .NET's own does not reach.
        _ = SetVariable("SOFTHSM2_CONF\0"u8.ToArray(), Encoding.UTF8.GetBytes(folder.Write("softhsm2.conf", $"directories.tokendir = {folder.File("tokens")}\n") + "\0"), 1);
        if (!Run(folder, "--init-token", "--free", "--label", "palermo", "--pin", Pin, "--so-pin", "5678")) return null;
        using var rsa = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var imported = Import(folder, NodeKeys.Rsa, "01", rsa) && Import(folder, NodeKeys.EllipticCurve, "02", curve);
        return imported ? folder.Path : null;
    }

    private static bool Import(TestFolder folder, string label, string id, AsymmetricAlgorithm key) =>
        Run(folder, "--import", folder.Write(label + ".pem", key.ExportPkcs8PrivateKeyPem()), "--token", "palermo", "--label", label, "--id", id, "--pin", Pin);

    private static bool Run(TestFolder folder, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo("softhsm2-util", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["SOFTHSM2_CONF"] = folder.File("softhsm2.conf") } };
            using var process = Process.Start(start)!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "setenv"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SetVariable(byte[] name, byte[] value, int overwrite);

    public void Dispose() => _nodes.Dispose();
}
