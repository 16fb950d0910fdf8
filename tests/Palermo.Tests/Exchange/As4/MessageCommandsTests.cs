using System.Text.Json;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.As4;

/// <summary><c>palermo message pack</c> and <c>palermo message open</c>, which need no record.</summary>
public sealed class MessageCommandsTests : IDisposable
{
    private readonly As4Sample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void AFilePackedForANodeIsOpenedByThatNodeOnly()
    {
        var (a, b) = (_sample.NodeFolder("a", _sample.A), _sample.NodeFolder("b", _sample.B));
        var payload = _sample.File_("payload.json");
        File.WriteAllText(payload, "{\"secret\":true}");
        var message = _sample.File_("m.mime");
        var (code, id, error) = Run("message", "pack", "--from-node", a, "--to-node", b, "--payload", payload, "--out", message);
        (code, error).ShouldBe((0, ""));
        Run("message", "pack", "--from-node", a, "--to-node", b, "--payload", payload, "--out", message).Code.ShouldBe(2, "a file that is there is not overwritten");

        var (opened, output, _) = Run("message", "open", message, "--node", b, "--from-node", a, "--out", _sample.File_("parts"), "--json");
        opened.ShouldBe(0);
        var report = JsonDocument.Parse(output).RootElement;
        report.GetProperty("messageId").GetString().ShouldBe(id.Trim());
        report.GetProperty("from").GetString().ShouldBe("palermo:bra:central-authority");
        report.GetProperty("parts")[0].GetProperty("bytes").GetInt64().ShouldBe(15);
        File.ReadAllText(Path.Combine(_sample.File_("parts"), "part-1")).ShouldBe("{\"secret\":true}");

        Run("message", "open", message, "--node", b).Output.ShouldContain("action: examine");
        var (other, _, why) = Run("message", "open", message, "--node", a);
        other.ShouldBe(1);
        why.ShouldContain("EBMS:0102");
        Run("message", "open", message, "--node", b, "--from-node", b).Error.ShouldContain("Somebody else has signed");
        Run("message", "open", payload, "--node", b).Error.ShouldContain("EBMS:0007");
        Run("message", "open", message, "--node", _sample.File_("nowhere")).Code.ShouldBe(2);
    }

    [Fact]
    public void WithoutANodeItIsThisNodesOwnMessage()
    {
        var a = _sample.NodeFolder("a", _sample.A);
        var store = Directory.CreateDirectory(_sample.File_("store")).FullName;
        Directory.Move(_sample.NodeFolder("b", _sample.B), Path.Combine(store, "exchange"));
        var payload = _sample.File_("p");
        File.WriteAllText(payload, "x");
        var message = _sample.File_("m.mime");
        Run("message", "pack", "--from-node", a, "--to-node", Path.Combine(store, "exchange", "certificate.pem"), "--payload", payload, "--out", message).Code.ShouldBe(0);
        Run("message", "open", message, "--data", Path.Combine(store, "palermo.db")).Code.ShouldBe(0);
    }

    [Fact]
    public void AKeyThatIsLockedSaysSo()
    {
        var a = _sample.NodeFolder("a", _sample.A, passphrase: "not in the environment");
        var (code, _, error) = Run("message", "pack", "--from-node", a, "--to-node", a, "--payload", Path.Combine(a, "key.pem"), "--out", _sample.File_("m.mime"));
        code.ShouldBe(2);
        error.ShouldContain("PALERMO_KEY_PASSPHRASE");
    }

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        return (Program.Run(args, output, error), output.ToString(), error.ToString());
    }
}
