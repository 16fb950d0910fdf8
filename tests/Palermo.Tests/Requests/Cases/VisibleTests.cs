using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Board;
using Palermo.Requests.Cases;
using Palermo.Requests.Figures;
using Palermo.Requests.Search;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Cases;

/// <summary>Who may know of which case, by every way there is: list, count, search, export, figures, address.</summary>
public sealed class VisibleTests
{
    private const int Cases = 25;
    private static readonly DateOnly Today = new(2026, 6, 1);

    [Theory, EveryDatabase]
    public void NobodyLearnsOfAConfidentialCaseWithoutBeingOnItsList(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var office = new Office(record, seed: 7);
        foreach (var viewer in office.Viewers)
        {
            var expected = office.Requests.Where(r => office.MaySee(viewer, r)).Select(r => r.Id).ToHashSet();
            using var context = record.Database.Connect();
            foreach (var sort in BoardQuery.Orders)
                Paged(context, viewer, new BoardQuery { For = BoardQuery.All, Sort = sort }).ShouldBe(expected, ignoreOrder: true, $"{viewer.Name}, {sort}");

            Paged(context, viewer, new BoardQuery { For = BoardQuery.All, Text = "Everywhere" }).ShouldBe(expected, ignoreOrder: true, $"{viewer.Name}, by words");

            ListRequests.Page(context, viewer, new BoardQuery { For = BoardQuery.All }, Today, ListRequests.Exported).Rows.Select(r => r.Id).ShouldBe(expected, ignoreOrder: true);
            var counts = ListRequests.Counts(context, viewer);
            counts.Us.ShouldBe(office.Requests.Count(r => expected.Contains(r.Id) && r.WaitingFor == "us"));
            counts.Them.ShouldBe(office.Requests.Count(r => expected.Contains(r.Id) && r.WaitingFor == "them"));
            counts.Me.ShouldBe(office.Requests.Count(r => expected.Contains(r.Id) && r.WaitingFor == "us" && r.Owner == viewer.Person));
            ListRequests.Summary(context, viewer, Today, 500).SelectMany(b => b.Rows).Select(r => r.Id).ShouldBeSubsetOf(expected);

            Searched(context, viewer, "everywh").ShouldBe(expected, ignoreOrder: true);
            foreach (var request in office.Requests.Take(8))
                Searched(context, viewer, request.TheirNumber!).ShouldBe(expected.Contains(request.Id) ? [request.Id] : []);

            ReadFigures.Of(context, viewer, new FiguresQuery(), Today).Requests.ShouldBe(expected.Count);
            foreach (var request in office.Requests.Where(r => !expected.Contains(r.Id)).Take(5))
                Should.Throw<RefusedException>(() => Visible.Request(context, viewer, request.Id)).Text.Key.ShouldBe(Should.Throw<RefusedException>(() => Visible.Request(context, viewer, Guid.NewGuid())).Text.Key);
            Visible.Cases(context, viewer).Select(c => c.Id).ToHashSet().ShouldBe(office.Requests.Where(r => expected.Contains(r.Id)).Select(r => r.Case).ToHashSet(), ignoreOrder: true);
        }
    }

    private static List<Guid> Paged(PalermoContext context, Viewer viewer, BoardQuery query)
    {
        var (seen, place) = (new List<Guid>(), (BoardPlace?)null);
        do
        {
            var page = ListRequests.Page(context, viewer, query with { After = place }, Today, 13);
            page.Rows.Count.ShouldBeLessThanOrEqualTo(13);
            seen.AddRange(page.Rows.Select(r => r.Id));
            place = page.Next is null ? null : BoardPlace.Read(page.Next.ToString());
        }
        while (place is not null);
        seen.ShouldBeUnique();
        return seen;
    }

