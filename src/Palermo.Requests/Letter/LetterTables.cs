using System.Globalization;
using Palermo.Requests.Document;

namespace Palermo.Requests.Letter;

/// <summary>Persons, accounts, objects and annexes as tables.</summary>
internal static class LetterTables
{
    /// <summary>The persons and organizations concerned (UNTOC art. 18(15)(e)).</summary>
    internal static IEnumerable<Block> Persons(LetterWriter to)
    {
        var n = 0;
        foreach (var person in to.Document.Persons) yield return Person(to, person, ++n);
        n = 0;
        foreach (var organization in to.Document.Organizations)
        {
            yield return to.Facts(
                Caption(to, "letter.table.organization", ++n, organization.Name),
                ("letter.of.name", to.Cell(LetterWriter.Named(organization.Name))),
                ("letter.of.role", to.Free(ParagraphRole.Body, FreeTexts.Path("organizations", organization.Id, "role"), organization.Role)),
                ("letter.of.registration", to.Cell(LetterWriter.Code(organization.Registration))),
                ("letter.of.registered-in", to.StateCell(organization.State)),
                ("letter.of.address", to.Named(ParagraphRole.Body, organization.Address)));
        }
    }

    /// <summary>Accounts, vehicles, other property, firearms and electronic identifiers.</summary>
    internal static IEnumerable<Block> Things(LetterWriter to)
    {
        var n = 0;
        foreach (var account in to.Document.Accounts)
        {
            yield return to.Facts(
                Caption(to, "letter.table.account", ++n, ""),
                ("letter.of.type", to.WordCell("letter.account.", account.Type)),
                ("letter.of.number", to.Cell(LetterWriter.Code(LetterWords.AccountNumber(account)))),
                ("letter.of.institution", to.Cell(LetterWriter.Named(account.Institution))),
                ("letter.of.holder", to.Cell(LetterWriter.Named(account.Holder))),
                ("letter.of.from", to.DayCell(account.From)),
                ("letter.of.until", to.DayCell(account.Until)));
        }

        n = 0;
        foreach (var vehicle in to.Document.Vehicles)
        {
            yield return to.Facts(
                Caption(to, "letter.table.vehicle", ++n, ""),
                ("letter.of.type", to.WordCell("letter.vehicle.", vehicle.Type)),
                ("letter.of.description", to.Free(ParagraphRole.Body, FreeTexts.Path("vehicles", vehicle.Id, "description"), vehicle.Description)),
                ("letter.of.marks", to.Cell(LetterWriter.Named(vehicle.Registration))),
                ("letter.of.number", to.Cell(LetterWriter.Code(vehicle.Number))),
                ("letter.of.registered-in", to.StateCell(vehicle.State)));
        }

        n = 0;
        foreach (var property in to.Document.Property)
        {
            yield return to.Facts(
                Caption(to, "letter.table.property", ++n, ""),
                ("letter.of.type", to.WordCell("letter.property.", property.Type)),
                ("letter.of.description", to.Free(ParagraphRole.Body, FreeTexts.Path("property", property.Id, "description"), property.Description)),
                ("letter.of.location", to.Named(ParagraphRole.Body, property.Location)),
                ("letter.of.value", to.Cell(LetterWriter.Code(property.Value is { } value ? to.Words.Amount(value, property.Currency) : property.Currency))),
                ("letter.of.owner", to.Cell(LetterWriter.Named(property.Owner))));
        }

        n = 0;
        foreach (var firearm in to.Document.Firearms)
        {
            yield return to.Facts(
                Caption(to, "letter.table.firearm", ++n, ""),
                ("letter.of.type", to.Cell(LetterWriter.Named(firearm.Type))),
                ("letter.of.make", to.Cell(LetterWriter.Named(firearm.Make))),
                ("letter.of.model", to.Cell(LetterWriter.Named(firearm.Model))),
                ("letter.of.calibre", to.Cell(LetterWriter.Code(firearm.Calibre))),
                ("letter.of.serial", to.Cell(LetterWriter.Code(firearm.Serial))),
                ("letter.of.country-mark", to.StateCell(firearm.Country)),
                ("letter.of.markings", to.Free(ParagraphRole.Body, FreeTexts.Path("firearms", firearm.Id, "markings"), firearm.Markings)),
                ("letter.of.found", to.Free(ParagraphRole.Body, FreeTexts.Path("firearms", firearm.Id, "found"), firearm.Found)));
        }

        n = 0;
        foreach (var electronic in to.Document.Electronic)
        {
            yield return to.Facts(
                Caption(to, "letter.table.electronic", ++n, ""),
                ("letter.of.type", to.WordCell("letter.electronic.", electronic.Type)),
                ("letter.of.identifier", to.Cell(LetterWriter.Code(electronic.Value))),
                ("letter.of.provider", to.Cell(LetterWriter.Named(electronic.Provider))),
                ("letter.of.from", to.DayCell(electronic.From)),
                ("letter.of.until", to.DayCell(electronic.Until)));
        }
    }

    /// <summary>The annexes, by number, with the hash by which the reader knows that it is the same file.</summary>
    internal static Grid Annexes(LetterWriter to)
    {
        string[] columns = ["letter.of.ordinal", "letter.of.annex", "letter.of.file"];
        return new("", [.. columns.Select(c => to.Words.Say(c))], [.. to.Document.Annexes.Select((annex, i) => (IReadOnlyList<IReadOnlyList<Paragraph>>)
        [
            [to.Of(ParagraphRole.Body, LetterWriter.Code(Number(i + 1)))],
            [.. to.Free(ParagraphRole.Body, FreeTexts.Path("annexes", annex.Id, "title"), annex.Title)],
            [
                .. to.Cell(LetterWriter.Code(annex.FileName)),
                .. annex.Size > 0 ? [to.Say(ParagraphRole.Body, "letter.bytes", ("size", annex.Size.ToString("N0", CultureInfo.InvariantCulture)))] : Array.Empty<Paragraph>(),
                .. annex.Sha256.Length > 0 ? to.Cell(LetterWriter.Code("SHA-256 " + annex.Sha256)) : [],
            ],
        ])]);
    }

