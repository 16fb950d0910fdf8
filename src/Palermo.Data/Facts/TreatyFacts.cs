namespace Palermo.Data.Facts;

/// <summary>One act of participation: a signature, or an instrument deposited with the depositary.</summary>
public sealed class ParticipationFact : Fact
{
    /// <summary>Identifier of the instrument.</summary>
    public required string Instrument { get; init; }

    /// <summary>Alpha-3 code of the state.</summary>
    public required string State { get; init; }

    /// <summary>An action of <c>participation.csv</c>: signature, ratification, acceptance, approval, accession, succession, formal-confirmation, definitive-signature, denunciation.</summary>
    public required string Action { get; init; }

    /// <summary>Day of the signature, or of deposit with the depositary.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>stated, derived-from-entry-into-force or inferred.</summary>
    public required string DateBasis { get; init; }

    /// <summary>high, medium or low.</summary>
    public required string Confidence { get; init; }

    /// <summary>Remark of the source, may be empty.</summary>
    public string Note { get; init; } = "";

    /// <inheritdoc/>
    public override string Content => Join(Instrument, State, Action, Date, DateBasis, Confidence, Note);
}

/// <summary>That a source names a state as party or signatory by a day, without the date of its act.</summary>
public sealed class KnownPartyFact : Fact
{
    /// <summary>Identifier of the instrument.</summary>
    public required string Instrument { get; init; }

    /// <summary>Alpha-3 code of the state.</summary>
    public required string State { get; init; }

    /// <summary>party or signatory.</summary>
    public required string Status { get; init; }

    /// <summary>The day by which it was one; null when the source has no date, and then it is counted on no day.</summary>
    public required DateOnly? KnownBy { get; init; }

    /// <summary>Remark, may be empty.</summary>
    public string Note { get; init; } = "";

    /// <inheritdoc/>
    public override string Content => Join(Instrument, State, Status, KnownBy, Note);
}

/// <summary>A reservation, interpretative declaration, notification or objection.</summary>
public sealed class DeclarationFact : Fact
{
    /// <summary>Identifier of the instrument.</summary>
    public required string Instrument { get; init; }

    /// <summary>Alpha-3 code of the state that made it.</summary>
    public required string State { get; init; }

    /// <summary>When it was made; null when the source does not say.</summary>
    public required DateOnly? Date { get; init; }

    /// <summary>reservation, declaration, notification or objection.</summary>
    public required string Kind { get; init; }

    /// <summary>Articles it speaks of, joined by <c>;</c>; may be empty.</summary>
    public string Article { get; init; } = "";

    /// <summary>Topic of <c>declaration-effects.csv</c>.</summary>
    public required string Topic { get; init; }

    /// <summary>Value of <c>declaration-effects.csv</c>; empty when the statement's content could not be read.</summary>
    public string Value { get; init; } = "";

    /// <summary>Its content in our own words, in English.</summary>
    public required string Paraphrase { get; init; }

    /// <inheritdoc/>
    public override string Content => Join(Instrument, State, Date, Kind, Article, Topic, Value, Paraphrase);
}

/// <summary>What a state said of one of its territories.</summary>
public sealed class TerritorialFact : Fact
{
    /// <summary>Identifier of the instrument.</summary>
    public required string Instrument { get; init; }

    /// <summary>Alpha-3 code of the state.</summary>
    public required string State { get; init; }

    /// <summary>Name of the territory as in the source.</summary>
    public required string Territory { get; init; }

    /// <summary>Code of the territory, may be empty.</summary>
    public string TerritoryCode { get; init; } = "";

    /// <summary>applies, excluded or control-limited.</summary>
    public required string Effect { get; init; }

    /// <summary>From when on; null means from the state's own participation.</summary>
    public required DateOnly? From { get; init; }

    /// <summary>Remark, may be empty.</summary>
    public string Note { get; init; } = "";

    /// <inheritdoc/>
    public override string Content => Join(Instrument, State, Territory, TerritoryCode, Effect, From, Note);
}

/// <summary>How far the record of an instrument's participation is complete.</summary>
public sealed class KnowledgeFact : Fact
{
    /// <summary>Identifier of the instrument.</summary>
    public required string Instrument { get; init; }

    /// <summary>Up to this day, absence of an act means that there was none.</summary>
    public required DateOnly AsAt { get; init; }

    /// <summary>False when some parties are known by name only, without the date of their act.</summary>
    public required bool Dated { get; init; }

    /// <inheritdoc/>
    public override string Content => Join(Instrument, AsAt, Dated);
}

/// <summary>A text section of a depositary's file, kept beside the structured facts.</summary>
public sealed class TreatyTextFact : Fact
{
    /// <summary>Identifier of the instrument.</summary>
    public required string Instrument { get; init; }

    /// <summary>Alpha-3 code of the state, empty when the text is the instrument's.</summary>
    public string State { get; init; } = "";

    /// <summary>declarations, objections, declarations-under-article, notifications, territorial-applications or end-notes.</summary>
    public required string Section { get; init; }

    /// <summary>ISO 639-1 code of the file's language.</summary>
    public required string Language { get; init; }

    /// <summary>The text, without markup.</summary>
    public required string Text { get; init; }

    /// <inheritdoc/>
    public override string Content => Join(Instrument, State, Section, Language, Text);
}

/// <summary>A treaty between two states, entered by its keeper.</summary>
public sealed class BilateralTreatyFact : Fact
{
    /// <summary>Identifier, such as <c>bra-ita-mla-1989</c>.</summary>
    public required string Treaty { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>Alpha-3 code of one party.</summary>
    public required string PartyA { get; init; }

    /// <summary>Alpha-3 code of the other party.</summary>
    public required string PartyB { get; init; }

    /// <summary>The kinds of cooperation it governs, as the finder names them, joined by <c>;</c>.</summary>
    public required string Kinds { get; init; }

    /// <summary>Articles that carry a request, joined by <c>;</c>; may be empty.</summary>
    public string Provisions { get; init; } = "";

    /// <summary>When it was signed, if known.</summary>
    public DateOnly? SignedOn { get; init; }

    /// <summary>When it entered into force; null when it has not.</summary>
    public DateOnly? InForceFrom { get; init; }

    /// <summary>When it ceased to be in force, if it has.</summary>
    public DateOnly? InForceUntil { get; init; }

    /// <summary>Lowest maximum penalty it asks for, in years, if it does.</summary>
    public decimal? MinimumPenaltyYears { get; init; }

    /// <inheritdoc/>
    public override string Content => Join(Treaty, Title, PartyA, PartyB, Kinds, Provisions, SignedOn, InForceFrom, InForceUntil,
        MinimumPenaltyYears is { } years ? Math.Round(years, 2).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) : "");
}
