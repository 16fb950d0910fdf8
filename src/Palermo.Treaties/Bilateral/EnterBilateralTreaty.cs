using Palermo.Data;
using Palermo.Data.Facts;
using Palermo.Kernel;
using Palermo.Treaties.LegalBasis;

namespace Palermo.Treaties.Bilateral;

/// <summary>Enters or corrects a bilateral treaty: by page, API and CSV.</summary>
public static class EnterBilateralTreaty
{
    private const int LongestTitle = 500;

    /// <summary>Reads the fields of a treaty.</summary>
    /// <exception cref="RefusedException">A field cannot be understood; its <see cref="RefusedException.Field"/> says which.</exception>
    public static BilateralTreatyFact Read(
        StateDirectory states, string? id, string? title, string? partyA, string? partyB, string? kinds, string? provisions,
        string? signedOn, string? inForceFrom, string? inForceUntil, string? minimumPenalty)
    {
        var name = id?.Trim() ?? "";
        if (name.Length is < 3 or > 80 || name is "none" or "new" || !name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            throw new RefusedException("bilateral.id", ("given", RefusedException.Shorten(id))) { Field = "id" };
        var words = Clean(title is { Length: <= LongestTitle } ? title : "");
        if (words.Length == 0) throw new RefusedException("bilateral.title", ("n", LongestTitle)) { Field = "title" };
        var (a, b) = (RefusedException.For("a", () => states.Resolve(partyA)), RefusedException.For("b", () => states.Resolve(partyB)));
        if (a.Equals(b)) throw new RefusedException("refused.same-state", ("state", a)) { Field = "b" };
        var kindCodes = RefusedException.For("kinds", () => Kinds(kinds));
        var signed = RefusedException.For("signedOn", () => Day(signedOn));
        var from = RefusedException.For("inForceFrom", () => Day(inForceFrom));
        var until = RefusedException.For("inForceUntil", () => Day(inForceUntil));
        if (until <= from || (until is not null && from is null)) throw new RefusedException("bilateral.period") { Field = "inForceUntil" };
        return new BilateralTreatyFact
        {
            Treaty = name,
            Title = words,
            PartyA = string.CompareOrdinal(a.Code, b.Code) < 0 ? a.Code : b.Code,
            PartyB = string.CompareOrdinal(a.Code, b.Code) < 0 ? b.Code : a.Code,
            Kinds = kindCodes,
            Provisions = string.Join(';', (provisions ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(50).Select(p => Clean(p.Length > 40 ? p[..40] : p))),
            SignedOn = signed,
            InForceFrom = from,
            InForceUntil = until,
            MinimumPenaltyYears = RefusedException.For("minimumPenaltyYears", () => BasisQuery.ReadYears(minimumPenalty)),
        };
    }

    /// <summary>Records a treaty, in place of what was recorded under its identifier.</summary>
    /// <param name="module">The module.</param>
    /// <param name="treaty">The treaty.</param>
    /// <param name="basedOn">Number of the last batch the writer had seen.</param>
    /// <exception cref="RefusedException">Somebody recorded something since.</exception>
    public static void Record(TreatyModule module, BilateralTreatyFact treaty, int basedOn)
    {
        if (module.Reference.Find(treaty.Treaty) is not null) throw new RefusedException("bilateral.id", ("given", treaty.Treaty));
        using var context = module.Database.Connect();
        var current = FactLog.Read(context, null).OfType<BilateralTreatyFact>().Where(t => t.Treaty == treaty.Treaty);
        var changes = Changes.Between(current, [treaty]);
        if (changes.None) return;
        FactLog.Append(context, basedOn, "entry", treaty.Treaty, "", changes, module.Clock);
        module.Refresh();
    }

    private static string Kinds(string? text)
    {
        var kinds = (text ?? "").Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (kinds.Length == 0) throw new RefusedException("bilateral.kinds", ("choices", Codes.Kinds));
        foreach (var kind in kinds)
            if (Codes.Kind(kind) is null) throw new RefusedException("refused.kind", ("given", RefusedException.Shorten(kind)), ("choices", Codes.Kinds));
        return string.Join(';', kinds.Select(k => Codes.Of(Codes.Kind(k)!.Value)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    private static DateOnly? Day(string? text) => string.IsNullOrWhiteSpace(text) ? null : Dates.Parse(text);

    private static string Clean(string text) => Plain.Text(text.Trim());
}
