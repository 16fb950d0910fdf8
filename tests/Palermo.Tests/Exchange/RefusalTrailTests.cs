using System.Text;
using Microsoft.EntityFrameworkCore;
using Palermo.Data.Audit;
using Palermo.Exchange;
using Palermo.Tests.Exchange.Delivery;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange;

/// <summary>Whoever keeps sending what is refused does not fill the audit trail, and how often it did is known all the same.</summary>
public sealed class RefusalTrailTests
{
    [Theory, EveryDatabase]
    public async Task WhatIsLeftOutInAMinuteIsCounted(Provider provider)
    {
        using var sides = new Sides(provider);
        for (var i = 0; i < RefusalTrail.MostAMinute + 7; i++) await sides.Line.Hand(sides.Brazil, "application/soap+xml", Encoding.UTF8.GetBytes("<nothing/>"));
        Entries(sides.Brazil, "exchange.refused").Count.ShouldBe(RefusalTrail.MostAMinute);
        Entries(sides.Brazil, "exchange.refused-more").ShouldBeEmpty();

        sides.Advance(TimeSpan.FromMinutes(1));
        await sides.Line.Hand(sides.Brazil, "application/soap+xml", Encoding.UTF8.GetBytes("<nothing/>"));
        Entries(sides.Brazil, "exchange.refused").Count.ShouldBe(RefusalTrail.MostAMinute + 1);
        var more = Entries(sides.Brazil, "exchange.refused-more").ShouldHaveSingleItem();
        (more.After, more.From, more.Part).ShouldBe(("7", "palermo:ita", "2026-06-01T12:00Z"));

        sides.Advance(TimeSpan.FromMinutes(1));
        sides.Brazil.Module.Refusals.SayLeftOut();
        Entries(sides.Brazil, "exchange.refused-more").Count.ShouldBe(1, "nothing was left out in the second");
        sides.Brazil.TrailHolds();
    }

    [Fact]
    public async Task WhatIsLeftOutIsSaidWhenTheNodeStopsAndKeptWhileTheRecordIsAway()
    {
        using var sides = new Sides();
        for (var i = 0; i < RefusalTrail.MostAMinute + 3; i++) await sides.Line.Hand(sides.Brazil, "application/soap+xml", Encoding.UTF8.GetBytes("<nothing/>"));
        var refusals = sides.Brazil.Module.Refusals;
        refusals.SayLeftOut();
        Entries(sides.Brazil, "exchange.refused-more").ShouldBeEmpty("the minute is not over");

        sides.Brazil.Life.Read(c => c.Database.ExecuteSqlRaw("ALTER TABLE audit RENAME TO away"));
        Should.Throw<Exception>(() => refusals.SayLeftOut(ofThisMinuteToo: true));
        sides.Brazil.Life.Read(c => c.Database.ExecuteSqlRaw("ALTER TABLE away RENAME TO audit"));
        refusals.SayLeftOut(ofThisMinuteToo: true);
        Entries(sides.Brazil, "exchange.refused-more").ShouldHaveSingleItem().After.ShouldBe("3");
    }

    private static List<AuditEntry> Entries(Side side, string act) => side.Life.Read(c => c.Set<AuditEntry>().Where(a => a.Act == act).OrderBy(a => a.Number).ToList());
}
