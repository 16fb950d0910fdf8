namespace Palermo.Exchange.Delivery;

/// <summary>How long one message may take on a line, answer and all: who answers and then falls silent must not keep everything else waiting.</summary>
internal static class LineTime
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Ends with the caller's wish to stop, or when the time is over.</summary>
    internal static Limit Of(ExchangeModule module, CancellationToken cancel) => new(module.Clock, cancel);

    /// <summary>The limit of one exchange.</summary>
    internal sealed class Limit : IDisposable
    {
        private readonly CancellationTokenSource _time, _both;

        internal Limit(TimeProvider clock, CancellationToken cancel)
        {
            _time = new CancellationTokenSource(Longest, clock);
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
