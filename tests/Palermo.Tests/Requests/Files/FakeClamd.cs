using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Palermo.Requests.Files;

namespace Palermo.Tests.Requests.Files;

/// <summary>Listens as clamd does and answers every file the same; it notes the hash of what it was shown.</summary>
internal sealed class FakeClamd : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string? _answer;

    /// <param name="answer">The answer; null to hang up in the middle of the file.</param>
    public FakeClamd(string? answer)
    {
        _answer = answer;
        _listener.Start();
        Address = ClamAddress.Parse($"tcp:127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = Serve();
    }

    public ClamAddress Address { get; }

    public string Seen { get; private set; } = "";

    public void Dispose() => _listener.Dispose();

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await Answer(client.GetStream());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            return;
        }
    }

    private async Task Answer(NetworkStream stream)
    {
        var command = new byte["zINSTREAM\0".Length];
        await stream.ReadExactlyAsync(command);
        if (Encoding.ASCII.GetString(command) != "zINSTREAM\0") return;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = new byte[4];
        while (true)
        {
            await stream.ReadExactlyAsync(length);
            var chunk = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
            if (chunk.Length == 0) break;
            if (_answer is null) return;
            await stream.ReadExactlyAsync(chunk);
            hash.AppendData(chunk);
        }

        Seen = Convert.ToHexStringLower(hash.GetHashAndReset());
        await stream.WriteAsync(Encoding.UTF8.GetBytes(_answer + "\0"));
    }
}
