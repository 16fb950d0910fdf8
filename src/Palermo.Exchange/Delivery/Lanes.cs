namespace Palermo.Exchange.Delivery;

/// <summary>Something that is to be done with another node.</summary>
/// <param name="Lane">Party identifier of the node that has to answer.</param>
/// <param name="Of">What it belongs to: of the same, one after another.</param>
/// <param name="Do">Does it; asks first whether it is still to be done.</param>
internal sealed record Errand(string Lane, Guid Of, Func<CancellationToken, Task> Do);

/// <summary>
/// What is to be done with other nodes, in one lane for each: who is slow or swallows what it is sent holds up nobody but itself. In a lane the oldest goes
/// first, a few side by side, so that something large does not hold up something small; nothing is begun that is under way.
/// </summary>
/// <param name="sideBySide">How many at once in a lane.</param>
internal sealed class Lanes(int sideBySide)
{
    /// <summary>Each lane has a place of its own, and the registry bounds how many lanes there are; beyond that at most so many are under way.</summary>
    private const int MostBesides = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);

    /// <summary>Puts what is due into the lanes, instead of what was due before, and begins what finds a place. What is under way goes on.</summary>
    /// <param name="due">What is due, in each lane the oldest first.</param>
    /// <param name="failed">Is told what threw.</param>
    /// <param name="cancel">When to stop.</param>
    /// <param name="narrow">Whether one at a time is enough in a lane.</param>
    internal void Fill(IEnumerable<Errand> due, Action<Errand, Exception> failed, CancellationToken cancel, Predicate<string>? narrow = null)
    {
        lock (_lock)
        {
            foreach (var (name, lane) in _lanes.ToList())
            {
                lane.Waiting.Clear();
                lane.Workers.RemoveAll(w => w.IsCompleted);
                if (lane.Working == 0) _lanes.Remove(name);
            }

            foreach (var errand in due)
            {
                if (!_lanes.TryGetValue(errand.Lane, out var lane)) _lanes.Add(errand.Lane, lane = new Lane());
                // What is under way keeps its turn: what fails again and again must not come before what has not been tried.
                if (!lane.Busy.Contains(errand.Of)) lane.Waiting.Add(errand);
            }

            // A place in every lane comes before a second one in any.
            foreach (var lane in _lanes.Values.Where(l => l.Working == 0)) Begin(lane, failed, cancel);
            var besides = _lanes.Values.Sum(l => Math.Max(0, l.Working - 1));
            foreach (var (name, lane) in _lanes)
            {
                var wide = narrow?.Invoke(name) == true ? 1 : Math.Min(sideBySide, lane.Busy.Union(lane.Waiting.Select(e => e.Of)).Count());
                for (; lane.Working < wide && besides < MostBesides; besides++) Begin(lane, failed, cancel);
            }
        }
    }

    /// <summary>Ends when nothing is under way any more.</summary>
    internal Task Idle()
    {
        lock (_lock) return Task.WhenAll(_lanes.Values.SelectMany(l => l.Workers));
    }

    private void Begin(Lane lane, Action<Errand, Exception> failed, CancellationToken cancel)
    {
        lane.Working++;
        lane.Workers.Add(Task.Run(() => Work(lane, failed, cancel), CancellationToken.None));
    }

    private async Task Work(Lane lane, Action<Errand, Exception> failed, CancellationToken cancel)
    {
        while (Next(lane, cancel) is { } errand)
        {
            try
            {
                await errand.Do(cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                // The node stops; what was not finished goes on when it serves again.
            }
            catch (Exception e)
            {
                Tell(failed, errand, e);
            }
            finally
            {
                lock (_lock) lane.Busy.Remove(errand.Of);
            }
        }
    }

    /// <summary>Whatever becomes of what is told, the worker goes on: its place in the lane would be lost.</summary>
    private static void Tell(Action<Errand, Exception> failed, Errand errand, Exception e)
    {
        try
        {
            failed(errand, e);
        }
        catch (Exception)
        {
            // There is nobody left to tell.
        }
    }

    private Errand? Next(Lane lane, CancellationToken cancel)
    {
        lock (_lock)
        {
            var at = cancel.IsCancellationRequested ? -1 : lane.Waiting.FindIndex(e => !lane.Busy.Contains(e.Of));
            if (at < 0)
            {
                lane.Working--;
                return null;
            }

            var errand = lane.Waiting[at];
            lane.Waiting.RemoveAt(at);
            lane.Busy.Add(errand.Of);
            return errand;
        }
    }

    private sealed class Lane
    {
        internal List<Errand> Waiting { get; } = [];

        internal HashSet<Guid> Busy { get; } = [];

        internal List<Task> Workers { get; } = [];

        internal int Working { get; set; }
    }
}
