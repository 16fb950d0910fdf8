using Palermo.Data.Facts;
using Palermo.Kernel;
using Palermo.Treaties.Bilateral;
using Palermo.Treaties.Declarations;
using Palermo.Treaties.InForce;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.LegalBasis;

/// <summary>Which treaty provisions can carry a request.</summary>
public static class FindBasis
{
    /// <summary>The regional treaty on mutual assistance that governs between its parties as a bilateral one does.</summary>
    private const string RegionalMla = "oas-mla-1992";

    /// <summary>Answers the question of the finder.</summary>
    /// <param name="registry">What is known.</param>
    /// <param name="query">The question.</param>
    [Rule("LB-04", "Legal bases of a request", "UNTOC arts. 13(6), 16(3)-(6), 18(6)-(7), 19-21, 24, 25, 27; UNCAC arts. 44(4)-(7), 46(6)-(7); 1988 Convention arts. 6(2)-(4), 7(6)-(7); Vienna Convention on the Law of Treaties arts. 21, 24, 29, 30")]
    public static BasisAnswer Answer(TreatyRegistry registry, BasisQuery query)
    {
        var work = new Work(registry, query);
        foreach (var treaty in registry.BilateralBetween(query.From, query.To)) work.Bilateral(treaty);
        if (query.Kind == CooperationKinds.Mla) work.Regional(registry.Instrument(RegionalMla));
        foreach (var instrument in registry.Instruments)
            if (query.Kind != CooperationKinds.Mla || instrument.Id != RegionalMla) work.Multilateral(instrument);
        work.Available.Add(WithoutTreaty(registry, query));
        return new BasisAnswer(query, work.Available, work.Excluded, work.Unknown);
    }

    /// <summary>Last, always, and no treaty: reciprocity, comity or domestic law through the diplomatic channel.</summary>
    private static AvailableBasis WithoutTreaty(TreatyRegistry registry, BasisQuery query)
    {
        var warnings = new List<BasisWarning> { new("no-treaty", null) };
        foreach (var instrument in registry.Instruments)
            foreach (var effect in registry.EffectsBy(instrument, query.To, query.On))
                if (query.Kind == CooperationKinds.Extradition && effect.Effect.Code == Exclusion.ConditionalOnTreaty)
                    warnings.Add(new(Exclusion.ConditionalOnTreaty, effect.Declaration));
        return new AvailableBasis
        {
            Role = BasisRole.Fallback,
            Conditions = [new("domestic-law", null, new Citation("domestic-law", ""))],
            Requirements = [],
            Warnings = warnings,
            Reasons = [new("without-treaty", query.Kind == CooperationKinds.Extradition && ConventionBinds(registry, query) ? new Citation("untoc", "16(6)") : new Citation("domestic-law", ""))],
        };
    }

    /// <summary>Whether the Convention binds the two, so that what it says of other ways may be cited.</summary>
    private static bool ConventionBinds(TreatyRegistry registry, BasisQuery query) =>
        InForceBetween.Between(registry, registry.Instrument("untoc"), query.From, query.To, query.On).InForce == true;

    /// <summary>One answer in the making.</summary>
    private sealed class Work(TreatyRegistry registry, BasisQuery query)
    {
        private readonly List<BasisCondition> _conditions = [];
        private bool _governed;
        private bool _mayBeGoverned;

        internal List<AvailableBasis> Available { get; } = new(4);

        internal List<ExcludedBasis> Excluded { get; } = new(registry.Instruments.Count);

        internal List<UnknownBasis> Unknown { get; } = [];

        internal void Bilateral(BilateralTreaty treaty)
        {
            if ((treaty.Kinds & query.Kind) == 0)
            {
                Excluded.Add(new(null, treaty, Exclusion.KindNotCovered, null, default, null, new Citation(treaty.Id, "")));
                return;
            }

            if (!treaty.InForceOn(query.On))
            {
                var ended = treaty.InForceUntil is { } until && query.On >= until;
                Excluded.Add(new(null, treaty, ended ? Exclusion.NoLongerInForce : Exclusion.NotYetInForce, null, default, null, new Citation("vclt", ended ? "54" : "24")));
                return;
            }

            if (query.MaxPenaltyYears < treaty.MinimumPenaltyYears)
            {
                Excluded.Add(new(null, treaty, Exclusion.PenaltyTooLow, null, default, null, new Citation(treaty.Id, string.Join(", ", treaty.Provisions))));
                return;
            }

            // Whether it extends to a particular territory is not recorded, so there it does not push the others back.
            _governed |= query.Territory is null;
            Available.Add(new AvailableBasis
            {
                Bilateral = treaty,
                Articles = treaty.Provisions,
                Role = BasisRole.Primary,
                InForceSince = treaty.InForceFrom,
                Conditions = treaty.MinimumPenaltyYears is null ? [] : [new("minimum-penalty", query.MaxPenaltyYears is null ? null : true, new Citation(treaty.Id, ""))],
                Requirements = [],
                Warnings = query.Territory is null ? [] : [new("territory-not-known", null)],
                Reasons = [new("treaty-governs", query.Kind switch
                {
                    CooperationKinds.Mla when ConventionBinds(registry, query) => new Citation("untoc", "18(7)"),
                    CooperationKinds.Extradition when ConventionBinds(registry, query) => new Citation("untoc", "16(3)"),
                    _ => new Citation("vclt", "26"),
                })],
            });
        }

