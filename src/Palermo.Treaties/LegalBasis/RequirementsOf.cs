using Palermo.Kernel;
using Palermo.Treaties.Declarations;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.LegalBasis;

/// <summary>What a request on an instrument must observe towards the requested state.</summary>
public static class RequirementsOf
{
    /// <summary>The codes that come back as requirements; other rules come back as reasons.</summary>
    internal static readonly string[] RequirementCodes = ["central-authority", "language", "dual-criminality", "use-limitation", "speciality"];

    /// <summary>Collects requirements and reasons from the treaty and from what the requested state declared.</summary>
    /// <param name="registry">What is known.</param>
    /// <param name="instrument">The instrument; a Protocol takes its Convention's rules and both's declarations.</param>
    /// <param name="query">The question.</param>
    /// <param name="requirements">Receives the requirements.</param>
    /// <param name="reasons">Receives the rules that say something else.</param>
    [Rule("LB-03", "What a request must observe", "UNTOC arts. 16(1), 16(7), 18(8)-(9), 18(13)-(15), 18(19)-(23), 18(26); UNCAC arts. 44, 46; 1988 Convention arts. 6, 7; Terrorist Financing Convention arts. 11-15")]
    public static void Collect(TreatyRegistry registry, Instrument instrument, BasisQuery query, List<BasisRequirement> requirements, List<BasisReason> reasons)
    {
        var convention = instrument.ParentRequired ? registry.Instrument(instrument.ParentId) : instrument;
        var own = registry.EffectsBy(instrument, query.To, query.On);
        var conventions = ReferenceEquals(convention, instrument) ? [] : registry.EffectsBy(convention, query.To, query.On);
        foreach (var rule in registry.Reference.Coverage.Rules(convention, query.Kind))
        {
            if (!RequirementCodes.Contains(rule.Code, StringComparer.Ordinal))
            {
                reasons.Add(new(rule.Code, new Citation(convention.Id, rule.Provision)));
                continue;
            }

            if (rule.Code is "central-authority" or "language") continue;
            var declared = Declared(own, rule.Code, query) ?? Declared(conventions, rule.Code, query);
            requirements.Add(new(rule.Code, declared is not null ? "required" : Default(rule.Code, query), new Citation(convention.Id, rule.Provision)));
        }

        // Authority and language are the requested state's own notifications; a missing one is not known.
        Notified("central-authority");
        Notified("language");

        void Notified(string code)
        {
            var rule = registry.Reference.Coverage.Rules(convention, query.Kind).FirstOrDefault(r => r.Code == code);
            var declared = Declared(own, code, query) ?? Declared(conventions, code, query);
            if (rule is null && declared is null) return;
            var source = declared is { } d && d.Declaration.Article.Length > 0
                ? new Citation(d.Declaration.Instrument, d.Declaration.Article)
                : new Citation(convention.Id, rule?.Provision ?? "");
            requirements.Insert(Math.Min(requirements.Count, code == "central-authority" ? 0 : 1), new(code, declared?.Declaration.Value, source));
        }
    }

    private static string? Default(string code, BasisQuery query) => code switch
    {
        "dual-criminality" => query.Kind == CooperationKinds.Extradition ? "required" : "may-be-required",
        "use-limitation" => "consent-needed",
        _ => "requested-state-law",
    };

    private static DeclaredEffect? Declared(DeclaredEffect[] effects, string code, BasisQuery query)
    {
        foreach (var effect in effects)
            if (effect.Effect.Kind == EffectKind.Requirement && effect.Effect.Code == code && (effect.Kinds & query.Kind) != 0) return effect;
        return null;
    }
}
