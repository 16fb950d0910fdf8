using Palermo.Authorities.Entries;
using Palermo.Authorities.Finding;
using Palermo.Authorities.Reports;
using Palermo.Data;
using Palermo.Kernel;
using Palermo.Treaties;

namespace Palermo.Authorities;

/// <summary>The Authorities module of one node: who is competent in which state, for what, and how to reach them.</summary>
/// <param name="treaties">The Treaties module: states, declarations, kinds.</param>
public sealed class AuthoritiesModule(TreatyModule treaties)
{
    private readonly Lazy<IReadOnlyDictionary<string, string>> _finderKinds = new(() => SpecialKinds.Read(treaties.Reference.Folder));

    /// <summary>The Treaties module.</summary>
    public TreatyModule Treaties { get; } = treaties;

    /// <summary>The node's record.</summary>
    public PalermoDatabase Database => Treaties.Database;

    /// <summary>The interface's texts.</summary>
    public Texts Texts => Treaties.Texts;

    /// <summary>The clock.</summary>
    public TimeProvider Clock => Treaties.Clock;

    /// <summary>The authorities of a state that receive a request of a kind, the best first, each with the reasons why (UNTOC art. 18(13)).</summary>
    /// <param name="state">The requested state.</param>
    /// <param name="kind">Code of the kind of cooperation: one of the finder's, or another that entries use; where nobody is named for a special kind, the authority for the kind it belongs to answers.</param>
    /// <param name="stage">before-trial, trial or enforcement; null when not known.</param>
    /// <param name="language">ISO 639 code of the language the request will be in; null when open.</param>
    /// <param name="restricted">Whether the restricted part is read; only for people who signed in.</param>
    public IReadOnlyList<AuthorityAnswer> Find(State state, string kind, string? stage, string? language, bool restricted)
    {
        ArgumentNullException.ThrowIfNull(state);
        var notified = Notifications.All(Treaties.Registry()).Where(n => n.State.Equals(state));
        return WhichAuthority.Of([.. ReadDirectory.Entries(this, state, restricted), .. notified], new AuthorityQuestion(state, kind, stage, language, Treaties.Today, General(kind)));
    }

    /// <summary>What a state asks of requests of a kind, each with who says so; what nobody says is empty or not-known.</summary>
    /// <param name="state">The requested state.</param>
    /// <param name="kind">Code of the kind of cooperation.</param>
    /// <param name="stage">before-trial, trial or enforcement; null when not known.</param>
    public StateRequirements RequirementsOf(State state, string kind, string? stage = null) =>
        RequirementsFrom.Collect(Treaties.Registry(), Find(state, kind, stage, null, restricted: false), state, kind, General(kind), Treaties.Today);

    /// <summary>Writes a mail to the owner of every entry that has not been confirmed for a year, at most once in 30 days per entry.</summary>
    /// <returns>How many mails were written.</returns>
    public int WriteDueReminders() => DueReminders.Write(this);

    /// <summary>The finder's kind that a kind of request belongs to.</summary>
    private string General(string kind) => _finderKinds.Value.GetValueOrDefault(kind, kind);
}

/// <summary>An authority that receives a request.</summary>
/// <param name="Id">Identifier, as in <c>/authorities/ID</c>.</param>
/// <param name="State">Its state.</param>
/// <param name="Content">What is public of it.</param>
/// <param name="Restricted">What is for people who signed in; null when not asked for or when there is none.</param>
/// <param name="LastConfirmedOn">When somebody last said that it is correct; of a notification the day it was made; null when not known.</param>
/// <param name="Stale">Whether that is more than 365 days ago, or not known.</param>
/// <param name="Notified">The article under which it was notified to the depositary; null for an entry of the directory.</param>
/// <param name="Reasons">Why it is named, and what to mind.</param>
public sealed record AuthorityAnswer(
    string Id, State State, AuthorityContent Content, RestrictedPart? Restricted, DateOnly? LastConfirmedOn, bool Stale, Citation? Notified, IReadOnlyList<AuthorityReason> Reasons);

/// <summary>Why an authority is named.</summary>
/// <param name="Code">kind, general, notified, stands-for, name-unread, stage, any-stage, language, other-language, language-unknown, confirmed or stale.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Source">The provision it rests on; null when it rests on the entry.</param>
public sealed record AuthorityReason(string Code, Message Text, Citation? Source);

/// <summary>What a state asks of requests of one kind.</summary>
/// <param name="State">The requested state.</param>
/// <param name="Kind">Code of the kind of cooperation.</param>
/// <param name="DualCriminality">yes, no or not-known; yes as soon as one authority says so.</param>
/// <param name="DualCriminalitySaid">Who says what about dual criminality (<c>yes</c> or <c>no</c>).</param>
/// <param name="Languages">Languages accepted, the directory's entries before notifications.</param>
/// <param name="EvidentiaryStandard">Evidentiary standard.</param>
/// <param name="Forms">Forms to be used.</param>
/// <param name="Certification">Certification and legalization.</param>
/// <param name="CertificationRequired">Whether translations must be certified: yes, no or not-known; yes as soon as one authority says so.</param>
/// <param name="Urgent">How to make an urgent request.</param>
/// <param name="Channels">Codes of the channels accepted.</param>
public sealed record StateRequirements(
    State State, string Kind, string DualCriminality, IReadOnlyList<SourcedText> DualCriminalitySaid, IReadOnlyList<SourcedLanguages> Languages,
    IReadOnlyList<SourcedText> EvidentiaryStandard, IReadOnlyList<SourcedText> Forms, IReadOnlyList<SourcedText> Certification, string CertificationRequired, IReadOnlyList<SourcedText> Urgent, IReadOnlyList<string> Channels);

/// <summary>A statement and who makes it.</summary>
/// <param name="Text">The statement.</param>
/// <param name="Source">Who says so.</param>
/// <param name="On">When it was last said to be correct; null when not known.</param>
/// <param name="Stale">Whether that is more than a year ago.</param>
/// <param name="Notified">The article under which it was notified; null for an entry of the directory.</param>
public sealed record SourcedText(string Text, string Source, DateOnly? On, bool Stale, Citation? Notified);

/// <summary>Languages accepted and who says so.</summary>
/// <param name="Codes">ISO 639 codes.</param>
/// <param name="Source">Who says so.</param>
/// <param name="On">When it was last said to be correct; null when not known.</param>
/// <param name="Stale">Whether that is more than a year ago.</param>
/// <param name="Notified">The article under which they were notified; null for an entry of the directory.</param>
public sealed record SourcedLanguages(IReadOnlyList<string> Codes, string Source, DateOnly? On, bool Stale, Citation? Notified);
