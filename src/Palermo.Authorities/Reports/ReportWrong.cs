using System.Net;
using Palermo.Authorities.Entries;
using Palermo.Authorities.Finding;
using Palermo.Data;
using Palermo.Data.Authorities;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Authorities.Reports;

/// <summary>"This is wrong": one click, with or without words, by whoever hits it.</summary>
internal static class ReportWrong
{
    /// <summary>So many reports an hour are taken from one network address, from somebody who signed in, and from all strangers.</summary>
    internal const int PerAddress = 5, PerPerson = 60, PerNode = 200;

    /// <summary>So many open reports of one entry say enough.</summary>
    private const int PerEntry = 50;

    /// <summary>Records a report.</summary>
    /// <param name="module">The module.</param>
    /// <param name="viewer">Who reports; null for a stranger.</param>
    /// <param name="from">From where.</param>
    /// <param name="entry">Identifier of the entry.</param>
    /// <param name="text">What is wrong; may be empty.</param>
    /// <exception cref="RefusedException">There is no such entry, or there were too many reports.</exception>
    internal static void Record(AuthoritiesModule module, Viewer? viewer, IPAddress? from, string entry, string? text)
    {
        if (!Exists(module, entry)) throw EnterAuthority.Unknown(entry);
        var words = RefusedException.For("report", () => FieldText.Text(text ?? "", 2000));
        var address = Network(from);
        Change.Make(module.Database, viewer?.Actor ?? new Actor(null, "stranger", address), module.Clock, change =>
        {
            var reports = change.Context.Set<AuthorityReport>();
            var since = change.Now.AddHours(-1);
            var (person, mine) = (viewer?.Person, viewer is null ? PerAddress : PerPerson);
            // A second click says nothing new.
            if (reports.Any(r => r.Entry == entry && r.SettledAt == null && r.From == address && r.By == person && r.Text == words)) return;
            if (reports.Count(r => r.At > since && r.From == address && r.By == person) >= mine || (viewer is null && reports.Count(r => r.At > since && r.By == null) >= PerNode))
                throw new RefusedException("authority.report.too-many");
            if (reports.Count(r => r.Entry == entry && r.SettledAt == null) >= PerEntry) throw new RefusedException("authority.report.enough");
            change.Context.Add(new AuthorityReport { Entry = entry, Text = words, By = person, ByName = viewer?.Name ?? "", From = address, At = change.Now });
            change.Audit("authority.reported-wrong", entry, "", "", words);
        });
    }

    private static bool Exists(AuthoritiesModule module, string entry) =>
        ReadDirectory.Find(module, entry, restricted: false) is { Ended: false } || Notifications.All(module.Treaties.Registry()).Any(n => n.Id == entry);

    /// <summary>An IPv6 network hands out many addresses to one machine: its first half counts.</summary>
    private static string Network(IPAddress? from)
    {
        if (from is null) return "";
        if (from.IsIPv4MappedToIPv6) from = from.MapToIPv4();
        var bytes = from.GetAddressBytes();
        if (bytes.Length != 16) return from.ToString();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes) + "/64";
    }
}
