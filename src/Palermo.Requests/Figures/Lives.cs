using Palermo.Requests.Life;

namespace Palermo.Requests.Figures;

/// <summary>One step of a request's life, as figures need it.</summary>
internal readonly record struct LifeStep(Guid Request, string From, string To, string Act, string Grounds, DateOnly On);

/// <summary>What the lives of requests say: durations, outcomes, grounds of refusal, missing items. Takes them one after another and keeps only numbers.</summary>
internal sealed class Lives
{
    private static readonly string[] Refusing = ["refused", "partly-refused", "refuse", "refuse-in-part"];
    private static readonly string[] Returning = ["clarification-asked", "ask-clarification"];

    private readonly Dictionary<(string From, string To), List<int>> _days = [];
    private readonly List<(string Stage, DateOnly On)> _reached = [];
    private readonly HashSet<string> _grounds = new(StringComparer.Ordinal), _missing = new(StringComparer.Ordinal);
    private Guid _request;

    /// <summary>Requests by what became of them.</summary>
    internal Dictionary<string, int> Outcomes { get; } = new(StringComparer.Ordinal);

    /// <summary>Requests by ground of refusal.</summary>
    internal Dictionary<string, int> Refusals { get; } = new(StringComparer.Ordinal);

    /// <summary>Requests by missing item.</summary>
    internal Dictionary<string, int> Returns { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads steps, ordered by request and by their number within it.</summary>
    internal static Lives Of(IEnumerable<LifeStep> steps)
    {
        var lives = new Lives();
        foreach (var step in steps)
        {
            if (step.Request != lives._request) lives.End();
            lives._request = step.Request;
            if (step.From != step.To && !lives._reached.Exists(r => r.Stage == step.To)) lives._reached.Add((step.To, step.On));
            if (step.Grounds.Length == 0) continue;
            if (Refusing.Contains(step.Act)) lives._grounds.UnionWith(step.Grounds.Split(';'));
            if (Returning.Contains(step.Act)) lives._missing.UnionWith(step.Grounds.Split(';'));
        }

        lives.End();
        return lives;
    }

    /// <summary>The durations between every two stages, in the order of a life without trouble.</summary>
    internal IReadOnlyList<DurationLine> Durations()
    {
        foreach (var days in _days.Values) days.Sort();
        return [.. _days.OrderBy(d => At(d.Key.From)).ThenBy(d => At(d.Key.To))
            .Select(d => new DurationLine(d.Key.From, d.Key.To, d.Value.Count, Percentile.Of(d.Value, 0.5), Percentile.Of(d.Value, 0.9)))];
    }

    private static int At(string stage) => Stages.All.Index().FirstOrDefault(s => s.Item == stage).Index;

    private void End()
    {
        for (var i = 0; i < _reached.Count; i++)
        {
            for (var j = i + 1; j < _reached.Count; j++)
            {
                var pair = (_reached[i].Stage, _reached[j].Stage);
                if (!_days.TryGetValue(pair, out var days)) _days[pair] = days = [];
                days.Add(Math.Max(0, _reached[j].On.DayNumber - _reached[i].On.DayNumber));
            }
        }

        foreach (var stage in new[] { Stages.Refused, Stages.Withdrawn, Stages.Executed, Stages.PartlyExecuted })
        {
            if (!_reached.Exists(r => r.Stage == stage)) continue;
            Outcomes[stage] = Outcomes.GetValueOrDefault(stage) + 1;
            break;
        }

        foreach (var ground in _grounds) Refusals[ground] = Refusals.GetValueOrDefault(ground) + 1;
        foreach (var item in _missing) Returns[item] = Returns.GetValueOrDefault(item) + 1;
        _reached.Clear();
        _grounds.Clear();
        _missing.Clear();
    }
}
