using FsCheck;
using FsCheck.Fluent;
using Palermo.Data.Cases;
using Palermo.Requests.Life;
using Palermo.Requests.Time;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Time;

public sealed class DueNowTests
{
    /// <summary>A Friday.</summary>
    private static readonly DateOnly DueOn = Shipped.Day("2026-06-19");

    [Fact]
    public void TheOwnerIsRemindedAWeekAndADayBeforeOnTheDayAndThenWeekly() =>
        Live(Deadline(), days: 30).Where(l => l.What.HasFlag(Due.Remind)).Select(l => l.On.DayNumber - DueOn.DayNumber).ShouldBe([-7, -1, 0, 7, 14]);

    [Fact]
    public void WhatIsThreeWorkingDaysOverdueGoesToTheDeputyOnce() =>
        Live(Deadline(), days: 30).Where(l => l.What.HasFlag(Due.Escalate)).Select(l => l.On).ShouldBe([Shipped.Day("2026-06-24")], "Wednesday after a Friday");

    [Fact]
    public void AnOwnerWhoActsIsGivenThreeWorkingDaysMore() =>
        Live(Deadline(), days: 30, acted: Shipped.Day("2026-06-23")).Where(l => l.What.HasFlag(Due.Escalate)).Select(l => l.On).ShouldBe([Shipped.Day("2026-06-26")]);

    [Fact]
    public void WhatTheyOweIsNotHandedToTheDeputy() => Live(Deadline(ours: false), days: 30).ShouldAllBe(l => l.What == Due.Remind);

    [Fact]
    public void AReminderMissedWhileTheNodeStoodStillIsMadeUpForOnce()
    {
        var deadline = Deadline();
        deadline.RemindedOn = DueOn.AddDays(-7);
        DueNow.Of([deadline], Stages.Received, DueOn.AddDays(3), null).ShouldHaveSingleItem().What.ShouldBe(Due.Remind);
        deadline.RemindedOn = DueOn.AddDays(3);
        DueNow.Of([deadline], Stages.Received, DueOn.AddDays(3), null).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("suggested", Stages.Postponed, false, "18(25)")]
    [InlineData("agreed", Stages.Postponed, true, "18(24)")]
    [InlineData("suggested", Stages.Received, true, "18(24)")]
    [InlineData("legal", Stages.Closed, false, "18(24)")]
    [InlineData("agreed", Stages.Withdrawn, false, "18(24)")]
    public void ASuggestedDeadlineWaitsWhileExecutionIsPostponedAndNothingCountsAfterTheEnd(string kind, string stage, bool counts, string article)
    {
        var answer = DeadlineCounts.Of(kind, "Records", stage);
        answer.Counts.ShouldBe(counts);
        answer.Source.Provision.ShouldBe(article);
        DueNow.Of([Deadline(kind: kind)], stage, DueOn, null).Any().ShouldBe(counts);
    }

    [Fact]
    public void NothingIsSaidTwiceOnADayAndNothingOnceItIsDone()
    {
        var dues = Gen.Choose(-40, 40).Two().SelectMany(_ => ArbMap.Default.GeneratorFor<bool>(), (offsets, ours) => (offsets.Item1, offsets.Item2, ours)).ToArbitrary();
        Prop.ForAll(dues, given =>
        {
            var (offset, doneAfter, ours) = given;
            var deadline = Deadline(ours: ours);
            deadline.DueOn = DueOn.AddDays(offset);
            var quiet = true;
            for (var day = DueOn.AddDays(-50); day < DueOn.AddDays(80); day = day.AddDays(1))
            {
                if (day == DueOn.AddDays(doneAfter)) deadline.DoneAt = day.ToDateTime(default, DateTimeKind.Utc);
                var first = Say(deadline, day, null);
                quiet &= Say(deadline, day, null) == Due.Nothing && (deadline.DoneAt is null || first == Due.Nothing);
            }

            return quiet;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("2026-06-19", "2026-06-19", 0)]
    [InlineData("2026-06-19", "2026-06-21", 0)]
    [InlineData("2026-06-19", "2026-06-22", 1)]
    [InlineData("2026-06-19", "2026-07-03", 10)]
    [InlineData("2026-06-24", "2026-06-19", 0)]
    public void WorkingDaysAreMondayToFriday(string after, string until, int days) => WorkingDays.Between(Shipped.Day(after), Shipped.Day(until)).ShouldBe(days);

    [Fact]
    public void AProvisionalArrestWaitsAsLongAsTheTreatySaysAndUnknownDaysStayUnknown()
    {
        LegalPeriods.ProvisionalArrest(Shipped.Day("2026-06-01"), 40).LastDay.ShouldBe(Shipped.Day("2026-07-11"));
        var unknown = LegalPeriods.ProvisionalArrest(Shipped.Day("2026-06-01"), null);
        unknown.LastDay.ShouldBeNull();
        unknown.Source.Provision.ShouldBe("16(7)");
    }

    [Theory]
    [InlineData(null, "2026-06-16")]
    [InlineData(30, "2026-07-01")]
    public void SafeConductLastsFifteenDaysOrAsAgreed(int? agreed, string until)
    {
        var answer = LegalPeriods.SafeConduct(Shipped.Day("2026-06-01"), agreed);
        answer.LastDay.ShouldBe(Shipped.Day(until));
        answer.Source.Provision.ShouldBe("18(27)");
    }

    private static List<(DateOnly On, Due What)> Live(Deadline deadline, int days, DateOnly? acted = null)
    {
        var said = new List<(DateOnly On, Due What)>();
        for (var day = DueOn.AddDays(-days); day <= DueOn.AddDays(20); day = day.AddDays(1))
            if (Say(deadline, day, acted) is var what and not Due.Nothing) said.Add((day, what));
        return said;
    }

    /// <summary>What is said on a day, noted as the reminders note it.</summary>
    private static Due Say(Deadline deadline, DateOnly day, DateOnly? acted)
    {
        var what = DueNow.Of([deadline], Stages.Received, day, acted).SingleOrDefault()?.What ?? Due.Nothing;
        if (what.HasFlag(Due.Remind)) deadline.RemindedOn = day;
        if (what.HasFlag(Due.Escalate)) deadline.EscalatedOn = day;
        return what;
    }

    private static Deadline Deadline(bool ours = true, string kind = "agreed") => new() { Request = Guid.Empty, Kind = kind, DueOn = DueOn, Text = "Records", Ours = ours };
}