        /// <summary>A regional treaty governs where both are bound by dated acts; where a date is missing it is shown beside the others.</summary>
        internal void Regional(Instrument instrument)
        {
            var before = Available.Count;
            Multilateral(instrument);
            if (Available.Count > before && Available[^1].InForceSince is not null) _governed = true;
            else if (Available.Count > before || Unknown.Any(u => u.Instrument.Equals(instrument))) _mayBeGoverned = true;
        }

        internal void Multilateral(Instrument instrument)
        {
            var coverage = registry.Reference.Coverage;
            if (coverage.Kind(instrument, query.Kind) is not { } covered)
            {
                Exclude(instrument, Exclusion.KindNotCovered, null, default, null, default);
                return;
            }

            var between = InForceBetween.Between(registry, instrument, query.From, query.To, query.On);
            var convention = instrument.ParentRequired ? registry.Instrument(instrument.ParentId) : null;
            if (between.InForce == false && between.Reason != Exclusion.ExcludedBetweenParties)
            {
                Exclude(instrument, between.Reason!, between.State, StandingOf(between), null, default);
                return;
            }

            if (coverage.Offence(instrument, query.Offence) is not { } offence)
            {
                Exclude(instrument, Exclusion.OffenceOutOfScope, null, default, null, default);
                return;
            }

            _conditions.Clear();
            var scope = OffenceWithin.Test(registry, instrument, offence, query, _conditions);
            if (scope.Excluded is not null)
            {
                Exclude(instrument, scope.Excluded, null, default, null, scope.Source);
                return;
            }

            var extradition = query.Kind == CooperationKinds.Extradition ? ExtraditionBasis.Of(registry, instrument, query, _governed) : default;
            if (extradition.Excluded == Exclusion.DeclaredNotABasis)
            {
                Exclude(instrument, extradition.Excluded, extradition.State, default, extradition.Declaration, default);
                return;
            }

            if (between.Reason is not null)
            {
                Exclude(instrument, between.Reason, between.State, default, between.Declaration, default);
                return;
            }

            var territory = query.Territory is null ? true : WithinTerritory.Of(registry, instrument, query.Territory, query.On);
            if (territory == false) Exclude(instrument, Exclusion.TerritoryExcluded, query.Territory!.State, default, null, new Citation("vclt", "29"));
            else if (extradition.Excluded is not null) Exclude(instrument, extradition.Excluded, extradition.State, default, extradition.Declaration, default);
            else if (between.InForce is null) Unknown.Add(new(instrument, between.Declaration is null ? "participation" : "relations-denied", between.State, StandingOf(between), between.Declaration, new Citation("vclt", "2(1)(g)")));
            else if (scope.Missing is not null) Unknown.Add(new(instrument, scope.Missing, null, default, null, scope.Source));
            else if (query.Kind == CooperationKinds.Extradition && extradition.Basis is null) Unknown.Add(new(instrument, covered.BasisOption is null ? "extradition-without-treaty" : "extradition-notification", query.To, default, extradition.Declaration, covered.BasisOption ?? new Citation(instrument.Id, covered.Articles[0])));
            else if (territory is null) Unknown.Add(new(instrument, "territorial-application", query.Territory!.State, default, null, new Citation("vclt", "29")));
            else Carry(instrument, convention, covered, offence, between, extradition);
        }

        private void Carry(Instrument instrument, Instrument? convention, CoveredKind covered, CoveredOffence offence, InForceAnswer between, ExtraditionAnswer extradition)
        {
            var role = Role(instrument, extradition);
            var requirements = new List<BasisRequirement>(5);
            var reasons = new List<BasisReason>(12);
            var warnings = new List<BasisWarning>();
            if (convention is not null && covered.Articles[0] is "1" or "II")
                reasons.Add(new("mutatis-mutandis", new Citation(instrument.Id, instrument.Id == "un-personnel-protocol-2005" ? "II" : "1(2)")));
            if (role == BasisRole.Supplementary) reasons.Add(new("steps-back", covered.StepsBack ?? new Citation("vclt", "30")));
            if (role == BasisRole.AddsOffence) reasons.Add(new("adds-offence", covered.AddsOffence ?? new Citation(instrument.Id, covered.Articles[0])));
            if (extradition.Declaration is not null && role == BasisRole.Primary) reasons.Add(new("declared-basis", new Citation(extradition.Declaration.Instrument, extradition.Declaration.Article)));
            RequirementsOf.Collect(registry, instrument, query, requirements, reasons);

            if (covered.Warning.Length > 0) warnings.Add(new(covered.Warning, null));
            if (_mayBeGoverned && role == BasisRole.Primary && instrument.Id != RegionalMla) warnings.Add(new("regional-treaty-may-govern", null));
            if (query.On > registry.Edge(instrument).AsAt) warnings.Add(new("past-edge", null));
            else if (!registry.Edge(instrument).Dated) warnings.Add(new("undated-record", null));
            if (query is { Kind: CooperationKinds.Extradition, OwnNational: true }) warnings.Add(new("own-national", null));
            Declared(instrument, warnings);
            if (convention is not null) Declared(convention, warnings);
            Available.Add(new AvailableBasis
            {
                Instrument = instrument,
                Articles = covered.Articles,
                Role = role,
                InForceSince = between.Since,
                InForce = between,
                Edge = registry.Edge(instrument).AsAt,
                OffenceProvision = offence.Provision,
                Conditions = [.. _conditions],
                Requirements = requirements,
                Warnings = warnings,
                Reasons = reasons,
            });
        }

