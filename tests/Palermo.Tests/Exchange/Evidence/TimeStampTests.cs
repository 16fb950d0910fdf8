using System.Net;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Kernel;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Evidence;

/// <summary>Time stamps of an authority that <c>openssl ts</c> plays.</summary>
public sealed class TimeStampTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AStampIsAskedForKeptAndCompared()
    {
        using var folder = new TestFolder();
        await using var authority = await StampAuthority.Start(folder);
        using var client = new HttpClient(authority);
        var order = Packed.Order() with { Stamp = (data, stop) => TimeStamp.Ask(client, new Uri("http://tsa.test/"), data, stop) };
        var (package, signed) = await Packed.Pack(folder, order, Packed.Content(10));
        signed.Stamp!.By.Subject.ShouldBe("CN=Time");
        var trusted = Certificates.Read(folder.File("ca.pem"));
        await VerifyEvidence.Run(package, [Packed.Sender, .. trusted], null, null, Cancel);
        (await Should.ThrowAsync<RefusedException>(() => VerifyEvidence.Run(package, [Packed.Sender], null, null, Cancel))).Text.Key.ShouldBe("package.stamper");
        await OpenSsl.Run($"ts -verify -data {package.SignatureFile} -in {package.StampFile} -token_in -CAfile {folder.File("ca.pem")}");
        // The stamp of another signature, and one that was changed.
        var (other, _) = await Packed.Pack(folder, Packed.Order(), Packed.Content(10));
        File.Copy(package.StampFile, other.StampFile);
        (await Should.ThrowAsync<RefusedException>(() => VerifyEvidence.Run(other, [], null, null, Cancel))).Text.Key.ShouldBe("package.time-stamp");
        var changed = await File.ReadAllBytesAsync(package.StampFile, Cancel);
        changed[^20] ^= 1;
        await File.WriteAllBytesAsync(package.StampFile, changed, Cancel);
        (await Should.ThrowAsync<RefusedException>(() => VerifyEvidence.Run(package, [], null, null, Cancel))).Text.Key.ShouldBe("package.time-stamp");
    }

    [Fact]
    public async Task WithoutAnAnswerNothingIsPacked()
    {
        using var folder = new TestFolder();
        using var client = new HttpClient(new Silent());
        var order = Packed.Order() with { Stamp = (data, stop) => TimeStamp.Ask(client, new Uri("http://tsa.test/"), data, stop) };
        (await Should.ThrowAsync<RefusedException>(() => Packed.Pack(folder, order, Packed.Content(10)))).Text.Key.ShouldBe("package.tsa-failed");
        Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        Should.Throw<RefusedException>(() => TimeStamp.Authority("ftp://tsa.test")).Text.Key.ShouldBe("package.tsa-address");
    }

    private sealed class Silent : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("no stamp") });
    }

    /// <summary>An authority with a certificate of its own, below a root.</summary>
    private sealed class StampAuthority(TestFolder folder) : HttpMessageHandler, IAsyncDisposable
    {
        public static async Task<StampAuthority> Start(TestFolder folder)
        {
            folder.Write("tsa.cnf", """
                [req]
                distinguished_name = name
                [name]
                [tsa]
                extendedKeyUsage = critical, timeStamping
                keyUsage = critical, digitalSignature
                [root]
                basicConstraints = critical, CA:true
                keyUsage = critical, keyCertSign
                [ts]
                default_tsa = authority
                [authority]
                serial = serial
                signer_cert = tsa.pem
                signer_key = tsa.key
                signer_digest = sha256
                default_policy = 1.2.3.4.1
                digests = sha256
                ess_cert_id_alg = sha256
                """);
            folder.Write("serial", "01\n");
            await OpenSsl.Run("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 3650 -subj /CN=Root -config tsa.cnf -extensions root", folder.Path);
            await OpenSsl.Run("req -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj /CN=Time -config tsa.cnf", folder.Path);
            await OpenSsl.Run("x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out tsa.pem -days 3650 -extfile tsa.cnf -extensions tsa", folder.Path);
            return new StampAuthority(folder);
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await File.WriteAllBytesAsync(folder.File("query"), await request.Content!.ReadAsByteArrayAsync(cancellationToken), cancellationToken);
            await OpenSsl.Run("ts -reply -config tsa.cnf -section authority -queryfile query -out reply", folder.Path);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(await File.ReadAllBytesAsync(folder.File("reply"), cancellationToken)) };
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
