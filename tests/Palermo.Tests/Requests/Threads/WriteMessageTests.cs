using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Requests.Life;
using Palermo.Requests.Threads;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Threads;

public sealed class WriteMessageTests
{
    [Theory, EveryDatabase]
    public void NotesStayAmongNotesAndNeverReachTheOtherSide(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var request = record.Request();
        Write(record, request, "note", "them", "They\u202e seem slow.\r\nAsk again\u0000 in May.", null);
        Write(record, request, "consultation", "us", "May we talk?", null);
        var note = record.All<ThreadMessage>().Single(m => m.Kind == "note");
        (note.Ours, note.Text).ShouldBe((true, "They seem slow.\nAsk again in May."));
        var shared = record.Read(c => MessageKinds.WithOtherSide(c.Set<ThreadMessage>()).ToList()).ShouldHaveSingleItem();
        shared.Kind.ShouldBe("consultation");
        Should.Throw<RefusedException>(() => Write(record, request, "note", "us", "Internal", shared.Id)).Field.ShouldBe("kind");
        Should.Throw<RefusedException>(() => Write(record, request, "answer", "us", "External", note.Id)).Field.ShouldBe("kind");
    }

    [Fact]
    public void AThreadBelongsToItsRequest()
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var (one, other) = (record.Request(), record.Request());
        Write(record, one, "consultation", "us", "May we talk?", null);
        Should.Throw<RefusedException>(() => Write(record, other, "answer", "them", "Yes", record.All<ThreadMessage>()[0].Id)).NotFound.ShouldBeTrue();
        Should.Throw<RefusedException>(() => Write(record, record.Request(stage: Stages.Draft), "answer", "us", "Before it was sent", null)).Text.Key.ShouldBe("threads.not-sent");
    }

    private static void Write(LifeRecord record, Request request, string kind, string by, string text, long? thread) =>
        WriteMessage.Write(record.Module, record.Officer.Viewer, request.Id, new(kind, by, text, thread));
}
