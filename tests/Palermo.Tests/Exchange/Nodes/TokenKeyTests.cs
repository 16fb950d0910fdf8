using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using Palermo.Exchange.As4;
using Palermo.Exchange.Nodes;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Exchange.Nodes.Registry;
using Palermo.Kernel;
using Palermo.Tests.Exchange.As4;
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
    public async Task AKeyInATokenSignsAndOpensMessages(string algorithm)
    {
        var trust = Node(algorithm);
        Directory.EnumerateFiles(trust.Folder, "key*").ShouldBeEmpty();
        File.ReadAllText(Path.Combine(trust.Folder, "node.json")).ShouldNotContain(Pin);
        var own = trust.Own[0];
        DescribeNode.Read(DescribeNode.Run(trust), _nodes.Clock.GetUtcNow()).Party.ShouldBe("palermo:token");

        // A message to ourselves: signed in the token, and its key unwrapped or agreed there.
        using var sample = new As4Sample();
        var part = As4Sample.Text(content: "{\"text\":\"sealed\"}");
        var packed = await PackMessage.Of(As4Sample.Header, [part], own, own, algorithm == NodeKeys.Rsa ? As4Profile.Rsa : As4Profile.EllipticCurve, TestContext.Current.CancellationToken);
        using var opened = await OpenMessage.Read(new MemoryStream(await As4Sample.Bytes(packed)), packed.ContentType, [own], (signer, _, _) => signer.RawData.ShouldBe(own.RawData), sample.Spool, new As4Limits(), TestContext.Current.CancellationToken);
        Encoding.UTF8.GetString(As4Sample.Content(opened.Parts.Single())).ShouldBe("{\"text\":\"sealed\"}");
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

    /// <summary>In processes of their own, for the PIN is taken from a file that the environment names.</summary>
    [Theory]
    [InlineData(NodeKeys.Rsa)]
    [InlineData(NodeKeys.EllipticCurve)]
    public void CommandsPackAndOpenWithAKeyInAToken(string algorithm)
    {
        var node = Node(algorithm).Folder;
        string File_(string name) => _nodes.File(name);
        File.WriteAllText(File_("pin"), Pin + "\n");
        File.WriteAllText(File_("secret.txt"), "sealed");
        var certificate = Path.Combine(node, "certificate.pem");
        Palermo("message", "pack", "--from-node", node, "--to-node", certificate, "--payload", File_("secret.txt"), "--out", File_("m.mime")).Code.ShouldBe(0);
        Palermo("message", "open", File_("m.mime"), "--node", node, "--from-node", certificate, "--out", File_("parts")).Code.ShouldBe(0);
        File.ReadAllText(Path.Combine(File_("parts"), "part-1")).ShouldBe("sealed");
        Palermo("evidence", "pack", "--from", node, "--to", certificate, "--out", File_("package"), File_("secret.txt")).Code.ShouldBe(0);
        Palermo("evidence", "open", File_("package"), "--key", node, "--certificates", certificate, "--out", File_("opened")).Code.ShouldBe(0);
        File.ReadAllText(Path.Combine(File_("opened"), "secret.txt")).ShouldBe("sealed");
        File.Delete(File_("pin"));
        var (code, said) = Palermo("evidence", "verify", File_("package"), "--key", node);
        code.ShouldBe(2);
        said.ShouldContain("There is no file");

        (int Code, string Said) Palermo(params string[] arguments)
        {
            var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
            var start = new ProcessStartInfo(dotnet, [Path.Combine(AppContext.BaseDirectory, "palermo.dll"), .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
            (start.Environment["SOFTHSM2_CONF"], start.Environment[Passphrase.FileVariable]) = (Path.Combine(Token.Value!, "softhsm2.conf"), File_("pin"));
            start.Environment.Remove(Passphrase.Variable);
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
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
        if (Token.Value is null) Assert.Skip("softhsm2-util, pkcs11-tool (opensc) or OpenSSL's engine pkcs11 (libengine-pkcs11-openssl) is not installed.");
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
        if (!Run(folder, "softhsm2-util", "--init-token", "--free", "--label", "palermo", "--pin", Pin, "--so-pin", "5678")) return null;
        return Generate(folder, NodeKeys.Rsa, "01", "rsa:2048", "--usage-decrypt") && Generate(folder, NodeKeys.EllipticCurve, "02", "EC:prime256v1", "--usage-derive") ? folder.Path : null;
    }

    private static bool Generate(TestFolder folder, string label, string id, string type, string usage) =>
        Run(folder, "pkcs11-tool", "--module", "/usr/lib/softhsm/libsofthsm2.so", "--token-label", "palermo", "--login", "--pin", Pin, "--keypairgen", "--key-type", type, "--label", label, "--id", id, "--usage-sign", usage);

    private static bool Run(TestFolder folder, string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["SOFTHSM2_CONF"] = folder.File("softhsm2.conf") } };
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
