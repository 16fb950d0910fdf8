using Palermo.Kernel;
using Palermo.Treaties.InForce;
using Palermo.Treaties.Registry;

namespace Palermo.Treaties.LegalBasis;

/// <summary>Whether the offence falls under an instrument, as far as the question says.</summary>
/// <param name="Excluded">A code of <see cref="Exclusion"/> when it does not.</param>
/// <param name="Missing">Code of what the record does not say and the answer turns on.</param>
/// <param name="Source">Where the excluding or missing thing is from.</param>
public readonly record struct ScopeAnswer(string? Excluded, string? Missing, Citation Source);

/// <summary>Whether the offence is within the instrument.</summary>
public static class OffenceWithin
{
    /// <summary>Years of the highest penalty from which a crime is serious.</summary>
    private const decimal SeriousCrimeYears = 4;

    /// <summary>Tests an offence against an instrument; what the question leaves open becomes a condition to be shown.</summary>
    /// <param name="registry">What is known.</param>
    /// <param name="instrument">The instrument.</param>
    /// <param name="offence">The offence as the instrument knows it.</param>
    /// <param name="query">The question.</param>
    /// <param name="conditions">Receives the conditions.</param>
    [Rule("LB-01", "Offence within the instrument", "UNTOC arts. 2(a)-(b), 3, 5, 6, 8, 16(1), 18(1), 23; Trafficking, Smuggling and Firearms Protocols art. 1(2)-(3); UNCAC arts. 15-25; 1988 Convention art. 3(1); Terrorist Financing Convention arts. 2, 3; Inter-American MLA Convention art. 6")]
    public static ScopeAnswer Test(TreatyRegistry registry, Instrument instrument, CoveredOffence offence, BasisQuery query, List<BasisCondition> conditions)
    {
        // The codes for a penalty, a group and transnationality stand in this order in the list of exclusions.
        ScopeAnswer worst = default;
        var missing = default(ScopeAnswer);
        foreach (var test in offence.Tests)
        {
            var answer = One(registry, instrument, test, query, conditions);
            if (answer.Excluded is not null && (worst.Excluded is null || Exclusion.Rank(answer.Excluded) < Exclusion.Rank(worst.Excluded))) worst = answer;
            if (answer.Missing is not null) missing = answer;
        }

        return worst.Excluded is not null ? worst : missing;
    }

    private static ScopeAnswer One(TreatyRegistry registry, Instrument instrument, ScopeTest test, BasisQuery query, List<BasisCondition> conditions)
    {
        // A Protocol's offence is an offence of the Convention, and its tests are the Convention's.
        var convention = instrument.ParentRequired ? instrument.ParentId : instrument.Id;
        switch (test.Kind)
        {
            case ScopeTestKind.Group:
                return Fact(query.Group, "organized-group", Exclusion.NoOrganizedGroup, new Citation(convention, "3(1)"), conditions);

            case ScopeTestKind.Transnational when query.Kind == CooperationKinds.Extradition:
                // UNTOC art. 16(1): the person's presence in the requested state stands in for transnationality.
                if (query.Transnational == true) conditions.Add(new("transnational", true, new Citation(convention, "3(2)")));
                else conditions.Add(new("person-present", null, new Citation(convention, "16(1)")));
                return default;

            case ScopeTestKind.Transnational:
                return Fact(query.Transnational, "transnational", Exclusion.NotTransnational, new Citation(convention, query.Kind == CooperationKinds.Mla ? "18(1)" : "3(2)"), conditions);

            case ScopeTestKind.Serious:
                return Penalty(query, SeriousCrimeYears, "serious-crime", new Citation(convention, "2(b)"), conditions);

            case ScopeTestKind.SeriousUnlessProtocol:
                return ByProtocol(registry, test.Protocol!, convention, query, conditions);

            case ScopeTestKind.PublicOfficialOrSerious:
                if (query.MaxPenaltyYears >= SeriousCrimeYears) conditions.Add(new("serious-crime", true, new Citation(convention, "2(b)")));
                else conditions.Add(new("public-official", null, new Citation(convention, "8(1)")));
                return default;

            case ScopeTestKind.MinimumPenalty:
                return Penalty(query, test.Years, "minimum-penalty", new Citation(convention, "6"), conditions);

            case ScopeTestKind.NotPurelyDomestic:
            case ScopeTestKind.NotPurelyDomesticExceptAssistance:
                return Domestic(instrument, test.Kind, query, conditions);

            default:
                conditions.Add(new(test.Code, null, new Citation(instrument.Id, registry.Reference.Coverage.Offence(instrument, query.Offence)!.Provision)));
                return default;
        }
    }

    private static ScopeAnswer Fact(bool? given, string code, string exclusion, Citation source, List<BasisCondition> conditions)
    {
        if (given == false) return new(exclusion, null, source);
        conditions.Add(new(code, given, source));
        return default;
    }

    private static ScopeAnswer Penalty(BasisQuery query, decimal years, string code, Citation source, List<BasisCondition> conditions)
    {
        if (query.MaxPenaltyYears < years) return new(Exclusion.PenaltyTooLow, null, source);
        conditions.Add(new(code, query.MaxPenaltyYears is null ? null : true, source));
        return default;
    }

    /// <summary>Both parties to the Protocol: a Convention offence without a penalty test (Protocols art. 1(3)); otherwise serious crime.</summary>
    private static ScopeAnswer ByProtocol(TreatyRegistry registry, Instrument protocol, string convention, BasisQuery query, List<BasisCondition> conditions)
    {
        var bound = InForceBetween.Between(registry, protocol, query.From, query.To, query.On).InForce;
        if (query.Territory is not null && bound != false)
        {
            var extends = WithinTerritory.Of(registry, protocol, query.Territory, query.On);
            bound = extends == true ? bound : extends;
        }

        if (bound == true)
        {
            conditions.Add(new("protocol-offence", true, new Citation(protocol.Id, "1(3)")));
            return default;
        }

        return bound is null && query.MaxPenaltyYears < SeriousCrimeYears
            ? new(null, "protocol-participation", new Citation(protocol.Id, "1(3)"))
            : Penalty(query, SeriousCrimeYears, "serious-crime", new Citation(convention, "2(b)"), conditions);
    }

    private static ScopeAnswer Domestic(Instrument instrument, ScopeTestKind kind, BasisQuery query, List<BasisCondition> conditions)
    {
        var source = new Citation(instrument.Id, instrument.Id == "hostages-1979" ? "13" : "3");
        if (query.Kind == CooperationKinds.Extradition) return default;
        var assistance = query.Kind is CooperationKinds.Mla or CooperationKinds.LawEnforcement or CooperationKinds.SpontaneousInformation && kind == ScopeTestKind.NotPurelyDomesticExceptAssistance;
        if (query.Transnational == false && !assistance) return new(Exclusion.NotTransnational, null, source);
        if (!assistance) conditions.Add(new("not-purely-domestic", query.Transnational, source));
        return default;
    }
}
