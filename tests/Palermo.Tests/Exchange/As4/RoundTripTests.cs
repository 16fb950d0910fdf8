using System.Security.Cryptography;
using System.Text;
using Palermo.Exchange.As4;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.As4;

/// <summary>What one node packs, the other opens, in both profiles.</summary>
public sealed class RoundTripTests
{
    [Theory, InlineData(0), InlineData(1)]
    public async Task AMessageWithPartsComesAsItWasSent(int profile)
    {
        using var sample = new As4Sample { Profile = (As4Profile)profile };
        var large = RandomNumberGenerator.GetBytes(300_000);
        var (bytes, type, packed) = await sample.Pack(As4Sample.Text(), As4Sample.Part("scan@bra", large, type: "image/tiff"), As4Sample.Part("raw", large, compress: false, type: "image/tiff"), As4Sample.Part("empty", []), As4Sample.Part("empty-raw", [], compress: false));
        using var message = await sample.Open(bytes, type);
        (message.Kind, message.MessageId, message.Signer).ShouldBe((As4Kind.UserMessage, As4Sample.Header.MessageId, sample.A));
        var header = message.Header!;
        (header.At, header.From, header.To, header.ConversationId, header.Action, header.Service).ShouldBe((As4Sample.Now, "palermo:bra:central-authority", "palermo:ita:central-authority", "case-7@bra", "request", As4Header.PalermoService));
        // XML takes a line's end as one character; everything else comes as it was.
        header.Properties.ShouldBe(As4Sample.Header.Properties);
        message.Parts.Select(p => (p.Id, p.Type, p.Length)).ShouldBe([("request@bra", "application/json", 30), ("scan@bra", "image/tiff", 300_000), ("raw", "image/tiff", 300_000), ("empty", "application/json", 0), ("empty-raw", "application/json", 0)]);
        Encoding.UTF8.GetString(As4Sample.Content(message.Parts[0])).ShouldBe("{\"schema\":\"palermo-request/1\"}");
        As4Sample.Content(message.Parts[1]).ShouldBe(large);
        As4Sample.Content(message.Parts[1]).ShouldBe(large, "a part can be read again");
        As4Sample.Content(message.Parts[2]).ShouldBe(large);
        message.Digests.ShouldBe(packed.Digests);
        Directory.EnumerateFileSystemEntries(sample.Spool).ShouldBeEmpty("what is spooled has no name, so that a crash leaves nothing");
        Encoding.Latin1.GetString(bytes).ShouldNotContain("palermo-request/1");
    }

