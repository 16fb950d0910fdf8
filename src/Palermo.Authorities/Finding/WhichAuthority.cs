using Palermo.Authorities.Entries;
using Palermo.Kernel;
using Palermo.Treaties.LegalBasis;

namespace Palermo.Authorities.Finding;

/// <summary>What is asked for: who receives a request.</summary>
/// <param name="State">The requested state.</param>
/// <param name="Kind">Code of the kind of cooperation.</param>
/// <param name="Stage">Stage of the proceedings; null when not known.</param>
/// <param name="Language">Language of the request; null when open.</param>
/// <param name="On">The day.</param>
/// <param name="General">Code of the finder's kind it belongs to, whose authority receives it where nobody is named for it; the same for one of the finder's own.</param>
internal sealed record AuthorityQuestion(State State, string Kind, string? Stage, string? Language, DateOnly On, string General);

/// <summary>Which authority of a state receives a request.</summary>
internal static class WhichAuthority
{
    /// <summary>
    /// The authorities that receive a request, the best first: this office's own entry before what was only notified, one for the
    /// stage of proceedings before one for all stages, one that takes the language, one confirmed within a year, the one confirmed last.
    /// An authority for another stage or kind is left out; a notification for which an own entry stands is named with that entry.
    /// </summary>
    [Rule("AU-02", "Which authority receives a request", "UNTOC art. 18(13); UNTOC art. 18(14); UNCAC art. 46(13)-(14); 1988 Convention art. 7(8)-(9); Firearms Protocol art. 13(2)")]
    internal static IReadOnlyList<AuthorityAnswer> Of(IReadOnlyList<DirectoryEntry> entries, AuthorityQuestion question)
    {
        var possible = entries.Where(e => !e.Ended && e.State.Equals(question.State) && (question.Stage is null || e.Content.Stage == "any" || e.Content.Stage == question.Stage)).ToArray();
        var competent = Array.FindAll(possible, e => e.Content.Kinds.Contains(question.Kind, StringComparer.Ordinal));
        var general = competent.Length == 0 ? question.General : null;
        if (general is not null) competent = Array.FindAll(possible, e => e.Content.Kinds.Contains(general, StringComparer.Ordinal));
        var own = Array.FindAll(competent, e => e.Notified is null);
        var alone = competent.Where(e => e.Notified is not null && !Array.Exists(own, o => StandsFor(o, e)));
        return
        [
            .. own.Concat(alone)
                .Select(e => new AuthorityAnswer(e.Id, e.State, e.Content, e.Restricted, e.LastConfirmedOn, IsStale.On(e.LastConfirmedOn, question.On), e.Notified, Reasons(e, question, general, competent)))
                .OrderBy(a => a.Notified is not null)
                .ThenBy(a => a.Content.Name.Length == 0)
                .ThenBy(a => question.Stage is not null && a.Content.Stage != question.Stage)
                .ThenBy(a => question.Language is not null && !a.Content.Languages.Contains(question.Language, StringComparer.Ordinal))
                .ThenBy(a => a.Stale)
                .ThenByDescending(a => a.LastConfirmedOn)
                .ThenBy(a => a.Content.Name, StringComparer.Ordinal)
                .ThenBy(a => a.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether an own entry speaks of what was notified: an authority of the same state for the same stage under the same instrument.</summary>
    internal static bool StandsFor(DirectoryEntry own, DirectoryEntry notification) =>
        own.State.Equals(notification.State) && own.Content.Kinds.Intersect(notification.Content.Kinds, StringComparer.Ordinal).Any()
        && (own.Content.Stage == "any" || notification.Content.Stage == "any" || own.Content.Stage == notification.Content.Stage)
        && (own.Content.Instruments.Count == 0 || own.Content.Instruments.Contains(notification.Notified!.Value.Instrument, StringComparer.Ordinal));

    private static List<AuthorityReason> Reasons(DirectoryEntry entry, AuthorityQuestion question, string? general, DirectoryEntry[] competent)
    {
        var reasons = new List<AuthorityReason>
        {
            general is not null ? new("general", new Message("authority.reason.general", ("kind", new Message("kind." + general))), null)
                : new("kind", new Message("authority.reason.kind", ("kind", Named(question.Kind))), null),
        };
        if (entry.Notified is { } citation) reasons.Add(new("notified", entry.Content.SaidOn is { } day ? new Message("authority.reason.notified-on", ("day", day)) : new Message("authority.reason.notified"), citation));
        else
        {
            foreach (var other in competent.Where(c => c.Notified is not null && StandsFor(entry, c)))
                reasons.Add(new("stands-for", other.Content.Name.Length > 0 ? new Message("authority.reason.stands-for", ("name", other.Content.Name)) : new Message("authority.reason.stands-for-unread"), other.Notified));
        }

        if (entry.Content.Name.Length == 0) reasons.Add(new("name-unread", new Message("authority.reason.name-unread"), null));
        if (question.Stage is { } stage)
            reasons.Add(entry.Content.Stage == stage ? new("stage", new Message("authority.reason.stage", ("stage", new Message("authority.stage." + stage))), null) : new("any-stage", new Message("authority.reason.any-stage"), null));
        if (question.Language is { } language)
            reasons.Add(entry.Content.Languages.Count == 0 ? new("language-unknown", new Message("authority.reason.language-unknown"), null)
                : entry.Content.Languages.Contains(language, StringComparer.Ordinal) ? new("language", new Message("authority.reason.language", ("language", language)), null)
                : new("other-language", new Message("authority.reason.other-language", ("languages", entry.Content.Languages.ToArray())), null));
        reasons.Add(IsStale.On(entry.LastConfirmedOn, question.On) ? new("stale", entry.LastConfirmedOn is { } last ? new Message("authority.reason.stale", ("day", last)) : new Message("authority.reason.never"), null)
            : new("confirmed", new Message("authority.reason.confirmed", ("day", entry.LastConfirmedOn)), null));
        return reasons;
    }

    private static object Named(string kind) => Codes.Kind(kind) is null ? kind : new Message("kind." + kind);
}
