using Palermo.Authorities.Entries;
using Palermo.Kernel;
using Palermo.Requests.Drafting;
using Palermo.Tests.Authorities;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Drafting;

/// <summary>Which languages a request can go out in.</summary>
public sealed class LanguageChoicesTests
{
    [Fact]
    public void WhatTheRequestedStateAcceptsIsOfferedEvenOutsideTheSeven()
    {
        using var record = new LifeRecord(Provider.Sqlite);
        EnterAuthority.New(record.Module.Authorities, record.Officer.Viewer, Entry.Input("LVA", "Invented Office", "2026-05-01", ("languages", "lv;en")));
        var document = RequestSamples.Complete("mla") with { Requested = "LVA", Language = "de", TargetLanguage = "lv" };
        var basis = document.Basis!;
        document = document with { Basis = basis with { Report = basis.Report with { Available = [basis.Report.Available[0] with { Requirements = [new("language", "et;fr", "t", "c")] }] } } };
        LanguageChoices.Target(record.Module, document).Select(l => l.Item1).ShouldBe([.. Language.All.Select(l => l.Code), "et", "lv"]);
        LanguageChoices.Target(record.Module, document).ShouldContain(("lv", "latviešu"));
        LanguageChoices.Own(record.Module, document).ShouldContain(("de", "Deutsch"));
        CheckRequest.Findings(record.Module, document).ShouldNotContain(f => f.Message.Key == "request.finding.language-not-accepted");
    }
}
