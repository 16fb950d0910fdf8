using Microsoft.AspNetCore.Http;
using Palermo.Requests.Board;
using Palermo.Requests.Completeness;
using Palermo.Requests.Drafting;
using Palermo.Requests.Evidence;
using Palermo.Requests.Files;
using Palermo.Requests.Life;
using Palermo.Requests.Threads;
using Palermo.Requests.Time;
using Palermo.Tests.Support;
using Palermo.Web;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests;

/// <summary>Every code that a page puts behind the beginning of a key has its words.</summary>
public sealed class WordsTests
{
    public static TheoryData<string, string[]> Codes
    {
        get
        {
            string[] acts = [.. Transitions.Outgoing.Concat(Transitions.Incoming).Select(t => t.Act).Distinct()];
            string[] steps = [.. Steps.All.Select(s => s.Name)], lists = [.. Steps.All.SelectMany(s => s.Lists)];
            string[] edited = [.. lists.Except(["annexes", "translations"])];
            return new()
            {
                { "request.stage.", [.. Stages.All] }, { "request.act.", [.. acts, "begin", "registered", "copied"] }, { "request.act-lead.", acts }, { "request.ground.", [.. RefusalGrounds.All.Select(g => g.Code)] },
                { "life.waiting.", ["us", "them", "none"] }, { "drafting.step.", [.. steps, "check"] }, { "drafting.step-lead.", steps }, { "request.list.", edited }, { "drafting.entry.add.", edited }, { "drafting.entry.lead.", edited },
                { "drafting.translation.", ["fresh", "stale", "none"] }, { "drafting.severity.", [Severities.Missing, Severities.ReasonNeeded, Severities.Wrong, Severities.Note] },
                { "threads.kind.", [.. MessageKinds.All] }, { "time.kind.", [.. DeadlineKinds.All] }, { "time.due.", [WhatIsDue.Answer[1..], WhatIsDue.Clarification[1..], WhatIsDue.Disclosure[1..], WhatIsDue.Arrest[1..], WhatIsDue.SafeConduct[1..]] },
                { "files.purpose.", [.. StoreFile.Purposes] }, { "files.scan.", ["clean", "not-scanned"] }, { "files.type.", [.. FileTypes.All.Select(t => t.Code)] }, { "files.size.", ["bytes.other", "kb", "mb", "gb"] },
                { "board.for.", [.. BoardQuery.Boards] }, { "board.empty.", [.. BoardQuery.Boards] }, { "board.direction.", ["outgoing", "incoming"] }, { "evidence.consent.", [Consents.Asked, Consents.Consented, Consents.Refused, Consents.Exculpatory] },
                { "costs.stage.", ["agreed", "incurred"] }, { "costs.borne.", ["requesting", "requested"] }, { "audit.broken.", ["missing", "changed", "truncated", "head"] },
                { "access.role.", [.. Palermo.Kernel.Access.Roles.All.Select(Palermo.Kernel.Access.Roles.Code)] },
            };
        }
    }

    [Theory, MemberData(nameof(Codes))]
    public void EveryCodeHasItsWords(string prefix, string[] codes)
    {
        codes.ShouldNotBeEmpty();
        codes.Where(c => !Shipped.Texts.Has(prefix + c)).ShouldBeEmpty(prefix);
    }

    [Fact]
    public void EveryFieldOfAnEntryHasItsLabelAndItsChoices()
    {
        var page = new PageContext(Shipped.Texts, new HttpContextAccessor { HttpContext = new DefaultHttpContext() }, new Site { PageAssemblies = [], Modules = [], Version = "", AssetVersion = "" });
        // A key without a text is a fault that throws.
        foreach (var list in Steps.All.SelectMany(s => s.Lists).Except(["annexes", "translations"]))
            EntryFields.Of(page, list, "x1", () => [("take-evidence", "Evidence")]).ShouldAllBe(f => f.Label.Length > 0 && f.Choices.All(c => c.Label.Length > 0), list);
    }
}
