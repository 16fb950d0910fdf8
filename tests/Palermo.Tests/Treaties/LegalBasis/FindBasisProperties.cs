using FsCheck;
using FsCheck.Fluent;
using Palermo.Data.Facts;
using Palermo.Kernel;
using Palermo.Tests.Support;
using Palermo.Treaties.InForce;
using Palermo.Treaties.LegalBasis;
using Palermo.Treaties.Registry;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.LegalBasis;

/// <summary>What must hold for every question.</summary>
public sealed class FindBasisProperties
{
    private static readonly State[] Parties = [.. Shipped.Reference.States.All.Where(s => !s.IsOrganization)];

    private static readonly Gen<DateOnly> AnyDay =
        from day in Gen.Choose(new DateOnly(1965, 1, 1).DayNumber, new DateOnly(2030, 12, 31).DayNumber)
        select DateOnly.FromDayNumber(day);

    private static readonly Gen<bool?> AnyFact = Gen.Elements<bool?>(null, true, false);

    private static readonly Gen<BasisQuery> AnyQuery =
        from a in Gen.Elements(Parties)
        from b in Gen.Elements(Parties)
        where a != b
        from kind in Gen.Elements(Codes.Kinds.ToArray())
        from offence in Gen.Elements(Codes.Offences.ToArray())
        from day in AnyDay
        from penalty in Gen.Elements<decimal?>(null, 0, 1, 3.99m, 4, 20)
        from facts in Gen.Three(AnyFact)
        from territory in Gen.Elements<Territory?>([null, null, null, .. Shipped.Reference.States.Territories.Where(t => t.State.Equals(a) || t.State.Equals(b))])
        select new BasisQuery(a, b, Codes.Kind(kind)!.Value, Codes.Offence(offence)!.Value, day, penalty, facts.Item1, facts.Item2, facts.Item3, territory);

    [Fact]
    public void EveryInstrumentStandsInExactlyOneListAndTheWayWithoutATreatyIsLast() => Check(AnyQuery, 1000, query =>
    {
        var answer = FindBasis.Answer(Shipped.Registry, query);
        string[] ids = [.. answer.Available.SkipLast(1).Select(a => a.Id), .. answer.Excluded.Select(e => e.Id), .. answer.Unknown.Select(u => u.Instrument.Id)];
        ids.Order().ShouldBe(Shipped.Reference.Instruments.Select(i => i.Id).Order());
        (answer.Available[^1].Id, answer.Available[^1].Role).ShouldBe(("none", BasisRole.Fallback));
        answer.Available.SkipLast(1).ShouldAllBe(a => a.Role != BasisRole.Fallback && a.Articles.Count > 0 && a.Conditions.All(c => c.Met != false));
        answer.Excluded.ShouldAllBe(e => Exclusion.All.Contains(e.Reason));
    });

    [Fact]
    public void TheSummaryAgreesWithTheLists() => Check(AnyQuery, 500, query =>
    {
        var answer = FindBasis.Answer(Shipped.Registry, query);
        answer.TreatyBasis.ShouldBe(answer.Available.Any(a => a.Id != "none") ? true : answer.Unknown.Count > 0 ? null : false);
    });

    [Fact]
    public void EverySentenceIsThereAndEveryExclusionHasACitation() => Check(AnyQuery, 300, query =>
    {
        var report = BasisReport.Of(Shipped.Reference, Shipped.Texts, Language.English, FindBasis.Answer(Shipped.Registry, query));
        report.Excluded.ShouldAllBe(e => e.Citation.Length > 0 && e.Text.Length > 0 && !e.Text.Contains('{'));
        report.Unknown.ShouldAllBe(u => u.Citation.Length > 0 && u.Text.Length > 0 && u.Settle.Length > 0);
        foreach (var basis in report.Available)
        {
            basis.Because.ShouldNotBeEmpty();
            basis.Conditions.ShouldAllBe(c => c.Text.Length > 0 && !c.Text.Contains('{'));
            basis.Requirements.ShouldAllBe(r => r.Text.Length > 0 && r.Citation.Length > 0);
            basis.Warnings.ShouldAllBe(w => w.Text.Length > 0);
            if (basis.Role != "fallback") basis.Because.ShouldAllBe(b => b.Text.Length > 0 && b.Citation.Length > 0);
        }
    });

    [Fact]
    public void AnAvailableInstrumentBindsBothAndAnExcludedStateIsOneOfTheTwo() => Check(AnyQuery, 500, query =>
    {
        var answer = FindBasis.Answer(Shipped.Registry, query);
        foreach (var basis in answer.Available.Where(a => a.Instrument is not null))
        {
            InForceBetween.Between(Shipped.Registry, basis.Instrument!, query.From, query.To, query.On).InForce.ShouldBe(true);
            if (basis.InForceSince is { } since) since.ShouldBeLessThanOrEqualTo(query.On);
        }

        answer.Excluded.ShouldAllBe(e => e.State == null || e.State.Equals(query.From) || e.State.Equals(query.To));
    });

