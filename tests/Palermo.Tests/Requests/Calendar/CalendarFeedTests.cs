using System.Text;
using Palermo.Access.People;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Calendar;
using Palermo.Requests.Time;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Calendar;

public sealed class CalendarFeedTests
{
    [Theory, EveryDatabase]
    public void AFeedHoldsWhatIsDueAndNothingOfWhatIsConfidential(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var (open, secret) = (record.Request(title: "Account, in Lisbon"), record.Request(confidential: true, title: "Hidden matter"));
        foreach (var request in new[] { open, secret }) KeepDeadline.Add(record.Module, record.Officer.Viewer, request.Id, new("agreed", "2026-06-10", "", "Records", "us"));
        var address = CalendarFeeds.Make(record.Module, record.Officer.Viewer);
        var days = Read(record, address);
        days.Select(d => d["SUMMARY"]).ShouldBe(["Records: Account, in Lisbon", "Confidential"]);
        days[1].ContainsKey("DESCRIPTION").ShouldBeFalse();
        days.ShouldAllBe(d => d["DTSTART"] == "20260610" && d["STATUS"] == "CONFIRMED");
        Read(record, address).Select(d => d["UID"]).ShouldBe(days.Select(d => d["UID"]));
        record.All<CalendarFeed>().Single().SecretHash.ShouldNotContain(address);
    }

    [Theory, EveryDatabase]
    public void AnAddressWorksUntilItIsTakenBackReplacedOrThePersonLeaves(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var first = CalendarFeeds.Make(record.Module, record.Officer.Viewer);
        var second = CalendarFeeds.Make(record.Module, record.Officer.Viewer);
        Unknown(record, first);
        Read(record, second).ShouldBeEmpty();
        CalendarFeeds.Revoke(record.Module, record.Officer.Viewer);
        Unknown(record, second);
        var third = CalendarFeeds.Make(record.Module, record.Officer.Viewer);
        Change.Make(record.Record.Database, Actor.CommandLine, record.Record.Clock, change => change.Context.Set<Person>().Single(p => p.Id == record.Officer.Id).EndedAt = change.Now);
        Unknown(record, third);
        Unknown(record, "");
    }

    [Theory, EveryDatabase]
    public void AnAddressDoesNotOutliveRolesNorAYearNorAccessThatIsGivenBackLater(Provider provider)
    {
        using var record = new LifeRecord(provider);
        record.Person(Role.Administrator, "Alba Administrator");
        var drafter = record.Person(Role.Drafter, "Dora Drafter");
        var (address, other) = (CalendarFeeds.Make(record.Module, record.Officer.Viewer), CalendarFeeds.Make(record.Module, drafter.Viewer));
        Read(record, other).ShouldBeEmpty();
        Do(record, change => PersonChanges.Withdraw(change, change.Context.Set<Membership>().Single(m => m.Person == drafter.Id).Id));
        Unknown(record, other);

        Do(record, change => PersonChanges.End(change, record.Officer.Id));
        Do(record, change => PersonChanges.Restore(change, record.Officer.Id));
        Unknown(record, address);

        address = CalendarFeeds.Make(record.Module, record.Officer.Viewer);
        record.Record.Clock.Advance(TimeSpan.FromDays(364));
        Read(record, address).ShouldBeEmpty();
        record.Record.Clock.Advance(TimeSpan.FromDays(2));
        Unknown(record, address);
        record.Read(c => CalendarFeeds.Since(record.Module, c, record.Officer.Viewer)).ShouldBeNull();
    }

    private static void Do(LifeRecord record, Action<Change> change) => Change.Make(record.Record.Database, Actor.CommandLine, record.Record.Clock, change);

    private static void Unknown(LifeRecord record, string secret) => Should.Throw<RefusedException>(() => CalendarFeeds.Read(record.Module, secret, "test")).NotFound.ShouldBeTrue();

    private static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(LifeRecord record, string secret) => StrictIcalendar.Read(Encoding.UTF8.GetBytes(CalendarFeeds.Read(record.Module, secret, "test")));
}
