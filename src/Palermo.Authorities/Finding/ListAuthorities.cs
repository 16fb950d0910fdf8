using System.Globalization;
using Palermo.Authorities.Entries;
using Palermo.Kernel;

namespace Palermo.Authorities.Finding;

/// <summary>What the list shows: every entry of the directory, and what was only notified; narrowed by state, kind, stage and language.</summary>
/// <param name="State">One state; null for all.</param>
/// <param name="Kind">One kind of cooperation; null for all.</param>
/// <param name="Stage">One stage of proceedings; null for all.</param>
/// <param name="Language">One language; null for all.</param>
internal sealed record DirectoryFilter(State? State, string? Kind, string? Stage, string? Language)
{
    /// <summary>Whether it asks who receives a request of one kind in one state.</summary>
    internal bool AsksWho => State is not null && Kind is not null;

    /// <summary>The entries that fit, in the order of the reader's names of states.</summary>
    internal IReadOnlyList<DirectoryEntry> List(AuthoritiesModule module, Language reader)
    {
        var own = ReadDirectory.Entries(module, State, restricted: false);
        var notified = Notifications.All(module.Treaties.Registry()).Where(n => !own.Any(o => WhichAuthority.StandsFor(o, n)));
        return
        [
            .. own.Concat(notified).Where(Fits).OrderBy(e => e.State.NameIn(reader), reader.Culture.CompareInfo.GetStringComparer(CompareOptions.None))
                .ThenBy(e => e.Notified is not null).ThenBy(e => e.Content.Name, StringComparer.Ordinal).ThenBy(e => e.Id, StringComparer.Ordinal),
        ];
    }

    private bool Fits(DirectoryEntry e) =>
        (State is null || e.State.Equals(State)) && (Kind is null || e.Content.Kinds.Contains(Kind, StringComparer.Ordinal))
        && (Stage is null || e.Content.Stage == "any" || e.Content.Stage == Stage) && (Language is null || e.Content.Languages.Contains(Language, StringComparer.Ordinal));
}
