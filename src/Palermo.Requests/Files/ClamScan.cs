using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Palermo.Kernel;

namespace Palermo.Requests.Files;

/// <summary>Where a clamd listens.</summary>
/// <param name="EndPoint">Its socket or host and port.</param>
internal sealed record ClamAddress(EndPoint EndPoint)
{
    internal const string Variable = "PALERMO_CLAMAV", RequiredVariable = "PALERMO_CLAMAV_REQUIRED";

    /// <summary>How long it may take to take a chunk or the connection.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long it may take to answer after the last chunk.</summary>
    internal TimeSpan AnswerWithin { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Reads <c>unix:/run/clamav/clamd.ctl</c> or <c>tcp:host:port</c>.</summary>
    /// <exception cref="RefusedException">It is neither.</exception>
    internal static ClamAddress Parse(string text)
    {
        if (text.StartsWith("unix:/", StringComparison.Ordinal)) return new(new UnixDomainSocketEndPoint(text["unix:".Length..]));
        var parts = text.StartsWith("tcp:", StringComparison.Ordinal) ? text["tcp:".Length..] : "";
        var colon = parts.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(parts.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? new(new DnsEndPoint(parts[..colon].Trim('[', ']'), port))
            : throw new RefusedException("files.scanner-address", ("given", RefusedException.Shorten(text)));
    }
}

/// <summary>What the scanner said of a file.</summary>
/// <param name="Scan">A code of the column <c>scan</c>.</param>
/// <param name="Name">What was found; empty when nothing was.</param>
internal sealed record ScanAnswer(string Scan, string Name = "")
{
    internal const string Clean = "clean", Infected = "infected", NotScanned = "not-scanned";
}

/// <summary>The scanner found something; the file was kept out.</summary>
internal sealed class InfectedFileException(string name, string sha256, long size) : Exception(name)
{
    internal string Name { get; } = name;

    internal string Sha256 { get; } = sha256;

    internal long Size { get; } = size;
}

/// <summary>
/// Shows a file to clamd while it is stored (command <c>INSTREAM</c>). A scanner that cannot be reached, is slow, or takes no file of this
/// size makes the file one that was not scanned; it never holds up the upload for longer than its patience.
/// </summary>
internal sealed class ClamScan : IAsyncDisposable
{
    private const int LongestAnswer = 4096;

    private readonly ClamAddress? _address;
    private Socket? _socket;

    private ClamScan(ClamAddress? address) => _address = address;

    /// <summary>Connects; without an address, or when nobody answers, nothing is scanned.</summary>
    internal static async Task<ClamScan> Begin(ClamAddress? address, CancellationToken cancel)
    {
        var scan = new ClamScan(address);
        if (address is null) return scan;
        scan._socket = address.EndPoint is UnixDomainSocketEndPoint ? new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new(SocketType.Stream, ProtocolType.Tcp);
        await scan.Try(address.Patience, async (socket, end) =>
        {
            await socket.ConnectAsync(address.EndPoint, end);
            await Send(socket, "zINSTREAM\0"u8.ToArray(), end);
        }, cancel);
        return scan;
    }

    /// <summary>Shows the next bytes.</summary>
    internal Task Feed(ReadOnlyMemory<byte> bytes, CancellationToken cancel) => bytes.Length == 0 || _address is null ? Task.CompletedTask : Try(_address.Patience, async (socket, end) =>
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        await Send(socket, length, end);
        await Send(socket, bytes, end);
    }, cancel);

    /// <summary>Asks for the answer.</summary>
    internal async Task<ScanAnswer> Finish(CancellationToken cancel)
    {
        var answer = "";
        if (_address is not null)
        {
            await Try(_address.AnswerWithin, async (socket, end) =>
            {
                await Send(socket, new byte[4], end);
                var buffer = new byte[LongestAnswer];
                var length = 0;
                while (length < buffer.Length && await socket.ReceiveAsync(buffer.AsMemory(length), end) is > 0 and var read && !buffer.AsSpan(length, read).Contains((byte)0)) length += read;
                answer = Encoding.UTF8.GetString(buffer).Split('\0')[0].Trim();
            }, cancel);
        }

        const string before = "stream: ", found = " FOUND";
        if (answer == "stream: OK") return new(ScanAnswer.Clean);
        return answer.EndsWith(found, StringComparison.Ordinal) && answer.StartsWith(before, StringComparison.Ordinal) && answer.Length > before.Length + found.Length
            ? new(ScanAnswer.Infected, RefusedException.Shorten(answer[before.Length..^found.Length]))
            : new(ScanAnswer.NotScanned);
    }

    public ValueTask DisposeAsync()
    {
        _socket?.Dispose();
        _socket = null;
        return ValueTask.CompletedTask;
    }

    private async Task Try(TimeSpan within, Func<Socket, CancellationToken, Task> act, CancellationToken cancel)
    {
        if (_socket is not { } socket) return;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        end.CancelAfter(within);
        try
        {
            await act(socket, end.Token);
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            await DisposeAsync();
        }
    }

    private static async Task Send(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        while (bytes.Length > 0) bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, cancel)..];
    }
}
