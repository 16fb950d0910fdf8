using Palermo.Data;
using Palermo.Data.Audit;
using Palermo.Kernel.Access;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Data;

public sealed class ChangeTests
{
    [Theory, EveryDatabase]
    public void Whatever_a_stranger_writes_the_audit_trail_stays_whole(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        string[] texts = ["a\0b" + new string('x', 2000), "half \ud83d of one", "\ud83d\ude00 whole", new string('ж', 100_000)];
        foreach (var text in texts)
            Change.Make(record.Database, new Actor(null, "n\0ame", "127.0.0.1"), record.Clock, change => change.Audit("test.written", "subject", text, text, text));
        using var context = record.Database.Connect();
        var before = new byte[32];
        foreach (var entry in context.Set<AuditEntry>().OrderBy(e => e.Number).AsEnumerable())
        {
            var hash = AuditEntry.HashOf(before, entry.Number, entry.At, entry.Person, entry.Name, entry.From, entry.Act, entry.Subject, entry.Part, entry.Before, entry.After);
            hash.ShouldBe(entry.Hash, entry.Part[..Math.Min(20, entry.Part.Length)]);
            before = hash;
        }

        context.Set<AuditEntry>().Count(e => e.Act == "test.written").ShouldBe(texts.Length);
    }

    [Theory, EveryDatabase]
    public void What_fails_half_way_leaves_neither_change_nor_entry(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        Should.Throw<InvalidOperationException>(() => Change.Make(record.Database, Actor.Node, record.Clock, change =>
        {
            change.Context.Add(new Palermo.Data.Cases.OutgoingMail { To = "a@example.org", Subject = "s", Body = "b", At = change.Now });
            change.Audit("test.failed", "subject");
            change.Context.SaveChanges();
            throw new InvalidOperationException();
        }));
        using var context = record.Database.Connect();
        context.Set<Palermo.Data.Cases.OutgoingMail>().ShouldBeEmpty();
        context.Set<AuditEntry>().Any(e => e.Act == "test.failed").ShouldBeFalse();
    }
}