        /// <summary>UNTOC art. 18(7), UNCAC art. 46(7), 1988 Convention art. 7(7): another treaty on assistance governs.</summary>
        private BasisRole Role(Instrument instrument, ExtraditionAnswer extradition) => query.Kind switch
        {
            CooperationKinds.Extradition => extradition.Role,
            CooperationKinds.Mla when instrument.Id == "oas-mla-protocol-1993" => BasisRole.Supplementary,
            CooperationKinds.Mla when _governed && instrument.Id != RegionalMla => BasisRole.Supplementary,
            _ => BasisRole.Primary,
        };

        private void Declared(Instrument instrument, List<BasisWarning> warnings)
        {
            foreach (var effect in registry.EffectsBy(instrument, query.To, query.On))
            {
                if ((effect.Kinds & query.Kind) == 0 || (effect.Effect.Offences & query.Offence) == 0) continue;
                if (effect.Effect.Kind == EffectKind.Condition) _conditions.Add(new(effect.Effect.Code, null, new Citation(instrument.Id, effect.Declaration.Article)));
                else if (effect.Effect.Kind == EffectKind.Warning && !(effect.Effect.Code == "control-limited" && warnings.Exists(w => w.Code == effect.Effect.Code))) warnings.Add(new(effect.Effect.Code, effect.Declaration));
                else if (effect.Effect.Kind == EffectKind.Unreadable && effect.Declaration.Topic != "extradition-basis") warnings.Add(new("declaration-unread", effect.Declaration));
                else if (effect.Effect.Kind == EffectKind.Basis && query.Kind != CooperationKinds.Extradition) warnings.Add(new(effect.Effect.Code, effect.Declaration));
            }
        }

        private void Exclude(Instrument instrument, string reason, State? state, StandingOn standing, DeclarationFact? declaration, Citation source) =>
            Excluded.Add(new(instrument, null, reason, state, standing, declaration, source.Instrument is null ? Source(instrument, reason, declaration) : source));

        private StandingOn StandingOf(InForceAnswer between) =>
            between.State is null ? default : between.State.Equals(query.From) ? between.First : between.Second;

        private Citation Source(Instrument instrument, string reason, DeclarationFact? declaration) => reason switch
        {
            Exclusion.NotYetInForce => instrument.EntryIntoForceArticle.Length > 0 ? new(instrument.Id, instrument.EntryIntoForceArticle) : new("vclt", "24"),
            Exclusion.NoLongerInForce => instrument.DenunciationArticle.Length > 0 ? new(instrument.Id, instrument.DenunciationArticle) : new("vclt", "54"),
            Exclusion.NotAParty or Exclusion.SignatoryOnly => new("vclt", "2(1)(g)"),
            Exclusion.DeclaredNotABasis when declaration is { Value: "reservation-to-article" } => new("vclt", "21(1)"),
            Exclusion.DeclaredNotABasis or Exclusion.ConditionalOnTreaty => Refusing(registry.Reference.Coverage.Kind(instrument, query.Kind)?.BasisOption) ?? new(instrument.Id, ""),
            Exclusion.ExcludedBetweenParties => new("vclt", "21"),
            Exclusion.OffenceOutOfScope => new(instrument.Id, instrument.Id is "untoc" or "uncac" ? "3(1)" : FirstOffence(instrument)),
            _ => new(instrument.Id, ""),
        };

        /// <summary>The sub-paragraph under which a state says that the instrument is no basis to it (UNTOC art. 16(5)(b)).</summary>
        private static Citation? Refusing(Citation? option) => option is { Instrument: "untoc" } ? new Citation("untoc", "16(5)(b)") : option;

        /// <summary>Where the instrument says which offences it is about: the widest provision its offences stand in.</summary>
        private string FirstOffence(Instrument instrument)
        {
            var widest = "";
            for (var i = 0; i < Codes.Offences.Count; i++)
            {
                if (registry.Reference.Coverage.Offence(instrument, (Offences)(1 << i))?.Provision is { } provision && (widest.Length == 0 || provision.Length < widest.Length))
                    widest = provision;
            }

            return widest;
        }
    }
}
