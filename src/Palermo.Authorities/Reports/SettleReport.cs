using Palermo.Authorities.Entries;
using Palermo.Data;
using Palermo.Data.Authorities;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Authorities.Reports;

/// <summary>Settles what somebody reported to be wrong.</summary>
internal static class SettleReport
{
    internal static readonly string[] Outcomes = ["corrected", "correct-already", "not-understood"];
    private const int Shown = 200;

    /// <summary>The reports that wait, those of the viewer's own entries first.</summary>
    internal static IReadOnlyList<AuthorityReport> Open(AuthoritiesModule module, Viewer viewer)
    {
        using var context = module.Database.Connect();
        var own = context.Set<Authority>().Where(a => a.OwnerPerson == viewer.Person).Select(a => a.Id).AsEnumerable().Select(id => id.ToString()).ToHashSet(StringComparer.Ordinal);
        return [.. context.Set<AuthorityReport>().Where(r => r.SettledAt == null).OrderBy(r => r.At).ThenBy(r => r.Id).Take(Shown).AsEnumerable().OrderByDescending(r => own.Contains(r.Entry))];
    }

    /// <summary>How many reports of an entry wait.</summary>
    internal static int CountOpen(AuthoritiesModule module, string entry)
    {
        using var context = module.Database.Connect();
        return context.Set<AuthorityReport>().Count(r => r.Entry == entry && r.SettledAt == null);
    }

    /// <summary>Settles a report.</summary>
    /// <exception cref="RefusedException">The viewer may not, there is no such report, or it is settled already (conflict).</exception>
    internal static void Settle(AuthoritiesModule module, Viewer? viewer, long id, string? outcome, string? answer)
    {
        var writer = Writers.Check(viewer);
        var code = RefusedException.For("outcome", () => FieldText.OneOf(outcome ?? "", Outcomes));
        var words = RefusedException.For("answer", () => FieldText.Text(answer ?? "", 2000));
        Change.Make(module.Database, writer.Actor, module.Clock, change =>
        {
            var report = change.Context.Set<AuthorityReport>().Find(id) ?? throw new RefusedException("authority.report.unknown") { NotFound = true };
            if (report.SettledAt is not null) throw new RefusedException("authority.report.settled") { Conflict = true };
            (report.SettledAt, report.SettledBy, report.Outcome, report.Answer) = (change.Now, writer.Name, code, words);
            change.Audit("authority.report-settled", report.Entry, id.ToString(System.Globalization.CultureInfo.InvariantCulture), report.Text, code);
        });
    }
}
