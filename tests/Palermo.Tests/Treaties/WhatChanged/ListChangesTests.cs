using System.Text;
using System.Xml.Linq;
using Palermo.Kernel;
using Palermo.Tests.Support;
using Palermo.Treaties;
using Palermo.Treaties.Import;
using Palermo.Treaties.WhatChanged;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.WhatChanged;

public sealed class ListChangesTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Theory, EveryDatabase]
    public void ACorrectionShowsWhatWasTakenBackAndWhatCameInItsPlace(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var module = record.Open();
        Import(module, "instrument,state,action,date,note\nuntoc,BRA,ratification,2004-01-30,\nfirearms-protocol,JPN,accession,2024-02-01,\n");
        var learned = ListChanges.Report(module, module.Today).Learned.Where(l => l.BatchTitle == "acts.csv").ToArray();
        learned.Select(l => $"{l.Change} {l.Instrument} {string.Join(' ', l.States)} {l.Date:yyyy-MM-dd}").ShouldBe(
            ["recorded firearms-protocol JPN 2024-02-01", "corrected untoc BRA 2004-01-30", "withdrawn untoc BRA 2004-01-29"], ignoreOrder: true);
        ListChanges.Report(module, new DateOnly(2024, 1, 1)).Happened.ShouldHaveSingleItem().Effective.ShouldBe(new DateOnly(2024, 3, 2));
    }

    [Theory, EveryDatabase]
    public void ListsAreBoundedAndNewestFirst(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var report = ListChanges.Report(record.Open(), new DateOnly(1900, 1, 1));
        report.Happened.Count.ShouldBe(ListChanges.Most);
        report.HappenedComplete.ShouldBeFalse();
        report.Learned.Count.ShouldBe(ListChanges.Most);
        report.LearnedComplete.ShouldBeFalse();
        report.Happened.Select(l => l.Date).ShouldBeInOrder(SortDirection.Descending);
        report.Learned.Select(l => l.LearnedOn).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public void TheFeedHoldsOneEntryPerActWithAnIdentifierOfItsOwn()
    {
        var feed = XDocument.Load(new MemoryStream(AtomFeed.Write(Shipped.Registry, Shipped.Texts, Language.English, "https://node.example", "node.example", "Ministry", new DateOnly(2014, 1, 1)))).Root!;
        feed.Name.ShouldBe(Atom + "feed");
        feed.Elements().Select(e => e.Name.LocalName).Take(5).ShouldBe(["title", "subtitle", "id", "updated", "author"]);
        var entries = feed.Elements(Atom + "entry").ToArray();
        entries.Length.ShouldBe(ListChanges.Happened(Shipped.Registry, new DateOnly(2014, 1, 1)).Count);
        entries.Select(e => e.Element(Atom + "id")!.Value).Distinct(StringComparer.Ordinal).Count().ShouldBe(entries.Length);
        entries.ShouldAllBe(e => e.Element(Atom + "id")!.Value.StartsWith("tag:node.example,2026:act/", StringComparison.Ordinal) && e.Element(Atom + "updated")!.Value.EndsWith('Z') && e.Element(Atom + "title")!.Value.Length > 0);
    }

    private static void Import(TreatyModule module, string csv) =>
        ImportTreaties.Carry(module, ImportTreaties.Plan(module, "acts.csv", Encoding.UTF8.GetBytes(csv), null));
}
