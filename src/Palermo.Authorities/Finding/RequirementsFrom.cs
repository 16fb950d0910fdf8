using Palermo.Authorities.Entries;
using Palermo.Data.Facts;
using Palermo.Kernel;
using Palermo.Treaties.Registry;

namespace Palermo.Authorities.Finding;

/// <summary>Puts together what a state asks of requests from the entries of its authorities and from what it notified.</summary>
internal static class RequirementsFrom
{
    internal static StateRequirements Collect(TreatyRegistry registry, IReadOnlyList<AuthorityAnswer> answers, State state, string kind, string general, DateOnly on)
    {
        var own = answers.Where(a => a.Notified is null).ToArray();
        IReadOnlyList<SourcedText> Texts(Func<AuthorityContent, string> text) =>
            [.. own.Where(a => text(a.Content).Length > 0).Select(a => new SourcedText(text(a.Content), a.Content.Source, a.LastConfirmedOn, a.Stale, null)).DistinctBy(t => t.Text, StringComparer.Ordinal)];
        var dual = Texts(c => c.DualCriminality == "not-known" ? "" : c.DualCriminality);
        var certified = Texts(c => c.CertificationRequired == "not-known" ? "" : c.CertificationRequired);
        IEnumerable<SourcedLanguages> languages =
        [
            .. own.Where(a => a.Content.Languages.Count > 0).Select(a => new SourcedLanguages(a.Content.Languages, a.Content.Source, a.LastConfirmedOn, a.Stale, null)),
            .. Notifications.Languages(registry, state).Where(l => IsAbout(registry, l.Fact, kind, general)).Select(l => new SourcedLanguages(
                l.Codes, registry.Reference.Sources.GetValueOrDefault(l.Fact.Source.Split(':')[0])?.Title ?? l.Fact.Source, l.Fact.Date, IsStale.On(l.Fact.Date, on), new Citation(l.Fact.Instrument, l.Fact.Article))),
        ];
        return new StateRequirements(
            state, kind, OneAnswer(dual), dual, [.. languages],
            Texts(c => c.EvidentiaryStandard), Texts(c => c.Forms), Texts(c => c.Certification), OneAnswer(certified), Texts(c => c.Urgent),
            [.. own.SelectMany(a => a.Content.Channels).Distinct(StringComparer.Ordinal)]);
    }

    private static string OneAnswer(IReadOnlyList<SourcedText> said) => said.Count == 0 ? "not-known" : said.Any(s => s.Text == "yes") ? "yes" : "no";

    /// <summary>A declaration that does not speak of a special kind by name is about it when it is about the kind it belongs to.</summary>
    private static bool IsAbout(TreatyRegistry registry, DeclarationFact fact, string kind, string general)
    {
        var kinds = Notifications.Kinds(registry, fact);
        return kinds.Contains(kind, StringComparer.Ordinal) || kinds.Contains(general, StringComparer.Ordinal);
    }
}
