using System.Globalization;
using Palermo.Kernel;

namespace Palermo.Treaties.LegalBasis.Ask;

/// <summary>
/// What has been answered so far, as the address carries it. A fact that was left open is a parameter without a value; a
/// parameter that is absent has not been asked yet.
/// </summary>
public sealed class AskAnswers
{
    private static readonly string[] Names = ["from", "to", "kind", "offence", "maxPenalty", "group", "transnational", "ownNational", "territory", "on"];
    private static readonly string[] Facts = ["maxPenalty", "group", "transnational", "ownNational"];

    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Message> _errors = new(StringComparer.Ordinal);
    private readonly bool _check;
    private readonly DateOnly _today;

    private AskAnswers(StateDirectory states, DateOnly today, Func<string, string?> given)
    {
        _today = today;
        foreach (var name in Names)
            if (given(name) is { } text) _given[name] = text;
        _check = given("check") == "1";
        var asked = int.TryParse(given("asked"), NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? (AskStep)step : default;
        if (asked == AskStep.States) _given.TryAdd("from", "");
        if (asked == AskStep.States) _given.TryAdd("to", "");

        From = State(states, "from");
        To = State(states, "to");
        if (From is not null && From.Equals(To)) Refuse("to", new Message("refused.same-state", ("state", From)));
        Kind = Codes.Kind(Given("kind"));
        if (Kind is null && (asked == AskStep.Kind || Given("kind") is not null)) Refuse("kind", new Message("ask.kind.missing"));
        Offence = Codes.Offence(Given("offence"));
        if (Offence is null && (asked == AskStep.Offence || Given("offence") is not null)) Refuse("offence", new Message("ask.offence.missing"));
        MaxPenaltyYears = Try("maxPenalty", BasisQuery.ReadYears);
        Group = Try("group", text => BasisQuery.YesNo(text, "group"));
        Transnational = Try("transnational", text => BasisQuery.YesNo(text, "transnational"));
        OwnNational = Kind == CooperationKinds.Extradition ? Try("ownNational", text => BasisQuery.YesNo(text, "own-national")) : null;
        Territories = [.. states.Territories.Where(t => t.State.Equals(From) || t.State.Equals(To))];
        Territory = TerritoryOf(states);
        On = Try<DateOnly>("on", text => string.IsNullOrEmpty(text) ? today : Dates.Parse(text)) ?? today;
        Unanswered = Enum.GetValues<AskStep>().First(s => !Answered(s));
        Shown = int.TryParse(given("step"), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) && wanted >= 1 && (AskStep)wanted < Unanswered ? (AskStep)wanted : Unanswered;
    }

    /// <summary>The requesting state, once understood.</summary>
    public State? From { get; }

    /// <summary>The requested state, once understood.</summary>
    public State? To { get; }

    /// <summary>The kind of cooperation, once chosen.</summary>
    public CooperationKinds? Kind { get; }

    /// <summary>The offence, once chosen.</summary>
    public Offences? Offence { get; }

    /// <summary>The highest penalty in years; null when not known.</summary>
    public decimal? MaxPenaltyYears { get; }

    /// <summary>Whether an organized criminal group is involved; null when not known.</summary>
    public bool? Group { get; }

    /// <summary>Whether the facts are transnational; null when not known.</summary>
    public bool? Transnational { get; }

    /// <summary>Whether the person is a national of the requested state; null when not known or not asked.</summary>
    public bool? OwnNational { get; }

    /// <summary>The territories of the two states.</summary>
    public IReadOnlyList<Territory> Territories { get; }

    /// <summary>The territory concerned, if one is.</summary>
    public Territory? Territory { get; }

    /// <summary>The day; today until another one is given.</summary>
    public DateOnly On { get; }

    /// <summary>The first step without an answer that can be used.</summary>
    public AskStep Unanswered { get; }

    /// <summary>The step to show: the one asked for when everything before it is answered, otherwise the first unanswered one.</summary>
    public AskStep Shown { get; }

    /// <summary>What was refused, by field.</summary>
    public IReadOnlyDictionary<string, Message> Errors => _errors;

    /// <summary>The whole question, once everything is answered.</summary>
    public BasisQuery? Query => Unanswered == AskStep.Check
        ? new BasisQuery(From!, To!, Kind!.Value, Offence!.Value, On, MaxPenaltyYears, Group, Transnational, OwnNational, Territory) : null;

    /// <summary>Reads the answers.</summary>
    /// <param name="states">All states.</param>
    /// <param name="today">Today.</param>
    /// <param name="given">A parameter's text: null when the address does not name it, empty when it was left blank.</param>
    public static AskAnswers Read(StateDirectory states, DateOnly today, Func<string, string?> given) => new(states, today, given);

    /// <summary>What was typed into a field; null when it has not been asked.</summary>
    public string? Given(string field) => _given.GetValueOrDefault(field);

    /// <summary>The fields of a step.</summary>
    public IReadOnlyList<string> Fields(AskStep step) => step switch
    {
        AskStep.States => ["from", "to"],
        AskStep.Kind => ["kind"],
        AskStep.Offence => ["offence"],
        AskStep.Facts => Kind == CooperationKinds.Extradition ? Facts : Facts[..3],
        AskStep.Place => Territories.Count > 0 ? ["territory", "on"] : ["on"],
        _ => [],
    };

    /// <summary>The answers of all other steps, for the hidden fields of a step's form.</summary>
    public IEnumerable<(string Field, string Text)> Others(AskStep step) =>
        Pairs().Where(p => !Fields(step).Contains(p.Field, StringComparer.Ordinal));

    /// <summary>The address of a step with all answers.</summary>
    public string Address(AskStep step) => Address(Pairs()) + "&step=" + ((int)step).ToString(CultureInfo.InvariantCulture);

    /// <summary>The address that carries on with another answer in one field.</summary>
    public string AddressWith(string field, string text) =>
        Address(Pairs().Where(p => p.Field != field).Append((field, text)));

    private static string Address(IEnumerable<(string Field, string Text)> pairs) =>
        "/basis/ask?" + string.Join('&', pairs.Select(p => $"{p.Field}={Uri.EscapeDataString(p.Text)}"));

    /// <summary>All answers; once the last step was opened directly, what was not given counts as left open.</summary>
    private IEnumerable<(string Field, string Text)> Pairs()
    {
        foreach (var step in Enum.GetValues<AskStep>())
        {
            foreach (var field in Fields(step))
            {
                if (Given(field) is { } text) yield return (field, text);
                else if (_check && step is AskStep.Facts or AskStep.Place) yield return (field, field == "on" ? Dates.Iso(_today) : "");
            }
        }
    }

    private bool Answered(AskStep step) => step != AskStep.Check && Fields(step).All(f =>
        !_errors.ContainsKey(f) && (_given.ContainsKey(f) || (_check && step is AskStep.Facts or AskStep.Place)));

    private State? State(StateDirectory states, string field)
    {
        if (Given(field) is not { } text) return null;
        try
        {
            var state = BasisQuery.ReadState(states, text, field);
            return state.IsOrganization ? throw new RefusedException("refused.organization", ("state", state)) : state;
        }
        catch (RefusedException e)
        {
            Refuse(field, e.Text);
            return null;
        }
    }

    private Territory? TerritoryOf(StateDirectory states)
    {
        if (Given("territory") is not { Length: > 0 } text || From is null || To is null) return null;
        try
        {
            var territory = states.ResolveTerritory(text);
            if (Territories.Contains(territory)) return territory;
            if (Territories.Count > 0) Refuse("territory", new Message("refused.territory-of-neither", ("territory", territory), ("a", From), ("b", To)));
        }
        catch (RefusedException e)
        {
            Refuse("territory", e.Text);
        }

        return null;
    }

    private T? Try<T>(string field, Func<string?, T?> read) where T : struct
    {
        try
        {
            return Given(field) is { } text ? read(text) : null;
        }
        catch (RefusedException e)
        {
            Refuse(field, e.Text);
            return null;
        }
    }

    private void Refuse(string field, Message why) => _errors.TryAdd(field, why);
}
