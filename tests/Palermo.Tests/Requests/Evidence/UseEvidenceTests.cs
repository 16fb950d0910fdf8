using Palermo.Data;
using Palermo.Data.Audit;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Evidence;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Evidence;

public sealed class UseEvidenceTests
{
    [Theory, EveryDatabase]
    public void EvidenceIsUsedElsewhereOnlyAfterTheOtherStateConsented(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var (given, other) = (record.Request(), record.Request(title: "Another matter"));
        LimitUse.Add(record.Module, record.Officer.Viewer, given.Id, "", "Not for tax purposes");
        May(record, given, other).ShouldBe((false, "evidence.may.ask-first"));
        Wish(record, given, other, "consent");
        May(record, given, other).ShouldBe((false, "evidence.may.wait"));
        record.All<ThreadMessage>().ShouldHaveSingleItem().Request.ShouldBe(given.Id);
        Should.Throw<RefusedException>(() => Wish(record, given, other, "consent")).Conflict.ShouldBeTrue();
        var use = record.All<EvidenceUse>().ShouldHaveSingleItem();
        UseEvidence.Answer(record.Module, record.Officer.Viewer, given.Id, use.Id, "consented", "Agreed.");
        May(record, given, other).ShouldBe((true, "evidence.may.consented"));
        record.All<EvidenceUse>().Single().AnsweredAt.ShouldNotBeNull();
        record.Read(c => UseEvidence.InCase(c, record.Officer.Viewer, other.Case)).ShouldHaveSingleItem().Answer.May.ShouldBe(true);
        record.Audited("evidence.use-consented").ShouldBe([other.Case.ToString(), given.Case.ToString()]);
    }

    [Theory, EveryDatabase]
    public void ConsentForOneExhibitIsNeitherForTheOthersNorForEverything(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var (given, other) = (record.Request(), record.Request());
        var (first, second) = (Exhibit(record, given), Exhibit(record, given));
        Wish(record, given, other, "consent", attachment: first);
        Consent(record, given);
        May(record, given, other, first).ShouldBe((true, "evidence.may.consented"));
        May(record, given, other, second).ShouldBe((false, "evidence.may.ask-first"));
        May(record, given, other).ShouldBe((false, "evidence.may.ask-first"));

        // Another purpose may be asked for, and takes nothing back meanwhile.
        Wish(record, given, other, "consent", attachment: first);
        May(record, given, other, first).Key.ShouldBe("evidence.may.consented");
        Wish(record, given, other, "consent");
        May(record, given, other).Key.ShouldBe("evidence.may.wait");
        Consent(record, given);
        May(record, given, other).Key.ShouldBe("evidence.may.consented");
        May(record, given, other, second).Key.ShouldBe("evidence.may.consented");
    }

