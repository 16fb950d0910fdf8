using Palermo.Authorities.Entries;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;
using Palermo.Requests;
using Palermo.Requests.Drafting;
using Palermo.Requests.Time;
using Palermo.Tests.Authorities;
using Palermo.Tests.Support;
using Palermo.Tests.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Palermo.Tests.Requests;

/// <summary>A node with a filled request and everything that can belong to it, and the addresses under which it shows.</summary>
internal sealed class FilledNode
{
    /// <summary>In every text of the request, and nowhere else.</summary>
    internal const string Mark = "Zweifelhaft";

    internal FilledNode(TestNode node, TestPerson officer, bool confidential = false)
    {
        (Node, Officer) = (node, officer);
        Id = Drafts.Complete(Module, officer.Viewer, $"{Mark} accounts", confidential);
        Drafts.Save(Module, officer.Viewer, Id, Steps.Facts, new() { Fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["facts.summary"] = $"{Mark} facts" } });
        Case = Read(c => c.Set<Request>().Single(r => r.Id == Id).Case);
        KeepDeadline.Add(Module, officer.Viewer, Id, new DeadlineInput("agreed", "2026-09-01", "", $"{Mark} answer", "us"));
        Deadline = Read(c => c.Set<Deadline>().Single(d => d.Request == Id).Id);
        Authority = EnterAuthority.New(Module.Authorities, officer.Viewer, Entry.Input("ITA", "Invented Office " + Guid.NewGuid().ToString("N"), more: [("hours", "Mon-Fri 09:00-17:00"), ("time_zone", "Europe/Rome")]));
    }

    internal TestNode Node { get; }

    internal RequestsModule Module => Node.Services.GetRequiredService<RequestsModule>();

    internal TestPerson Officer { get; }

    internal Guid Id { get; }

    internal Guid Case { get; }

    internal long Deadline { get; }

    internal Guid Authority { get; }

    /// <summary>Addresses of the request and its case; none may tell a stranger that they exist.</summary>
    internal IEnumerable<string> Own => OwnOf(Id, Case);

    /// <summary>Pages and answers that list cases, requests or parts of them.</summary>
    internal IEnumerable<string> Lists { get; } =
    [
        "/requests", "/requests?for=us", "/requests?for=all", $"/requests?for=all&text={Mark}", $"/requests/search?q={Mark}", "/requests/figures", "/requests/new?from=BRA&to=ITA&kind=mla", "/requests/register",
        "/cases", "/calendar", "/api/v1/requests", $"/api/v1/requests?text={Mark}", "/api/v1/requests?format=csv", "/api/v1/requests/figures", "/api/v1/requests/figures?format=csv",
    ];

    /// <summary>What else a signed-in officer opens.</summary>
    internal IEnumerable<string> Others =>
    [
        "/authorities", "/authorities?state=ITA&kind=mla", "/authorities/new", "/authorities/reports", "/authorities/import", $"/authorities/{Authority}", $"/authorities/{Authority}/edit", $"/authorities/{Authority}/hours.ics",
        "/account", "/account/tokens", "/account/sign-in", "/account/sessions", $"/requests/{Id}/files/{Guid.NewGuid()}", $"/requests/{Id}/uses/1", "/calendar/guess.ics",
        .. new[] { "progress", "custody.jsonld", "custody.html", "files/1" }.Select(page => $"/requests/{Id}/evidence/{Guid.NewGuid()}/{page}"),
    ];

    /// <summary>What administrators and auditors open.</summary>
    internal static IReadOnlyList<string> Offices { get; } = ["/admin", "/admin/people", "/admin/organizations", "/admin/exchange", "/audit", "/mail"];

    internal IEnumerable<string> OwnOf(Guid id, Guid of)
    {
        yield return $"/requests/{id}";
        foreach (var page in new[] { "check", "files", "evidence", "letter", "copy", "owner", "messages/new", "limits/new", "costs/new", "deadlines/new", "deadlines/" + Deadline }) yield return $"/requests/{id}/{page}";
        foreach (var step in Steps.All) yield return $"/requests/{id}/steps/{step.Name}";
        foreach (var list in Steps.All.SelectMany(s => s.Lists).Except(["annexes", "translations"])) yield return $"/requests/{id}/entries/{list}/new";
        foreach (var entry in new[] { "persons/p1", "measures/m1", "accounts/a1", "organizations/o1" }) yield return $"/requests/{id}/entries/{entry}";
        foreach (var act in Palermo.Requests.Life.Transitions.Outgoing.Concat(Palermo.Requests.Life.Transitions.Incoming).Select(t => t.Act).Distinct()) yield return $"/requests/{id}/move/{act}";
        foreach (var format in new[] { "docx", "html", "pdf", "json" }) yield return $"/requests/{id}/letter/{format}";
        yield return $"/cases/{of}";
        yield return $"/cases/{of}/use-evidence";
    }

    internal T Read<T>(Func<PalermoContext, T> read)
    {
        using var context = Node.Record.Database.Connect();
        return read(context);
    }
}
