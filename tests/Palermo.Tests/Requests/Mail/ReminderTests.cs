using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Mail;
using Palermo.Requests.Time;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Mail;

public sealed class ReminderTests
{
    [Theory, EveryDatabase]
    public async Task ARemindersWayFromTheDeadlineIntoTheDropFolder(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var request = record.Request(title: "Secret Lisbon account");
        Change.Make(record.Record.Database, Actor.CommandLine, record.Record.Clock, change => change.Context.Set<Person>().Single(p => p.Id == record.Officer.Id).Language = "en");
        Add(record, request, "2026-06-08");
        for (var round = 0; round < 3; round++) await Errands.Run(record.Module, remind: true, TestContext.Current.CancellationToken);
        var mail = await File.ReadAllTextAsync(Directory.GetFiles(record.MailFolder).ShouldHaveSingleItem(), TestContext.Current.CancellationToken);
        mail.ShouldContain(record.Officer.Email);
        mail.ShouldContain("Auto-Submitted: auto-generated");
        var written = record.All<OutgoingMail>().ShouldHaveSingleItem();
        written.SentAt.ShouldNotBeNull();
        written.Body.ShouldContain($"https://node.example/requests/{request.Id}");
        foreach (var secret in new[] { "Lisbon", "Records", "Italy", "ITA", "mla", "C-2026" }) (written.Subject + written.Body + mail).ShouldNotContain(secret, Case.Insensitive);
        record.Audited("request.reminded").ShouldBe([request.Case.ToString()]);
    }

    [Theory, EveryDatabase]
    public void WhatTheOwnerLeavesGoesToTheDeputyOrToTheApproversAndStopsOnceDone(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var (approver, deputy) = (record.Person(Role.Approver, "Bela Approver"), record.Person(Role.Officer, "Caio Deputy"));
        var (with, without) = (record.Request(), record.Request());
        AssignRequest.Set(record.Module, record.Officer.Viewer, with.Id, record.Officer.Id.ToString(), deputy.Id.ToString());
        // 1 June 2026 is a Monday.
        Add(record, with, "2026-06-01");
        Add(record, without, "2026-06-01");
        RemindOwners.Run(record.Module).ShouldBe(2);
        record.Record.Clock.Advance(TimeSpan.FromDays(3));
        RemindOwners.Run(record.Module).ShouldBe(2);
        record.All<OutgoingMail>().OrderBy(m => m.Id).Skip(2).Select(m => m.To).ShouldBe([deputy.Email, approver.Email], ignoreOrder: true);
        RemindOwners.Run(record.Module).ShouldBe(0);
        foreach (var deadline in record.All<Deadline>()) KeepDeadline.Done(record.Module, record.Officer.Viewer, deadline.Request, deadline.Id);
        record.Record.Clock.Advance(TimeSpan.FromDays(30));
        RemindOwners.Run(record.Module).ShouldBe(0);
    }

    [Fact]
    public void NobodyIsToldOfAConfidentialCaseWhoIsNotOnItsList()
    {
        using var record = new LifeRecord(Provider.Sqlite);
        record.Person(Role.Approver, "Bela Approver");
        var request = record.Request(confidential: true);
        Add(record, request, "2026-06-01");
        record.Record.Clock.Advance(TimeSpan.FromDays(4));
        RemindOwners.Run(record.Module).ShouldBe(1);
        record.All<OutgoingMail>().ShouldHaveSingleItem().To.ShouldBe(record.Officer.Email);
    }

    [Fact]
    public async Task OneRequestThatFailsKeepsNeitherTheOthersNorTheMailFromGoingOut()
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var (broken, whole) = (record.Request(), record.Request());
        Add(record, broken, "2026-06-01");
        Add(record, whole, "2026-06-02");
        using (var context = record.Record.Database.Connect())
        {
            var first = context.Set<Deadline>().Single(d => d.Request == broken.Id).Id;
            var trigger = FormattableString.Invariant($"CREATE TRIGGER broken BEFORE UPDATE ON deadlines WHEN OLD.id = {first} BEGIN SELECT RAISE(ABORT, 'broken'); END");
            await context.Database.ExecuteSqlRawAsync(trigger, TestContext.Current.CancellationToken);
        }

        await Should.ThrowAsync<AggregateException>(() => Errands.Run(record.Module, remind: true, TestContext.Current.CancellationToken));
        record.Audited("request.reminded").ShouldBe([whole.Case.ToString()]);
        Directory.GetFiles(record.MailFolder).Length.ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public async Task AServerThatRefusesIsTriedAgainLaterAndGivenUpInTheEnd(Provider provider)
    {
        await using var server = new FakeSmtp { Refuses = true };
        using var record = new LifeRecord(provider);
        var settings = MailSettings.Read(name => name == "PALERMO_SMTP" ? $"smtp://127.0.0.1:{server.Port}" : null);
        Add(record, record.Request(), "2026-06-02");
        RemindOwners.Run(record.Module);
        async Task<int> Round() => await Outbox.Send(record.Module, (mail, stop) => SendMail.Send(settings, mail, stop), TestContext.Current.CancellationToken);
        for (var attempt = 1; attempt <= Outbox.MostAttempts; attempt++)
        {
            (await Round()).ShouldBe(0);
            var mail = record.All<OutgoingMail>().Single();
            mail.Attempts.ShouldBe(attempt);
            mail.Problem.ShouldNotBeEmpty();
            (await Round()).ShouldBe(0);
            record.All<OutgoingMail>().Single().Attempts.ShouldBe(attempt, "it waits before it is tried again");
            record.Record.Clock.Advance(Outbox.WaitAfter(attempt));
        }

        record.Audited("mail.given-up").Count.ShouldBe(1);
        server.Refuses = false;
        (await Round()).ShouldBe(0);
        Outbox.TryAgain(record.Module, record.Officer.Viewer, record.All<OutgoingMail>().Single().Id);
        (await Round()).ShouldBe(1);
        server.Mails.ShouldHaveSingleItem().ShouldContain("Message-ID: <palermo-");
        record.All<OutgoingMail>().Single().SentAt.ShouldNotBeNull();
    }

    [Fact]
    public void SettingsSayWhereMailGoesAndNeverThePassword()
    {
        var settings = MailSettings.Read(name => name == "PALERMO_SMTP" ? "smtp://user%40x:s%3Acret@mail.example" : null);
        (settings.Host, settings.Port, settings.User, settings.Password, settings.Encrypted).ShouldBe(("mail.example", 587, "user@x", "s:cret", true));
        settings.ToString().ShouldBe("mail.example:587");
        foreach (var wrong in new[] { "mail.example", "smtps://mail.example", "http://mail.example" })
            Should.Throw<RefusedException>(() => MailSettings.Read(name => name == "PALERMO_SMTP" ? wrong : null)).Text.Key.ShouldBe("mail.smtp");
        MailSettings.Read(_ => null).Sends.ShouldBeFalse();
    }

    private static void Add(LifeRecord record, Request request, string dueOn) =>
        KeepDeadline.Add(record.Module, record.Officer.Viewer, request.Id, new("agreed", dueOn, "", "Records", "us"));
}
