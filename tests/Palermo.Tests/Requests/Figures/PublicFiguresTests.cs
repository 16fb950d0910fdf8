using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;
using Palermo.Requests.Figures;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Figures;

/// <summary>What strangers get of a year's requests.</summary>
public sealed class PublicFiguresTests
{
    [Theory, EveryDatabase]
    public void ClosedRequestsCountOnlyInNumbersOfFiveAndMore(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        Change.Make(record.Database, Actor.CommandLine, record.Clock, change =>
        {
            var id = Guid.NewGuid();
            change.Context.Add(new Organization { Id = id, Path = $"{id}/", Name = "Office", State = "BRA" });
            foreach (var (state, kind, count, confidential) in new[] { ("ITA", "mla", 9, false), ("FRA", "mla", 3, true), ("ESP", "extradition", 6, false) })
                for (var i = 0; i < count; i++) Closed(change, id, state, kind, confidential, change.Now.AddYears(-1).AddDays(i));
            Closed(change, id, "DEU", "mla", false, change.Now);
        });
        using var context = record.Database.Connect();
        var report = PublicFigures.Make(context, 2025);
        report.Requests.ShouldBe(18);
        report.Kinds.ShouldBe([new CountLine("mla", 12), new CountLine("extradition", 6)]);
        report.States.ShouldBe([new CountLine("ITA", 9)], "the smallest shown hides the small one");
        report.Durations.ShouldBe([new DurationLine("received", "closed", null, 10, 10)]);
        PublicFigures.Make(context, 2024).Requests.ShouldBeNull();
    }

    [Fact]
    public void AFailureIsNotKeptAndWhatWasMadeIsForAWhile()
    {
        var clock = new TestClock();
        var (kept, made) = (new Kept<int, int>(clock, TimeSpan.FromMinutes(1), 2), 0);
        Should.Throw<InvalidOperationException>(() => kept.Of(1, () => throw new InvalidOperationException("The database is away.")));
        kept.Of(1, () => ++made).ShouldBe(1);
        kept.Of(1, () => ++made).ShouldBe(1);
        clock.Advance(TimeSpan.FromMinutes(1));
        kept.Of(1, () => ++made).ShouldBe(2);
    }

    private static void Closed(Change change, Guid organization, string state, string kind, bool confidential, DateTime at)
    {
        var file = new CaseFile { Id = Guid.NewGuid(), Organization = organization, OrganizationPath = $"{organization}/", Number = Guid.NewGuid().ToString(), Title = "Case", Confidential = confidential, CreatedBy = organization, CreatedAt = at };
        var request = new Request
        {
            Id = Guid.NewGuid(), Case = file.Id, OrganizationPath = file.OrganizationPath, Confidential = confidential, Outgoing = false, Kind = kind, Requesting = state, Requested = "BRA", Title = "Request", Stage = "closed",
            StageSince = at, WaitingFor = "none", CreatedBy = organization, CreatedAt = at, ChangedAt = at,
        };
        change.Context.AddRange(file, request, Event(request.Id, 1, "", "received", at.AddDays(-10)), Event(request.Id, 2, "received", "closed", at));
    }

    private static RequestEvent Event(Guid request, int number, string from, string to, DateTime at) =>
        new() { Request = request, Number = number, From = from, To = to, Act = "x", Grounds = "", Text = "", On = DateOnly.FromDateTime(at), ByName = "x", At = at };
}
