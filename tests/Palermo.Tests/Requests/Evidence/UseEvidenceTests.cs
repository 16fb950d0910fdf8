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

    private static void Wish(LifeRecord record, Request given, Request other, string why, string told = "yes") =>
        UseEvidence.Wish(record.Module, record.Officer.Viewer, other.Case, given.Id, new("", "For the trial of another person", why, told));

    private static (bool? May, string Key) May(LifeRecord record, Request given, Request other) =>
        record.Read(c => UseEvidence.For(c, given, other.Case)) is var answer ? (answer.May, answer.Key) : default;
}
