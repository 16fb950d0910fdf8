using System.Net;
using System.Net.Sockets;

namespace Palermo.Faults;

/// <summary>What a line did to the connections over it.</summary>
internal sealed class LineCounts
{
    internal int Connections, Refused, Swallowed, Cut, Delayed, Partitions;
    internal long Bytes;
}

/// <summary>
/// A TCP line in front of a node: refuses connections, swallows what is sent, cuts in the middle of a message or of its answer, delays, and
/// is partitioned for a while. Without faults it only carries.
/// </summary>
internal sealed class FaultyLine : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Random _random;
    private readonly int _to;
    private volatile bool _faulty, _partitioned;
    private Moment? _moment;

    internal FaultyLine(int to, int seed, LineCounts counts)
    {
        (_to, _random, Counts) = (to, new Random(seed), counts);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = Accept();
    }

    internal int Port { get; }

    internal LineCounts Counts { get; }

    /// <summary>Whether it does harm at all.</summary>
    internal bool Faulty
    {
        set => _faulty = value;
    }

    /// <summary>Whether nothing gets through at present: connections open before hang, new ones too.</summary>
    internal bool Partitioned
    {
        set
        {
            if (value && !_partitioned) Interlocked.Increment(ref Counts.Partitions);
            _partitioned = value;
        }
    }

    /// <summary>Has something done when so many more bytes were handed on, and not one more; that connection ends there.</summary>
    internal void After(long bytes, Action act) => _moment = new(Interlocked.Read(ref Counts.Bytes) + bytes, act);

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task Accept()
    {
        var end = _end.Token;
        while (!end.IsCancellationRequested)
        {
            Socket from;
            try
            {
                from = await _listener.AcceptSocketAsync(end);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = Carry(from, end);
        }
    }

    private async Task Carry(Socket from, CancellationToken end)
    {
        Interlocked.Increment(ref Counts.Connections);
        using var to = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (from)
        {
            from.NoDelay = true;
            var fate = new Fate(Next(), _faulty);
            try
            {
                if (fate.Refused)
                {
                    Interlocked.Increment(ref Counts.Refused);
                    return;
                }

                await to.ConnectAsync(IPAddress.Loopback, _to, end);
                using var done = CancellationTokenSource.CreateLinkedTokenSource(end);
                if (fate.Swallows)
                {
                    Interlocked.Increment(ref Counts.Swallowed);
                    done.CancelAfter(TimeSpan.FromSeconds(3));
                }

                var there = Pump(from, to, fate, done.Token);
                await Task.WhenAny(there, Pump(to, from, fate, done.Token));
                await done.CancelAsync();
            }
            catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // A cut line; both ends find out.
            }
            finally
            {
                from.LingerState = new LingerOption(enable: true, 0);
                to.LingerState = new LingerOption(enable: true, 0);
            }
        }
    }

    private async Task Pump(Socket from, Socket to, Fate fate, CancellationToken done)
    {
        var buffer = new byte[16 << 10];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, done)) > 0;)
            {
                var carried = Interlocked.Add(ref Counts.Bytes, read);
                for (var waited = 0; _partitioned; waited++)
                {
                    // Whoever waits for longer than this is cut off.
                    if (waited > 100) return;
                    await Task.Delay(50, done);
                }

                if (_faulty && fate.Swallows) continue;
                if (_faulty && fate.Delay > 0)
                {
                    Interlocked.Increment(ref Counts.Delayed);
                    await Task.Delay(fate.Delay, done);
                }

                if (_faulty && Interlocked.Add(ref fate.Left, -read) < 0)
                {
                    Interlocked.Increment(ref Counts.Cut);
                    return;
                }

                if (_moment is { } moment && carried >= moment.At && Interlocked.CompareExchange(ref _moment, null, moment) == moment)
                {
                    await to.SendAsync(buffer.AsMemory(0, (int)Math.Max(0, read - (carried - moment.At))), SocketFlags.None, done);
                    moment.Act();
                    return;
                }

                await to.SendAsync(buffer.AsMemory(0, read), SocketFlags.None, done);
            }
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // A cut line; both ends find out.
        }
    }

    private Random Next()
    {
        lock (_random) return new Random(_random.Next());
    }

    private sealed record Moment(long At, Action Act);

    /// <summary>What becomes of one connection.</summary>
    private sealed class Fate
    {
        /// <summary>Bytes until it is cut, in both directions together.</summary>
        internal long Left;

        internal Fate(Random random, bool faulty)
        {
            var dice = random.NextDouble();
            (Refused, Swallows) = (faulty && dice < 0.08, faulty && dice is >= 0.08 and < 0.14);
            Delay = random.NextDouble() < 0.3 ? random.Next(5, 250) : 0;
            Left = 2_000 + (long)(-Math.Log(1 - random.NextDouble()) * 120_000);
        }

        internal bool Refused { get; }

        internal bool Swallows { get; }

        /// <summary>Milliseconds each piece waits.</summary>
        internal int Delay { get; }
    }
}