    /// <summary>Who translated what, and how that is certified.</summary>
    internal static Grid Translations(LetterWriter to, Func<string, string> titleOf)
    {
        string[] columns = ["letter.of.passage", "letter.of.translator", "letter.of.certification"];
        return new("", [.. columns.Select(c => to.Words.Say(c))], [.. to.Translations.Select(t => (IReadOnlyList<IReadOnlyList<Paragraph>>)
        [
            [to.Of(ParagraphRole.Body, to.Fixed(titleOf(t.Field)))],
            [.. to.Cell(LetterWriter.Named(t.Translator))],
            [.. t.Certification.Length == 0 ? [to.Say(ParagraphRole.Body, "letter.not-certified")] : to.Named(ParagraphRole.Body, t.Certification), .. to.DayCell(t.CertifiedOn)],
        ])]);
    }

    /// <summary>What an entry of any list is called where a measure refers to it; null when there is no such entry.</summary>
    internal static Piece? Called(LetterWriter to, string id)
    {
        var document = to.Document;
        if (document.Persons.FirstOrDefault(p => p.Id == id) is { } person) return LetterWriter.Named(LetterWords.Name(person));
        if (document.Organizations.FirstOrDefault(o => o.Id == id) is { } organization) return LetterWriter.Named(organization.Name);
        return Numbered(document.Accounts, a => a.Id, "letter.table.account", a => LetterWords.AccountNumber(a))
            ?? Numbered(document.Vehicles, v => v.Id, "letter.table.vehicle", v => v.Registration.Length > 0 ? v.Registration : v.Number)
            ?? Numbered(document.Property, p => p.Id, "letter.table.property", _ => "")
            ?? Numbered(document.Firearms, f => f.Id, "letter.table.firearm", f => f.Serial)
            ?? Numbered(document.Electronic, e => e.Id, "letter.table.electronic", e => e.Value)
            ?? Numbered(document.Annexes, a => a.Id, "letter.table.annex", _ => "");

        Piece? Numbered<T>(IReadOnlyList<T> list, Func<T, string> identifier, string key, Func<T, string> number)
        {
            var at = list.ToList().FindIndex(e => identifier(e) == id);
            return at < 0 ? null : to.Fixed(Caption(to, key, at + 1, number(list[at])));
        }
    }

    private static Grid Person(LetterWriter to, PersonEntry person, int n) => to.Facts(
        Caption(to, "letter.table.person", n, LetterWords.Name(person)),
        [
            ("letter.of.role", to.WordCell("letter.role.", person.Role)),
            .. person.Names.Select(name => ($"letter.name.{(name.Kind is "alias" or "former" ? name.Kind : "official")}", NameCell(to, name))),
            ("letter.of.born", to.DayCell(person.Born)),
            ("letter.of.birth-place", to.Cell(LetterWriter.Named(person.BirthPlace))),
            ("letter.of.sex", to.WordCell("letter.sex.", person.Sex)),
            ("letter.of.nationality", person.Nationalities.SelectMany(to.StateCell)),
            ("letter.of.whereabouts", to.Named(ParagraphRole.Body, person.Location)),
            ("letter.of.description", to.Free(ParagraphRole.Body, FreeTexts.Path("persons", person.Id, "description"), person.Description)),
            ("letter.of.documents", person.Documents.Select(d => Document(to, d))),
        ]);

    private static IEnumerable<Paragraph> NameCell(LetterWriter to, NameEntry name)
    {
        var rightToLeft = SafeText.IsRightToLeftScript(name.Script);
        var pieces = new List<Piece> { LetterWriter.Named(LetterWords.Name(name), rightToLeft) };
        // Which part is the family name is what registers ask first, and what readers of another script cannot see.
        if (name.Family.Length > 0 && name.Given.Length > 0) pieces.Add(to.Fixed(" (" + to.Words.Say("letter.family-name") + to.Colon));
        if (name.Family.Length > 0 && name.Given.Length > 0) pieces.AddRange([LetterWriter.Named(name.Family, rightToLeft), to.Fixed(")")]);
        return [to.Of(ParagraphRole.Body, [.. pieces])];
    }

    private static Paragraph Document(LetterWriter to, IdentityDocument document)
    {
        var type = "letter.document." + document.Type;
        List<Piece> pieces = [to.Words.Has(type) ? to.Fixed(to.Words.Say(type) + " ") : LetterWriter.Named(document.Type + " "), LetterWriter.Code(document.Number)];
        if (document.State.Length > 0) pieces.Add(to.Fixed(to.Comma + to.Words.State(document.State)));
        if (document.ValidUntil.Length > 0) pieces.Add(to.Fixed(to.Comma + to.Words.Say("letter.valid-until", ("day", to.Words.Day(document.ValidUntil) ?? SafeText.Line(document.ValidUntil)))));
        return to.Of(ParagraphRole.Body, [.. pieces]);
    }

    private static string Caption(LetterWriter to, string key, int n, string name)
    {
        var numbered = to.Words.Say(key, ("number", Number(n)));
        return SafeText.Line(name) is { Length: > 0 } line ? $"{numbered}{to.Colon}{line}" : numbered;
    }

    private static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);
}