    private static List<Guid> Searched(PalermoContext context, Viewer viewer, string text)
    {
        var (seen, after) = (new List<Guid>(), (long?)null);
        do
        {
            var page = SearchCases.Page(context, viewer, text, after)!;
            seen.AddRange(page.Items.Where(i => i.Request is not null).Select(i => i.Request!.Id));
            after = page.Next;
        }
        while (after is not null);
        return seen;
    }

    /// <summary>An office of three organizations with every role, and cases of all sorts.</summary>
    private sealed class Office
    {
        private readonly List<CaseMember> _members = [];

        internal Office(TestRecord record, int seed)
        {
            var random = new Random(seed);
            var (top, one, other) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
            Organization[] organizations =
            [
                new() { Id = top, Path = $"{top}/", Name = "Ministry", State = "BRA" }, new() { Id = one, Parent = top, Path = $"{top}/{one}/", Name = "One", State = "BRA" },
                new() { Id = other, Parent = top, Path = $"{top}/{other}/", Name = "Other", State = "BRA" },
            ];
            Viewers =
            [
                .. organizations.SelectMany(o => Roles.All.Select(r => new Viewer(Guid.NewGuid(), $"{r} of {o.Name}", "test", [new Standing(r, o.Id, o.Path)]))),
                new Viewer(Guid.NewGuid(), "two roles", "test", [new Standing(Role.Reader, one, organizations[1].Path), new Standing(Role.Administrator, top, organizations[0].Path)]),
                new Viewer(Guid.NewGuid(), "nobody", "test", []),
            ];
            Change.Make(record.Database, Actor.CommandLine, record.Clock, change =>
            {
                _members.Clear();
                Requests.Clear();
                change.Context.AddRange(organizations);
                for (var i = 0; i < Cases; i++)
                {
                    var of = organizations[random.Next(organizations.Length)];
                    var file = new CaseFile { Id = Guid.NewGuid(), Organization = of.Id, OrganizationPath = of.Path, Number = $"C-2026-{i:00000}", Title = "Case", Confidential = random.Next(3) == 0, CreatedBy = Guid.NewGuid(), CreatedAt = change.Now };
                    change.Context.Add(file);
                    _members.AddRange(Viewers.Where(_ => random.Next(8) == 0).Select(v => new CaseMember { Case = file.Id, Person = v.Person }));
                    for (var n = 0; n < 2; n++) Requests.Add(Request(change, file, random, (2 * i) + n));
                }

                change.Context.AddRange(_members);
                change.Context.AddRange(Requests);
                change.Context.SaveChanges();
                foreach (var request in Requests) SearchIndex.Put(change, request, ofCase: false);
            });
        }

        internal IReadOnlyList<Viewer> Viewers { get; }

        internal List<Request> Requests { get; } = [];

        /// <summary>The rule once more, in other words.</summary>
        internal bool MaySee(Viewer viewer, Request request) =>
            _members.Any(m => m.Case == request.Case && m.Person == viewer.Person)
            || (!request.Confidential && viewer.Standings.Any(s => s.Role is Role.Officer or Role.Approver or Role.Auditor or Role.Reader && request.OrganizationPath.StartsWith(s.Path, StringComparison.Ordinal)));

        private Request Request(Change change, CaseFile file, Random random, int number) => new()
        {
            Id = Guid.NewGuid(), Case = file.Id, OrganizationPath = file.OrganizationPath, Confidential = file.Confidential, Outgoing = random.Next(2) == 0, Kind = "mla", Requesting = "BRA", Requested = "ITA",
            TheirNumber = $"ref/{1000 + number}/x", Title = "Everywhere " + number, Stage = "received", StageSince = change.Now.AddHours(-random.Next(5)), WaitingFor = new[] { "us", "them", "none" }[random.Next(3)],
            Owner = Viewers[random.Next(Viewers.Count)].Person, DueOn = random.Next(3) == 0 ? null : Today.AddDays(random.Next(6) - 3), CreatedBy = Guid.NewGuid(), CreatedAt = change.Now, ChangedAt = change.Now.AddHours(-random.Next(5)),
        };
    }
}
