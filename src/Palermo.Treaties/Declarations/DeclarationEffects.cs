using Palermo.Data.Facts;
using Palermo.Kernel;
using Palermo.Treaties.LegalBasis;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.Declarations;

/// <summary>The table <c>declaration-effects.csv</c>: what each topic and value of a declaration does to the finder.</summary>
public sealed class DeclarationEffects
{
    private readonly ILookup<(string Topic, string Value), DeclarationEffect> _rows;

    private DeclarationEffects(IReadOnlyList<DeclarationEffect> all)
    {
        All = all;
        _rows = all.ToLookup(r => (r.Topic, r.Value));
    }

    /// <summary>All rows, as in the file.</summary>
    public IReadOnlyList<DeclarationEffect> All { get; }

    /// <summary>The rows for a declaration; a row for its own instrument and state stands before the general ones. Empty when nobody has said what it does.</summary>
    public IEnumerable<DeclarationEffect> For(DeclarationFact declaration)
    {
        var rows = _rows[(declaration.Topic, declaration.Value)]
            .Where(r => (r.Instrument.Length == 0 || r.Instrument == declaration.Instrument) && (r.State.Length == 0 || r.State == declaration.State))
            .OrderByDescending(r => (r.Instrument.Length > 0 ? 1 : 0) + (r.State.Length > 0 ? 2 : 0))
            .ToArray();
        var taken = CooperationKinds.None;
        foreach (var row in rows)
        {
            var left = row.Kinds & ~taken;
            if (left == CooperationKinds.None && row.Kinds != CooperationKinds.None) continue;
            yield return row with { Kinds = left };
            if (row.Instrument.Length > 0 || row.State.Length > 0) taken |= row.Kinds;
        }
    }

    internal static DeclarationEffects Read(string folder, StateDirectory states, TreatyReference reference)
    {
        var file = DataFile.Read(
            Path.Combine(folder, "declaration-effects.csv"),
            "topic", "value", "instrument", "state", "effect", "code", "kinds", "offences", "side", "why");
        return new DeclarationEffects([.. file.Rows.Select(row => One(row, states, reference))]);
    }

    private static DeclarationEffect One(DataRow row, StateDirectory states, TreatyReference reference)
    {
        if (row["instrument"].Length > 0 && reference.Find(row["instrument"]) is null) throw row.Wrong("instrument", "unknown instrument");
        if (row["state"].Length > 0 && states.Find(row["state"]) is null) throw row.Wrong("state", "unknown state");
        var side = row["side"];
        var named = side.StartsWith("named:", StringComparison.Ordinal) ? states.Find(side[6..]) ?? throw row.Wrong("side", "unknown state") : null;
        if (named is null && side is not ("" or "requested" or "either")) throw row.Wrong("side", "requested, either or named:XXX was expected");
        var cited = row["kinds"] == "cited";
        return new DeclarationEffect(
            row.Required("topic"), row["value"], row["instrument"], row["state"],
            row.OneOf("effect", "nothing", "excludes", "own-nationals", "unknown", "basis", "condition", "requirement", "warning", "unreadable") switch
            {
                "excludes" => EffectKind.Excludes,
                "own-nationals" => EffectKind.OwnNationals,
                "unknown" => EffectKind.Unknown,
                "basis" => EffectKind.Basis,
                "condition" => EffectKind.Condition,
                "requirement" => EffectKind.Requirement,
                "warning" => EffectKind.Warning,
                "unreadable" => EffectKind.Unreadable,
                _ => EffectKind.Nothing,
            },
            row["code"], cited ? CooperationKinds.All : KindSet(row), cited, OffenceSet(row), side == "either", named, row.Required("why"));
    }

    private static CooperationKinds KindSet(DataRow row) => row["kinds"] switch
    {
        "" => CooperationKinds.None,
        "*" => CooperationKinds.All,
        var list => list.Split(';').Aggregate(CooperationKinds.None, (set, code) => set | (Codes.Kind(code) ?? throw row.Wrong("kinds", $"unknown kind “{code}”"))),
    };

    private static Offences OffenceSet(DataRow row) => row["offences"] switch
    {
        "" or "*" => Offences.All,
        var list => list.Split(';').Aggregate(Offences.None, (set, code) => set | (Codes.Offence(code) ?? throw row.Wrong("offences", $"unknown offence “{code}”"))),
    };
}
