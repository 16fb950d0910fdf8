using Palermo.Data.Facts;
using Palermo.Kernel;
using Palermo.Treaties.Declarations;
using Palermo.Treaties.InForce;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.LegalBasis;

/// <summary>Whether an instrument can be the basis of an extradition by the requested state.</summary>
/// <param name="Basis">Yes, no, or null when the record does not say.</param>
/// <param name="Role">The part it plays, when it can.</param>
/// <param name="Excluded">A code of <see cref="Exclusion"/> when it cannot.</param>
/// <param name="State">The state whose statement decides.</param>
/// <param name="Declaration">That statement, if there is one.</param>
public readonly record struct ExtraditionAnswer(bool? Basis, BasisRole Role, string? Excluded, State? State, DeclarationFact? Declaration);

/// <summary>Whether the requested state takes an instrument as the basis for extradition.</summary>
public static class ExtraditionBasis
{
    /// <summary>
    /// An extradition treaty in force stays the basis and the instrument adds the offence to it. Without one the requested
    /// state's statement decides; where it is silent, the answer is not known.
    /// </summary>
    /// <param name="registry">What is known.</param>
    /// <param name="instrument">The instrument; a Protocol rests on its Convention's extradition article.</param>
    /// <param name="query">The question.</param>
    /// <param name="treatyInForce">Whether an extradition treaty is in force between the two.</param>
    [Rule("LB-02", "Basis for extradition", "UNTOC art. 16(3)-(6); UNCAC art. 44(4)-(7); 1988 Convention art. 6(2)-(4); Terrorist Financing Convention art. 11(1)-(3); Vienna Convention on the Law of Treaties art. 21(1)")]
    public static ExtraditionAnswer Of(TreatyRegistry registry, Instrument instrument, BasisQuery query, bool treatyInForce)
    {
        var resting = instrument.ParentRequired && registry.Reference.Coverage.Kind(registry.Instrument(instrument.ParentId), CooperationKinds.Extradition) is not null
            ? registry.Instrument(instrument.ParentId) : instrument;
        DeclaredEffect? said = null;
        foreach (var effect in registry.EffectsBy(resting, query.To, query.On))
            if (effect.Declaration.Topic == "extradition-basis") said = effect;

        // A reservation to the article itself takes the article out between the two, whoever made it.
        foreach (var effect in registry.EffectsBy(resting, query.From, query.On))
            if (effect.Declaration.Topic == "extradition-basis" && effect.Effect.EitherSide) return No(effect, effect.By);
        if (said is { Effect.EitherSide: true }) return No(said, query.To);

        if (treatyInForce) return new(true, BasisRole.AddsOffence, null, query.To, said?.Declaration);
        return said?.Effect.Kind switch
        {
            EffectKind.Basis => new(true, BasisRole.Primary, null, query.To, said.Declaration),
            EffectKind.Excludes => No(said, query.To),
            EffectKind.OwnNationals when query.OwnNational == true => No(said, query.To),
            _ => new(null, default, null, query.To, said?.Declaration),
        };
    }

    private static ExtraditionAnswer No(DeclaredEffect effect, State state) => new(false, default, effect.Effect.Code, state, effect.Declaration);
}
