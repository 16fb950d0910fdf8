using Palermo.Kernel.Access;
using Palermo.Requests.Figures;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Figures;

/// <summary>Figures on pages.</summary>
public sealed class ReadFiguresTests
{
    [Fact]
    public void FiguresAreMadeOnceAMinuteForEachViewer()
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var colleague = record.Person(Role.Officer, "Bela Officer");
        record.Request();
        Count(record, record.Officer.Viewer).ShouldBe(1);
        record.Request(confidential: true);
        Count(record, record.Officer.Viewer).ShouldBe(1, "made a moment ago");
        record.Record.Clock.Advance(TimeSpan.FromMinutes(1));
        Count(record, record.Officer.Viewer).ShouldBe(2);
        Count(record, colleague.Viewer).ShouldBe(1, "never what somebody else may see");
        Count(record, record.Officer.Viewer with { Standings = [] }).ShouldBe(2, "on the list");
        Count(record, colleague.Viewer with { Standings = [] }).ShouldBe(0, "nor what the person saw in a role that ended");
    }

    private static int Count(LifeRecord record, Viewer viewer) => ReadFigures.Of(record.Module, viewer, new FiguresQuery()).Requests;
}