    [Fact]
    public void AddingAPartyNeverRemovesAPairInForce() => Check(
        from instrument in Gen.Elements(Shipped.Reference.Instruments.ToArray())
        from party in Gen.Elements(Parties)
        from deposited in AnyDay
        from day in AnyDay
        select (instrument, party, deposited, day), 25, sample =>
    {
        var (instrument, party, deposited, on) = sample;
        if (Shipped.Registry.Standing(instrument, party) is { Bonds.Length: > 0 } or { KnownPartyBy: not null } || deposited < instrument.AdoptedOn) return;
        var more = Shipped.With(Shipped.Act(instrument.Id, party.Code, "accession", Dates.Iso(deposited)));
        foreach (var a in Parties.Where((_, i) => i % 4 == 0))
        {
            foreach (var b in Parties)
            {
                if (a == b || InForceBetween.Between(Shipped.Registry, instrument, a, b, on).InForce != true) continue;
                InForceBetween.Between(more, instrument, a, b, on).InForce.ShouldBe(true, $"{instrument.Id} {a} {b} {on}");
            }
        }
    });

    [Fact]
    public void BeforeItsDepositNoStateIsBoundUnlessItSucceeded() => Check(
        from instrument in Gen.Elements(Shipped.Reference.Instruments.ToArray())
        from state in Gen.Elements(Shipped.Reference.States.All.ToArray())
        from earlier in Gen.Choose(1, 20000)
        select (instrument, state, earlier), 3000, sample =>
    {
        var (instrument, state, before) = sample;
        if (Shipped.Registry.Standing(instrument, state) is not { Bonds: [var first, ..], KnownPartyBy: null } || first.Action == "succession") return;
        var status = Shipped.Registry.On(instrument, state, first.Deposited.AddDays(-before));
        status.Status.ShouldBeOneOf(Status.NotAParty, Status.SignatoryOnly, Status.NotKnown);
        status.Deposited.ShouldNotBe(true);
    });

    [Fact]
    public void WhetherItIsInForceIsTheSameFromBothSides() => Check(AnyQuery, 300, query =>
    {
        foreach (var instrument in Shipped.Reference.Instruments)
        {
            var there = InForceBetween.Between(Shipped.Registry, instrument, query.From, query.To, query.On);
            var back = InForceBetween.Between(Shipped.Registry, instrument, query.To, query.From, query.On);
            (back.InForce, back.Reason, back.Since).ShouldBe((there.InForce, there.Reason, there.Since));
        }
    });

    /// <summary>Only the extradition statement of the requested state moves an instrument from one list to another.</summary>
    [Fact]
    public void TheWayBackDiffersOnlyWhereARuleHasADirection() => Check(AnyQuery, 500, query =>
    {
        if (query.Kind == CooperationKinds.Extradition) return;
        var there = FindBasis.Answer(Shipped.Registry, query);
        var back = FindBasis.Answer(Shipped.Registry, query with { From = query.To, To = query.From });
        back.Available.Select(a => (a.Id, a.Role)).ShouldBe(there.Available.Select(a => (a.Id, a.Role)));
        back.Excluded.Select(e => (e.Id, e.Reason)).ShouldBe(there.Excluded.Select(e => (e.Id, e.Reason)));
        back.Unknown.Select(u => (u.Instrument.Id, u.Missing)).ShouldBe(there.Unknown.Select(u => (u.Instrument.Id, u.Missing)));
    });

    [Fact]
    public void ExtraditionWithoutAnyStatementIsTheSameFromBothSides()
    {
        var silent = Shipped.Only(Shipped.Facts.Where(f => f is not DeclarationFact));
        Check(AnyQuery, 200, query =>
        {
            var ask = query with { Kind = CooperationKinds.Extradition };
            var there = FindBasis.Answer(silent, ask);
            var back = FindBasis.Answer(silent, ask with { From = ask.To, To = ask.From });
            back.Excluded.Select(e => (e.Id, e.Reason)).ShouldBe(there.Excluded.Select(e => (e.Id, e.Reason)));
            back.Unknown.Select(u => (u.Instrument.Id, u.Missing)).ShouldBe(there.Unknown.Select(u => (u.Instrument.Id, u.Missing)));
        });
    }

    /// <summary>Saying more can only settle what was open: nothing that was excluded comes back.</summary>
    [Fact]
    public void SayingMoreNeverBringsBackWhatWasExcluded() => Check(AnyQuery, 300, query =>
    {
        var open = FindBasis.Answer(Shipped.Registry, query with { Group = null, Transnational = null, MaxPenaltyYears = null });
        var said = FindBasis.Answer(Shipped.Registry, query);
        open.Excluded.Select(e => e.Id).Except(said.Excluded.Select(e => e.Id)).ShouldBeEmpty();
    });

    private static void Check<T>(Gen<T> gen, int count, Action<T> holds) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(count).WithQuietOnSuccess(true), Prop.ForAll(gen.ToArbitrary(), holds));
}
