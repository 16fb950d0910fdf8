using Palermo.Authorities.Entries;
using Palermo.Kernel;
using Palermo.Requests.Document;
using Palermo.Requests.Drafting;
using Palermo.Tests.Authorities;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Drafting;

/// <summary>Taking the requested authority out of the directory.</summary>
public sealed class ChooseAuthorityTests
{
    [Theory, EveryDatabase]
    public void AnEntryIsTakenAsItStandsThatDayAndOnlyOneThatReceivesTheRequest(Provider provider)
    {
        using var record = new LifeRecord(provider);
        var viewer = record.Officer.Viewer;
        var italian = EnterAuthority.New(record.Module.Authorities, viewer, Entry.Input("ITA", "Invented Office", "2026-05-01", ("telephone", "+39 06 5555"), ("contacts", "Ms Invented")));
        var latvian = EnterAuthority.New(record.Module.Authorities, viewer, Entry.Input());
        var id = Drafts.Begin(record.Module, viewer);
        Drafts.Save(record.Module, viewer, id, Steps.Authority, new() { RequestingAuthority = Drafts.Example.RequestingAuthority });
        ChooseAuthority.Use(record.Module, viewer, id, italian.ToString());
        var document = Drafts.Document(record.Module, viewer, id);
        var chosen = document.RequestedAuthority!;
        (chosen.Entry, chosen.Name, chosen.Telephone, chosen.Officer).ShouldBe((italian.ToString(), "Invented Office", "+39 06 5555", "Ms Invented"));
        document.RequestingAuthority!.Name.ShouldBe(Drafts.Example.RequestingAuthority!.Name);
        foreach (var wrong in new[] { latvian.ToString(), Guid.NewGuid().ToString(), "", "\u0000" })
            Should.Throw<RefusedException>(() => ChooseAuthority.Use(record.Module, viewer, id, wrong)).Text.Key.ShouldBe("drafting.authority.none");
    }

    [Fact]
    public void TheAuthorityForTheKindAndTheStageOfTheProceedingsIsOffered()
    {
        using var record = new LifeRecord(Provider.Sqlite);
        var viewer = record.Officer.Viewer;
        string New(string name, params (string, string)[] more) => EnterAuthority.New(record.Module.Authorities, viewer, Entry.Input("ITA", name, "2026-05-01", more)).ToString();
        New("For assistance");
        var before = New("Before trial", ("kinds", "videoconference"), ("stage", "before-trial"), ("languages", "de"));
        var spanish = New("Before trial, in Spanish", ("kinds", "videoconference"), ("stage", "before-trial"), ("languages", "es"), ("dual_criminality", "yes"));
        New("After judgment", ("kinds", "videoconference"), ("stage", "enforcement"), ("forms", "Form E"));
        var document = new RequestDocument { Kind = "videoconference", Requested = "ITA", TargetLanguage = "es", Fields = new Dictionary<string, string> { ["proceedings.nature"] = "prosecution" } };
        ChooseAuthority.Found(record.Module, Shipped.State("ITA"), document).Where(a => a.Notified is null).Select(a => a.Id).ShouldBe([spanish, before]);
        var asked = CheckRequest.RequirementsOf(record.Module, document)!;
        (asked.DualCriminality, asked.Forms).ShouldBe((true, null));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("yes", true)]
    [InlineData("no", false)]
    public void WhatIsWrittenAboutCertificationDemandsNoneByItself(string required, bool? demanded)
    {
        using var record = new LifeRecord(Provider.Sqlite);
        EnterAuthority.New(record.Module.Authorities, record.Officer.Viewer, Entry.Input("LVA", "Invented Office", "2026-05-01", ("certification", "No certification needed."), ("certification_required", required)));
        var document = RequestSamples.Complete("mla") with { Requested = "LVA" };
        CheckRequest.RequirementsOf(record.Module, document)!.Certification.ShouldBe(demanded);
        var note = CheckRequest.Findings(record.Module, document).Single(f => f.Message.Key == "request.finding.certification");
        (note.Severity, Shipped.Texts.Say(Language.English, note.Message)).ShouldBe(("note", "What Latvia says about certification: No certification needed."));
    }
}