    [Fact]
    public void ASharedLimitIsAskedForOneExhibitAfterAnother()
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var (given, other) = (record.Request(), record.Request());
        var (first, second) = (Exhibit(record, given), Exhibit(record, given));
        LimitUse.Add(record.Module, record.Officer.Viewer, given.Id, "", "Not for tax purposes");
        Wish(record, given, other, "consent", attachment: first);
        Wish(record, given, other, "consent", attachment: second);
        Should.Throw<RefusedException>(() => Wish(record, given, other, "consent", attachment: second)).Conflict.ShouldBeTrue();
        Consent(record, given, first);
        May(record, given, other, first).Key.ShouldBe("evidence.may.consented");
        May(record, given, other, second).Key.ShouldBe("evidence.may.wait");
        record.Read(c => UseEvidence.InCase(c, record.Officer.Viewer, other.Case)).Select(l => (l.Attachment, l.Answer.May)).ShouldBe([(first, true), (second, false)], ignoreOrder: true);
    }

    [Theory, EveryDatabase]
    public void ADisclosureThatCouldNotBeAnnouncedIsToldWithoutDelay(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var (given, other) = (record.Request(), record.Request());
        Wish(record, given, other, "exculpatory", "no");
        May(record, given, other).ShouldBe((true, "evidence.may.exculpatory"));
        var deadline = record.All<Deadline>().ShouldHaveSingleItem();
        (deadline.Request, deadline.Ours, deadline.DueOn).ShouldBe((given.Id, true, record.Module.Today));
    }

    [Fact]
    public void AConfidentialCaseIsNotGivenAwayByItsWishes()
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var (given, hidden) = (record.Request(), record.Request(confidential: true));
        Wish(record, given, hidden, "consent");
        var colleague = record.Person(Role.Officer, "Bela Officer");
        record.Read(c => UseEvidence.OfRequest(c, colleague.Viewer, given.Id).Count()).ShouldBe(0);
        record.Read(c => UseEvidence.OfRequest(c, record.Officer.Viewer, given.Id).Count()).ShouldBe(1);
        Should.Throw<RefusedException>(() => UseEvidence.Wish(record.Module, colleague.Viewer, hidden.Case, given.Id, new("", "For us too", "consent", ""))).NotFound.ShouldBeTrue();
    }

    [Fact]
    public void TheTrailOfACaseDoesNotNameTheRequestItWantsEvidenceOf()
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var (hidden, other) = (record.Request(confidential: true), record.Request());
        Wish(record, hidden, other, "consent");
        UseEvidence.Answer(record.Module, record.Officer.Viewer, hidden.Id, record.All<EvidenceUse>().Single().Id, "consented", "Agreed by telephone.");
        var seen = record.All<AuditEntry>().Where(a => a.Subject == other.Case.ToString()).ToList();
        seen.Select(a => a.Act).ShouldBe(["evidence.use-asked", "evidence.use-consented"]);
        foreach (var text in new[] { hidden.Id.ToString(), "For the trial", "Agreed" }) seen.ShouldAllBe(a => !(a.Part + a.Before + a.After).Contains(text, StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public void SpontaneousInformationKeepsToTheRestrictionsItCameWith(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var free = record.Request(outgoing: false, kind: "spontaneous-information");
        var restricted = record.Request(outgoing: false, kind: "spontaneous-information", handling: ("handling.restrictions", "For police only"));
        var other = record.Request();
        May(record, free, other).ShouldBe((true, "evidence.may.unrestricted"));
        May(record, restricted, other).ShouldBe((false, "evidence.may.confidential"));
    }

    private static Guid Exhibit(LifeRecord record, Request given) => Change.Make(record.Record.Database, record.Officer.Viewer.Actor, record.Record.Clock, change =>
    {
        var exhibit = new Attachment
        {
            Id = Guid.NewGuid(), Case = given.Case, Request = given.Id, Purpose = "evidence", Title = "Exhibit", FileName = "exhibit.pdf", Type = "application/pdf", Size = 1, Sha256 = new string('0', 64), WrappedKey = [], Scan = "clean",
            By = record.Officer.Id, At = change.Now,
        };
        change.Context.Add(exhibit);
        return exhibit.Id;
    });

    /// <summary>The other state consents to all that was asked, or to what was asked for one exhibit.</summary>
    private static void Consent(LifeRecord record, Request given, Guid? attachment = null)
    {
        record.Record.Clock.Advance(TimeSpan.FromHours(1));
        foreach (var use in record.All<EvidenceUse>().Where(u => u.Consent == "asked" && (attachment is null || u.Attachment == attachment)))
            UseEvidence.Answer(record.Module, record.Officer.Viewer, given.Id, use.Id, "consented", "");
    }

    private static void Wish(LifeRecord record, Request given, Request other, string why, string told = "yes", Guid? attachment = null) =>
        UseEvidence.Wish(record.Module, record.Officer.Viewer, other.Case, given.Id, new(attachment?.ToString(), "For the trial of another person", why, told));

    private static (bool? May, string Key) May(LifeRecord record, Request given, Request other, Guid? attachment = null) =>
        record.Read(c => UseEvidence.For(c, given, other.Case, attachment)) is var answer ? (answer.May, answer.Key) : default;
}
