using Palermo.Kernel;
using Palermo.Requests.Document;

namespace Palermo.Requests.Letter;

/// <summary>What a piece of text is, so that every format shows it alike.</summary>
internal enum PieceKind
{
    /// <summary>Wording of the letter itself.</summary>
    Fixed,

    /// <summary>What somebody wrote, or a name.</summary>
    Free,

    /// <summary>A number, an address or a code, which runs from left to right in every language.</summary>
    Code,

    /// <summary>A note that a text still needs a translator.</summary>
    Mark,

    /// <summary>A text that still needs a translator.</summary>
    Untranslated,
}

/// <summary>What a paragraph is for.</summary>
internal enum ParagraphRole
{
    /// <summary>Running text.</summary>
    Body,

    /// <summary>DRAFT, CONFIDENTIAL, URGENT.</summary>
    Banner,

    /// <summary>The state at the head of the letter.</summary>
    State,

    /// <summary>The authority that writes and where it is.</summary>
    Sender,

    /// <summary>Announces the authority that is written to.</summary>
    To,

    /// <summary>The authority that is written to.</summary>
    Addressee,

    /// <summary>Number and date.</summary>
    Reference,

    /// <summary>What the letter is.</summary>
    Title,

    /// <summary>What the next paragraphs answer.</summary>
    Label,

    /// <summary>One numbered measure.</summary>
    Item,

    /// <summary>What belongs to a numbered measure.</summary>
    ItemText,

    /// <summary>The first words after the request itself.</summary>
    Closing,

    /// <summary>A remark on the letter, not part of the request.</summary>
    Note,

    /// <summary>A line to be filled in by hand.</summary>
    Line,

    /// <summary>The place for the seal.</summary>
    Seal,
}

/// <summary>A piece of text in one language.</summary>
/// <param name="Text">The text, without line breaks and without characters that could harm.</param>
/// <param name="Language">ISO 639 code; empty for a name or number of no language.</param>
/// <param name="Kind">What it is.</param>
/// <param name="RightToLeft">Whether its script runs from right to left.</param>
internal sealed record Piece(string Text, string Language, PieceKind Kind, bool RightToLeft);

/// <summary>A block of the letter.</summary>
internal abstract record Block;

/// <summary>A paragraph.</summary>
/// <param name="Role">What it is for.</param>
/// <param name="Pieces">Its text.</param>
/// <param name="RightToLeft">The direction in which it runs.</param>
internal sealed record Paragraph(ParagraphRole Role, IReadOnlyList<Piece> Pieces, bool RightToLeft) : Block;

/// <summary>A table: with titles above its columns, or with a title before each of its rows.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Columns">Titles of its three columns; empty when each row's first cell is its title.</param>
/// <param name="Rows">Cells, each of paragraphs.</param>
internal sealed record Grid(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<IReadOnlyList<Paragraph>>> Rows) : Block;

/// <summary>A section.</summary>
/// <param name="Key">The same in every language, so that two letters can stand side by side.</param>
/// <param name="Heading">Its heading; null when it has none.</param>
/// <param name="Blocks">What it holds.</param>
internal sealed record LetterSection(string Key, string? Heading, IReadOnlyList<Block> Blocks)
{
    /// <summary>Whether it starts on a page of its own.</summary>
    internal bool OnNewPage => Key is "signature" or "annexes" or "translations";

    /// <summary>Whether its heading is numbered: what is asked is, what only belongs to the letter is not.</summary>
    internal bool Numbered => Heading is not null && !OnNewPage;
}

/// <summary>A letter of request in one language, before it becomes a file.</summary>
/// <param name="Code">Code of the language into which free text goes.</param>
/// <param name="Language">Language of the fixed wording.</param>
/// <param name="Title">What the letter is.</param>
/// <param name="Running">Number and marks, for the head of every page.</param>
/// <param name="PageOf">The words around the page's number and the number of pages, with <c>{page}</c> and <c>{pages}</c>.</param>
/// <param name="Draft">Whether number or date are absent.</param>
/// <param name="Sections">The letter.</param>
/// <param name="Document">The request itself.</param>
internal sealed record LetterOfRequest(
    string Code, Language Language, string Title, string Running, string PageOf, bool Draft, IReadOnlyList<LetterSection> Sections, RequestDocument Document);
