using Palermo.Kernel;

namespace Palermo.Treaties.Registry;

/// <summary>A treaty or protocol: the attributes that its depositary publishes and that never depend on a state.</summary>
public sealed record Instrument : INamed
{
    private readonly string[] _titles = new string[Language.All.Count];
    private readonly string[] _shortTitles = new string[Language.All.Count];

    /// <summary>Identifier, for example <c>untoc</c>.</summary>
    public required string Id { get; init; }

    /// <summary>How English citations call it, for example <c>UNTOC</c>.</summary>
    public required string Abbreviation { get; init; }

    /// <summary>Chapter and number in the UN Treaty Collection, for example <c>XVIII-12</c>; empty when another depositary keeps it.</summary>
    public required string UntcNumber { get; init; }

    /// <summary><c>un</c> (Secretary-General) or <c>oas</c> (General Secretariat of the OAS).</summary>
    public required string Depositary { get; init; }

    /// <summary>The convention a protocol belongs to, or empty.</summary>
    public required string ParentId { get; init; }

    /// <summary>Whether only parties to <see cref="ParentId"/> can be bound.</summary>
    public required bool ParentRequired { get; init; }

    /// <summary>Whether it is a treaty of the OAS's member states, so that silence about another state means that it is not a party.</summary>
    public required bool Regional { get; init; }

    /// <summary>Day of adoption.</summary>
    public required DateOnly AdoptedOn { get; init; }

    /// <summary>Place of adoption, in English.</summary>
    public required string AdoptedAt { get; init; }

    /// <summary>First day of the period of signature, if known.</summary>
    public required DateOnly? SignatureFrom { get; init; }

    /// <summary>Last day of the period of signature, if it ended and is known.</summary>
    public required DateOnly? SignatureUntil { get; init; }

    /// <summary>First entry into force; null when not known.</summary>
    public required DateOnly? EntryIntoForce { get; init; }

    /// <summary>The rule for the first entry into force, in English; may be empty.</summary>
    public required string FirstEntryRule { get; init; }

    /// <summary>Days from deposit to entry into force for a later party; null when not known.</summary>
    public required int? LaterPartyDays { get; init; }

    /// <summary>Article on entry into force; may be empty.</summary>
    public required string EntryIntoForceArticle { get; init; }

    /// <summary>How long after its notification a denunciation takes effect.</summary>
    public required DenunciationNotice DenunciationNotice { get; init; }

    /// <summary>Article on denunciation; may be empty.</summary>
    public required string DenunciationArticle { get; init; }

    /// <summary>Registration number and place in the UN Treaty Series, for a person; may be empty.</summary>
    public required string Registration { get; init; }

    /// <summary>Source identifiers joined by <c>;</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Position in <see cref="TreatyRegistry.Instruments"/>.</summary>
    public required int Index { get; init; }

    /// <summary>The short title in a language.</summary>
    public string NameIn(Language language) => _shortTitles[language.Index];

    /// <summary>The full title in a language.</summary>
    public string TitleIn(Language language) => _titles[language.Index];

    /// <inheritdoc/>
    public override string ToString() => Id;

    /// <inheritdoc/>
    public bool Equals(Instrument? other) => ReferenceEquals(this, other) || (other is not null && Id == other.Id);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Id, StringComparison.Ordinal);

    internal void SetNames(Language language, string title, string shortTitle) =>
        (_titles[language.Index], _shortTitles[language.Index]) = (title, shortTitle);
}

/// <summary>The notice a denunciation needs before it takes effect.</summary>
public enum DenunciationNotice
{
    /// <summary>Not known.</summary>
    NotKnown,

    /// <summary>One year after receipt.</summary>
    OneYear,

    /// <summary>Six months after receipt.</summary>
    SixMonths,

    /// <summary>On 1 January of the next year when received by 1 July, otherwise a year later (1961 Convention art. 46(2); 1971 Convention art. 29(2)).</summary>
    FirstOfJanuary,
}
