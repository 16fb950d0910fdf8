using Palermo.Requests.Document;

namespace Palermo.Requests.Letter;

/// <summary>What frames the request: head, salutation and reference to the basis, closing formula, page for signature and seal.</summary>
internal sealed class LetterHead(LetterWriter to, LetterItems items)
{
    private readonly RequestDocument _document = to.Document;

    /// <summary>What the letter is, for example "Request for mutual legal assistance in criminal matters".</summary>
    internal string Title { get; } = to.Words.SayOr("letter.kind." + to.Document.Kind, to.Words.SayOr("request.kind." + to.Document.Kind, to.Words.Say("letter.title")));

    /// <summary>Whether number or date are absent; both are given at approval.</summary>
    internal bool Draft => string.IsNullOrWhiteSpace(_document.Number) || _document.Date is null;

    /// <summary>Number and marks in one line.</summary>
    internal string Running => string.Join(" · ", new[] { SafeText.Line(_document.Number) }.Concat(Marks()).Where(t => t.Length > 0));

    /// <summary>Head of the letter.</summary>
    internal IEnumerable<Block> Blocks()
    {
        if (to.Words.Language.Code != to.Words.Code) yield return to.Say(ParagraphRole.Note, "letter.fixed-language", ("language", to.Words.LanguageName(to.Words.Code)));
        foreach (var mark in Marks()) yield return to.Of(ParagraphRole.Banner, to.Fixed(mark));
        if (_document.Requesting is { Length: > 0 } state) yield return to.Of(ParagraphRole.State, to.Fixed(to.Words.State(state)));
        foreach (var line in Authority(ParagraphRole.Sender, _document.RequestingAuthority)) yield return line;
        if (!string.IsNullOrWhiteSpace(_document.Number)) yield return to.Of(ParagraphRole.Reference, to.Fixed(to.Words.Say("letter.number") + to.Colon), LetterWriter.Code(_document.Number));
        if (_document.Date is { } date) yield return to.Say(ParagraphRole.Reference, "letter.date", ("date", date));
        if (_document.Id is { } id) yield return to.Of(ParagraphRole.Reference, to.Fixed(to.Words.Say("letter.identifier") + to.Colon), LetterWriter.Code(id.ToString()));
        yield return to.Say(ParagraphRole.To, "letter.to");
        foreach (var line in Authority(ParagraphRole.Addressee, _document.RequestedAuthority)) yield return line;
        if (_document.Requested is { Length: > 0 } requested) yield return to.Of(ParagraphRole.Addressee, to.Fixed(to.Words.State(requested)));
        yield return to.Of(ParagraphRole.Title, to.Fixed(Title));
    }

    /// <summary>Salutation, that it was asked before in words (UNTOC art. 18(14)), and legal basis.</summary>
    internal IEnumerable<Block> Opening()
    {
        yield return to.Say(ParagraphRole.Body, IsInformation ? "letter.opening-information" : "letter.opening", ("from", Sender), ("to", Recipient));
        if (to.Words.Day(_document.Field(LetterItems.MadeOrally)) is { } day) yield return to.Say(ParagraphRole.Body, "letter.confirms-oral", ("day", day));
        foreach (var sentence in LetterBasis.Sentences(to, items.MainProvision)) yield return sentence;
    }

    /// <summary>The formula with which such letters end.</summary>
    internal IEnumerable<Block> Closing()
    {
        if (!IsInformation) yield return to.Say(ParagraphRole.Closing, "letter.thanks");
        yield return to.Say(IsInformation ? ParagraphRole.Closing : ParagraphRole.Body, "letter.closing", ("from", Sender), ("to", Recipient));
    }

    /// <summary>Where it is signed and sealed.</summary>
    internal IEnumerable<Block> Signature()
    {
        yield return to.Say(ParagraphRole.Body, "letter.signed-for", ("from", Sender));
        if (!string.IsNullOrWhiteSpace(_document.Number)) yield return to.Of(ParagraphRole.Body, to.Fixed(to.Words.Say("letter.number") + to.Colon), LetterWriter.Code(_document.Number));
        if (_document.Date is { } date) yield return to.Say(ParagraphRole.Body, "letter.date", ("date", date));
        foreach (var line in new[] { "letter.place-and-day", "letter.signatory", "letter.function", "letter.signature" }) yield return to.Of(ParagraphRole.Line, to.Fixed(to.Words.Say(line)));
        yield return to.Say(ParagraphRole.Seal, "letter.seal");
    }

    /// <summary>Whether nothing is asked, only told (UNTOC art. 18(4)).</summary>
    private bool IsInformation => _document.Kind == "spontaneous-information";

    private string Sender => Called(_document.RequestingAuthority, _document.Requesting, "letter.requesting-authority");

    private string Recipient => Called(_document.RequestedAuthority, _document.Requested, "letter.requested-authority");

    private string Called(AuthorityEntry? authority, string? state, string otherwise)
    {
        var name = SafeText.Line(authority?.Name) is { Length: > 0 } given ? given : to.Words.Say(otherwise);
        return string.IsNullOrEmpty(state) ? name : to.Words.Say("letter.authority-of", ("authority", name), ("state", to.Words.State(state)));
    }

    private IEnumerable<string> Marks()
    {
        if (Draft) yield return to.Words.Say("letter.draft");
        if (items.Confidential) yield return to.Words.Say("letter.confidential");
        if (items.Urgent) yield return to.Words.Say("letter.urgent");
    }

    private IEnumerable<Paragraph> Authority(ParagraphRole role, AuthorityEntry? authority) => authority is null ? [] :
    [
        .. to.Named(role, authority.Name),
        .. to.Named(role, authority.Address),
        .. to.Titled(role, "letter.telephone", LetterWriter.Code(authority.Telephone)),
        .. to.Titled(role, "letter.email", LetterWriter.Code(authority.Email)),
        .. to.Titled(role, "letter.officer", LetterWriter.Named(authority.Officer)),
    ];
}
