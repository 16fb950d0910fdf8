using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Requests.Cases;
using Palermo.Requests.Evidence;
using Palermo.Requests.Search;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Cases;

/// <summary>Cases page by page.</summary>
public sealed class ListCasesTests
{
    [Theory, EveryDatabase]
    public void CasesOpenedAtTheSameMomentAreNeitherLostNorShownTwice(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var opened = Enumerable.Range(0, 7).Select(_ => record.Request().Case).ToList();
        var (seen, place) = (new List<Guid>(), (CasePlace?)null);
        do
        {
            var (cases, next) = record.Read(c => ListCases.Page(c, record.Officer.Viewer, place, most: 3));
            seen.AddRange(cases.Select(c => c.Id));
            place = next is null ? null : CasePlace.Read(next.ToString()) ?? throw new FormatException(next.ToString());
        }
        while (place is not null);
        seen.ShouldBe(opened, ignoreOrder: true);
        CasePlace.Read("2026-06-01").ShouldBeNull();
    }

    [Theory, EveryDatabase]
    public void RequestsWhoseEvidenceIsWantedAreFoundByTheWordsOfTheSearch(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var (own, found, _, draft) = (record.Request(title: "Émile's account"), record.Request(title: "Émile's account"), record.Request(title: "Vessel"), record.Request(stage: "draft", title: "Émile's account"));
        Change.Make(record.Record.Database, record.Officer.Viewer.Actor, record.Record.Clock, change =>
        {
            foreach (var request in new[] { own, found, draft }) SearchIndex.Put(change, request, ofCase: false);
        });
        record.Read(c => UseEvidence.Offered(c, record.Officer.Viewer, own.Case, "emile acc")).Select(r => r.Id).ShouldBe([found.Id]);
        record.Read(c => UseEvidence.Offered(c, record.Officer.Viewer, own.Case, null)).Count.ShouldBe(2);
    }
}
