namespace Palermo.Exchange.Delivery;

/// <summary>How long one message may take on a line, answer and all: who answers and then falls silent must not keep everything else waiting.</summary>
internal static class LineTime
{
    /// <summary>A receipt or an error is small, and it comes again with the next attempt.</summary>
    internal static readonly TimeSpan OfReply = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Ends with the caller's wish to stop, or when the time is over.</summary>
    /// <param name="module">The module.</param>
    /// <param name="cancel">When to stop.</param>
    /// <param name="longest">The time; null for what a whole message may take.</param>
    internal static Limit Of(ExchangeModule module, CancellationToken cancel, TimeSpan? longest = null) => new(module.Clock, longest ?? Longest, cancel);

    /// <summary>The limit of one exchange.</summary>
    internal sealed class Limit : IDisposable
    {
        private readonly CancellationTokenSource _time, _both;

        internal Limit(TimeProvider clock, TimeSpan longest, CancellationToken cancel)
        {
            _time = new CancellationTokenSource(longest, clock);
            _both = CancellationTokenSource.CreateLinkedTokenSource(_time.Token, cancel);
        }

        internal CancellationToken Token => _both.Token;

        public void Dispose()
        {
            _both.Dispose();
            _time.Dispose();
        }
    }
}
