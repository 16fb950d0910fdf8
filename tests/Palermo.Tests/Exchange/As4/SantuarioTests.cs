using System.Diagnostics;
using System.Text;
using Palermo.Exchange.As4;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.As4;

/// <summary>A second opinion: Apache Santuario, in another language, opens what we pack and packs what we open.</summary>
public sealed class SantuarioTests(SecondOpinion santuario) : IClassFixture<SecondOpinion>
{

    [Theory, InlineData(0), InlineData(1)]
    public async Task SantuarioOpensWhatWePack(int profile)
    {
        using var sample = new As4Sample { Profile = (As4Profile)profile };
        var receiver = sample.NodeFolder("b", sample.B);
        var large = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 30_000)));
        var (bytes, type, _) = await sample.Pack(As4Sample.Text(), As4Sample.Part("large@bra", large, type: "text/plain"), As4Sample.Part("raw@bra", large, compress: false, type: "text/plain"));
        var file = sample.File_("m.mime");
        await File.WriteAllBytesAsync(file, [.. Encoding.ASCII.GetBytes($"Content-Type: {type}\r\n\r\n"), .. bytes], TestContext.Current.CancellationToken);
        var parts = sample.File_("parts");
        (await santuario.Ask("open", file, receiver, parts)).ShouldBe("signed by CN=palermo:bra:central-authority covering 5");
        (await File.ReadAllTextAsync(Path.Combine(parts, "part-1"), TestContext.Current.CancellationToken)).ShouldBe("{\"schema\":\"palermo-request/1\"}");
        (await File.ReadAllBytesAsync(Path.Combine(parts, "part-2"), TestContext.Current.CancellationToken)).ShouldBe(large);
        (await File.ReadAllBytesAsync(Path.Combine(parts, "part-3"), TestContext.Current.CancellationToken)).ShouldBe(large);
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task SantuarioVerifiesOurReceipts(int profile)
    {
        using var sample = new As4Sample { Profile = (As4Profile)profile };
        var (bytes, type, _) = await sample.Pack(As4Sample.Text());
        using var message = await sample.Open(bytes, type);
        var receipt = PackSignal.Receipt(message, sample.B, As4Sample.Now);
        var file = sample.File_("receipt.mime");
        await File.WriteAllBytesAsync(file, [.. Encoding.ASCII.GetBytes($"Content-Type: {receipt.ContentType}\r\n\r\n"), .. await As4Sample.Bytes(receipt)], TestContext.Current.CancellationToken);
        (await santuario.Ask("open", file, sample.NodeFolder("a", sample.A), sample.File_("parts"))).ShouldBe("signed by CN=palermo:ita:central-authority covering 2");
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task WeOpenWhatSantuarioPacks(int profile)
    {
        using var sample = new As4Sample { Profile = (As4Profile)profile };
        var (sender, receiver) = (sample.NodeFolder("a", sample.A), sample.NodeFolder("b", sample.B));
        var payload = sample.File_("payload");
        await File.WriteAllTextAsync(payload, string.Join('\n', Enumerable.Range(0, 30_000)), TestContext.Current.CancellationToken);
        var file = sample.File_("m.mime");
        await santuario.Ask("pack", sender, receiver, file, payload, Path.Combine(sender, "certificate.pem"));
        var all = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var head = all.AsSpan().IndexOf("\r\n\r\n"u8);
        var type = Encoding.ASCII.GetString(all, 0, head)["Content-Type:".Length..].Replace("\r\n", "").Trim();
        using var message = await sample.Open(all[(head + 4)..], type);
        (message.MessageId, message.Signer, message.Parts.Count).ShouldBe(("santuario-1@java", sample.A, 2));
        As4Sample.Content(message.Parts[0]).ShouldBe(await File.ReadAllBytesAsync(payload, TestContext.Current.CancellationToken));
        var receipt = PackSignal.Receipt(message, sample.B, As4Sample.Now);
        using var came = await sample.Open(await As4Sample.Bytes(receipt), receipt.ContentType, sample.A);
        OpenMessage.Acknowledges(came, "santuario-1@java", message.Digests).ShouldBeTrue();
    }
}

/// <summary>The Java program, compiled once.</summary>
public sealed class SecondOpinion : IAsyncLifetime
{
    private const string Jars = "/usr/share/java/";
    private static readonly string[] ClassPath = [.. new[] { "xmlsec.jar", "slf4j-api.jar", "slf4j-nop.jar", "commons-codec.jar" }.Select(j => Jars + j)];
    private readonly TestFolder _classes = new();

    private static bool Present => File.Exists("/usr/bin/javac") && ClassPath.Take(2).All(File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Present) await Run("javac", "-d", _classes.Path, "-cp", string.Join(':', ClassPath), Path.Combine(Repository.Root, "tests", "Santuario", "SecondOpinion.java"));
    }

    public ValueTask DisposeAsync()
    {
        _classes.Dispose();
        return ValueTask.CompletedTask;
    }

    internal Task<string> Ask(params string[] arguments)
    {
        Assert.SkipUnless(Present, "Java or Apache Santuario (libxml-security-java) is absent.");
        return Run("java", ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", string.Join(':', ClassPath.Prepend(_classes.Path)), "SecondOpinion", .. arguments]);
    }

    private static async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, output + await error);
        return output.Trim();
    }
}