    [Fact]
    public async Task EveryAttemptIsEncryptedAnewAndAcknowledgedByTheSameReceipt()
    {
        using var sample = new As4Sample();
        var (first, type, packed) = await sample.Pack(As4Sample.Text());
        var second = await As4Sample.Bytes(packed);
        second.ShouldNotBe(first, "another nonce");
        var (_, _, afterRestart) = await sample.Pack(As4Sample.Text());
        afterRestart.Digests.ShouldBe(packed.Digests);
        using var message = await sample.Open(second, type);
        var receipt = PackSignal.Receipt(message, sample.B, As4Sample.Now);
        using var came = await sample.Open(await As4Sample.Bytes(receipt), receipt.ContentType, sample.A);
        (came.Kind, came.RefToMessageId, came.Signer).ShouldBe((As4Kind.Receipt, message.MessageId, sample.B));
        OpenMessage.Acknowledges(came, As4Sample.Header.MessageId, packed.Digests).ShouldBeTrue();
        OpenMessage.Acknowledges(came, As4Sample.Header.MessageId, afterRestart.Digests).ShouldBeTrue();
        OpenMessage.Acknowledges(came, "another@bra", packed.Digests).ShouldBeFalse();
        OpenMessage.Acknowledges(came, As4Sample.Header.MessageId, [.. packed.Digests.Skip(1)]).ShouldBeFalse();
        var (_, _, other) = await sample.Pack(As4Sample.Text(content: "{}"));
        OpenMessage.Acknowledges(came, As4Sample.Header.MessageId, other.Digests).ShouldBeFalse();
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task SignalsComeAsTheyWereSent(int profile)
    {
        using var sample = new As4Sample { Profile = (As4Profile)profile };
        var pull = PackSignal.PullRequest("palermo:ita:central-authority", sample.A, As4Sample.Now);
        using var asked = await sample.Open(await As4Sample.Bytes(pull), pull.ContentType);
        (asked.Kind, asked.Mpc, asked.Signer).ShouldBe((As4Kind.PullRequest, "palermo:ita:central-authority", sample.A));
        var error = new As4Error("EBMS:0101", "FailedAuthentication", "failure", "The certificate expired on 1 May <2026>.", "x@bra");
        var packed = PackSignal.Error(error, sample.A, As4Sample.Now);
        using var told = await sample.Open(await As4Sample.Bytes(packed), packed.ContentType);
        (told.Kind, told.RefToMessageId, told.Errors.ShouldHaveSingleItem()).ShouldBe((As4Kind.Error, "x@bra", error));
    }

    [Fact]
    public async Task AMessageWithoutPartsIsAnEnvelopeAlone()
    {
        using var sample = new As4Sample();
        var (bytes, type, _) = await sample.Pack();
        type.ShouldStartWith("application/soap+xml");
        using var message = await sample.Open(bytes, type);
        message.Parts.ShouldBeEmpty();
    }

    [Fact]
    public async Task AMessageThatTricklesInComesWhole()
    {
        using var sample = new As4Sample();
        var content = RandomNumberGenerator.GetBytes(70_000);
        var (bytes, type, _) = await sample.Pack(As4Sample.Text(), As4Sample.Part("scan@bra", content));
        foreach (var most in new[] { 1, 7, 4096 })
        {
            using var line = new Trickle(bytes, most);
            using var message = await sample.Open(line, type);
            As4Sample.Content(message.Parts[1]).ShouldBe(content);
        }
    }

    [Fact]
    public async Task APartThatChangesWhileItIsSentIsNotSent()
    {
        using var sample = new As4Sample();
        var part = new OutgoingPart("scan", "image/tiff", () => new MemoryStream(RandomNumberGenerator.GetBytes(100_000)));
        var packed = await PackMessage.Of(As4Sample.Header, [part], sample.A, sample.B, As4Profile.Rsa, CancellationToken.None);
        await Should.ThrowAsync<IOException>(As4Sample.Bytes(packed));
    }

    /// <summary>Gives a few bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, most));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(buffer.Length, most)], cancellationToken);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => base.ReadAsync(buffer, offset, Math.Min(count, most), cancellationToken);
    }

    /// <summary>Fifty megabytes cost sixteen at most: everything allocated is counted, not only what is alive at one time.</summary>
    [Fact]
    public async Task APartOfFiftyMegabytesIsNeverHeldWhole()
    {
        using var sample = new As4Sample();
        const long size = 50L << 20, most = 16L << 20;
        var path = sample.File_("large.mime");
        var part = new OutgoingPart("large", "application/octet-stream", () => new Noise(size));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var packing = PackMessage.Of(As4Sample.Header, [part], sample.A, sample.B, As4Profile.Rsa, CancellationToken.None);
        packing.IsCompleted.ShouldBeTrue("all of it ran on this thread, so that all of it is counted");
        var packed = await packing;
        var disk = new Still(new FileStream(path, FileMode.Create));
        var writing = packed.WriteTo(disk, CancellationToken.None);
        writing.IsCompleted.ShouldBeTrue();
        await writing;
        disk.Dispose();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(most);

        before = GC.GetAllocatedBytesForCurrentThread();
        using var from = new Still(File.OpenRead(path));
        var opening = sample.Open(from, packed.ContentType);
        opening.IsCompleted.ShouldBeTrue();
        using var message = await opening;
        using var content = message.Parts[0].Open();
        var buffer = new byte[64 << 10];
        var read = 0L;
        for (int n; (n = content.Read(buffer)) > 0;) read += n;
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(most);
        (read, message.Parts[0].Length).ShouldBe((size, size));
    }

    /// <summary>Bytes that do not compress, the same every time.</summary>
    private sealed class Noise(long length) : MemoryStream
    {
        private readonly Random _random = new(7);
        private long _left = length;

        public override int Read(Span<byte> buffer)
        {
            var n = (int)Math.Min(buffer.Length, _left);
            _random.NextBytes(buffer[..n]);
            _left -= n;
            return n;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));
    }

    /// <summary>A file read and written on the caller's thread.</summary>
    private sealed class Still(FileStream file) : Stream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(file.Read(buffer.Span));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(file.Read(buffer, offset, count));

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            file.Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        protected override void Dispose(bool disposing)
        {
            file.Dispose();
            base.Dispose(disposing);
        }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => file.Length;

        public override long Position { get => file.Position; set => throw new NotSupportedException(); }

        public override void Flush() => file.Flush();

        public override int Read(byte[] buffer, int offset, int count) => file.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => file.Write(buffer, offset, count);
    }
}
