using Palermo.Requests.Document;

namespace Palermo.Requests.Letter;

/// <summary>Makes paragraphs and tables of texts, each piece in its language and direction.</summary>
internal sealed class LetterWriter(RequestDocument document, LetterWords words)
{
    private bool RightToLeft => Words.Language.RightToLeft;

    /// <summary>The wording.</summary>
    internal LetterWords Words { get; } = words;

    /// <summary>The request.</summary>
    internal RequestDocument Document { get; } = document;

    /// <summary>A piece of the letter's own wording.</summary>
    internal Piece Fixed(string text) => new(text, Words.Language.Code, PieceKind.Fixed, RightToLeft);

    /// <summary>A number, address or code.</summary>
    internal static Piece Code(string? text) => new(SafeText.Line(text), "", PieceKind.Code, false);

    /// <summary>A name of no certain language: its letters decide where it runs.</summary>
    internal static Piece Named(string? text, bool? rightToLeft = null)
    {
        var line = SafeText.Line(text);
        return new(line, "", PieceKind.Free, rightToLeft ?? StartsRightToLeft(line));
    }

    /// <summary>A paragraph of the letter's own wording.</summary>
    internal Paragraph Say(ParagraphRole role, string key, params (string Name, object? Value)[] fillings) => Of(role, Fixed(Words.Say(key, fillings)));

    /// <summary>A paragraph that runs as the letter does.</summary>
    internal Paragraph Of(ParagraphRole role, params Piece[] pieces) => new(role, pieces, RightToLeft);

    /// <summary>One paragraph for each line of a name or address.</summary>
    internal IEnumerable<Paragraph> Named(ParagraphRole role, string text) =>
        SafeText.Lines(text).Where(l => l.Length > 0).Select(l => new Paragraph(role, [Named(l)], RightToLeft));

    /// <summary>A title and what stands behind it, in one line; nothing when there is nothing.</summary>
    internal IEnumerable<Paragraph> Titled(ParagraphRole role, string key, Piece value)
    {
        if (value.Text.Length > 0) yield return Of(role, Fixed(Words.Say(key) + Colon), value);
    }

    /// <summary>Between two things told one after the other.</summary>
    internal string Comma => Words.Language.Code switch { "ar" => "، ", "zh" => "，", _ => ", " };

    /// <summary>Between a title and what it announces.</summary>
    internal string Colon => Words.Language.Code switch { "fr" => "\u00A0: ", "zh" => "：", _ => ": " };

    /// <summary>A free text as far as it is translated: marked in front, line by line, when it still needs a translator.</summary>
    internal IEnumerable<Paragraph> Free(ParagraphRole role, string path, string text)
    {
        var shown = FreeTexts.In(Document, path, text, Words.Code);
        var needed = shown.State is TranslationState.Missing or TranslationState.Stale;
        var rightToLeft = shown.Language.Length == 0 ? StartsRightToLeft(shown.Text) : SafeText.IsRightToLeft(shown.Language);
        if (!SafeText.HasWords(shown.Text)) rightToLeft = RightToLeft;
        var mark = needed ? Mark(shown) : null;
        foreach (var line in SafeText.Lines(shown.Text))
        {
            if (line.Length == 0) continue;
            var piece = new Piece(line, shown.Language, needed ? PieceKind.Untranslated : PieceKind.Free, rightToLeft);
            yield return new Paragraph(role, mark is null ? [piece] : [mark, piece], mark is null ? rightToLeft : RightToLeft);
            mark = null;
        }
    }

    /// <summary>Whether what a translator wrote is shown anywhere in this letter.</summary>
    internal bool IsTranslated => Translations.Any();

    /// <summary>The translations into the letter's language that fit their originals.</summary>
    internal IEnumerable<TranslationEntry> Translations => FreeTexts.Of(Document, static _ => true)
        .Where(t => FreeTexts.In(Document, t.Path, t.Text, Words.Code).State == TranslationState.Fresh)
        .Select(t => Document.Translations.Last(e => e.Field == t.Path && string.Equals(e.Language, Words.Code, StringComparison.OrdinalIgnoreCase) && !string.IsNullOrWhiteSpace(e.Text)));

    /// <summary>A table in which each row's first cell is its title; rows without content are left out.</summary>
    internal Grid Facts(string caption, params IEnumerable<(string Key, IEnumerable<Paragraph> Content)> rows) =>
        new(caption, [], [.. rows.Select(r => (r.Key, Content: r.Content.ToArray())).Where(r => r.Content.Any(p => p.Pieces.Any(x => x.Text.Length > 0)))
            .Select(r => (IReadOnlyList<IReadOnlyList<Paragraph>>)[[Say(ParagraphRole.Body, r.Key)], r.Content])]);

    /// <summary>One cell that holds one piece.</summary>
    internal IEnumerable<Paragraph> Cell(Piece piece) => piece.Text.Length == 0 ? [] : [Of(ParagraphRole.Body, piece)];

    /// <summary>A cell with a day written out as far as it is known.</summary>
    internal IEnumerable<Paragraph> DayCell(string text) =>
        string.IsNullOrWhiteSpace(text) ? [] : Words.Day(text.Trim()) is { } written ? [Of(ParagraphRole.Body, Fixed(written))] : [Of(ParagraphRole.Body, Code(text))];

    /// <summary>A cell with a word of the letter's own for a code; the code itself when there is none.</summary>
    internal IEnumerable<Paragraph> WordCell(string prefix, string code) =>
        code.Length == 0 ? [] : [Of(ParagraphRole.Body, Words.Has(prefix + code) ? Fixed(Words.Say(prefix + code)) : Named(code))];

    /// <summary>A cell with a state's name.</summary>
    internal IEnumerable<Paragraph> StateCell(string alpha3) => alpha3.Length == 0 ? [] : [Of(ParagraphRole.Body, Fixed(Words.State(alpha3)))];

    private Piece Mark(ShownText shown)
    {
        var key = shown.State == TranslationState.Stale ? "letter.translate-again" : "letter.translate";
        return new(Words.Say(key, ("language", Words.LanguageName(shown.Language))) + " ", Words.Language.Code, PieceKind.Mark, RightToLeft);
    }

    /// <summary>Whether the first letter of a text is one that runs from right to left.</summary>
    private static bool StartsRightToLeft(string text)
    {
        var first = text.FirstOrDefault(char.IsLetter);
        return first is >= '\u0590' and <= '\u08FF' or >= '\uFB1D' and <= '\uFDFF' or >= '\uFE70' and <= '\uFEFC';
    }
}
