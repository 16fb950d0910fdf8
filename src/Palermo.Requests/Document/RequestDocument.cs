using System.Text.Json;
using System.Text.Json.Serialization;
using Palermo.Treaties.LegalBasis;

namespace Palermo.Requests.Document;

/// <summary>
/// A request as a program reads it: the twin of the letter, with the published schema <c>palermo-request/1</c>.
/// A step of the task list is stored as a document that holds only that step's members; <see cref="AssembleRequest"/> puts the steps together.
/// </summary>
/// <remarks>
/// Free text stands in <see cref="Fields"/> under <c>section.item</c>, for example <c>facts.summary</c>. Which items a kind asks
/// for, of which type and under which article, is data: <c>data/requests/items.csv</c>. Unknown members are kept.
/// </remarks>
public sealed record RequestDocument
{
    /// <summary>Name and version of the schema.</summary>
    public const string SchemaName = "palermo-request/1";

    /// <summary>Always <see cref="SchemaName"/>.</summary>
    public string Schema { get; init; } = SchemaName;

    /// <summary>Identifier, the same on both sides and for ever.</summary>
    public Guid? Id { get; init; }

    /// <summary>The requesting authority's number; given at approval.</summary>
    public string? Number { get; init; }

    /// <summary>The day it was approved.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Code of the kind, from <c>data/requests/kinds.csv</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>ISO 3166-1 alpha-3 code of the requesting state.</summary>
    public string? Requesting { get; init; }

    /// <summary>ISO 3166-1 alpha-3 code of the requested state.</summary>
    public string? Requested { get; init; }

    /// <summary>The legal basis, frozen as the finder answered on its day.</summary>
    public FrozenBasis? Basis { get; init; }

    /// <summary>The authority that asks (UNTOC art. 18(15)(a)).</summary>
    public AuthorityEntry? RequestingAuthority { get; init; }

    /// <summary>The authority that is asked (UNTOC art. 18(13)).</summary>
    public AuthorityEntry? RequestedAuthority { get; init; }

    /// <summary>Free text, days and choices by <c>section.item</c>; days as <c>YYYY-MM-DD</c>, yes and no as <c>yes</c> and <c>no</c>.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Why something that is expected but not mandatory is absent, by <c>section.item</c> or by the list's name.</summary>
    public IReadOnlyDictionary<string, string> Absences { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What is asked for (UNTOC art. 18(3), 18(15)(d)).</summary>
    public IReadOnlyList<MeasureEntry> Measures { get; init; } = [];

    /// <summary>Persons concerned (UNTOC art. 18(15)(e)).</summary>
    public IReadOnlyList<PersonEntry> Persons { get; init; } = [];

    /// <summary>Organizations concerned.</summary>
    public IReadOnlyList<OrganizationEntry> Organizations { get; init; } = [];

    /// <summary>Bank accounts and other accounts of value.</summary>
    public IReadOnlyList<AccountEntry> Accounts { get; init; } = [];

    /// <summary>Vehicles, vessels and aircraft.</summary>
    public IReadOnlyList<VehicleEntry> Vehicles { get; init; } = [];

    /// <summary>Other property (UNTOC art. 13(3)(a)).</summary>
    public IReadOnlyList<PropertyEntry> Property { get; init; } = [];

    /// <summary>Firearms, parts and ammunition (Firearms Protocol art. 12).</summary>
    public IReadOnlyList<FirearmEntry> Firearms { get; init; } = [];

    /// <summary>Electronic identifiers: addresses, telephone numbers, accounts of services.</summary>
    public IReadOnlyList<ElectronicEntry> Electronic { get; init; } = [];

    /// <summary>Annexes by name and hash.</summary>
    public IReadOnlyList<AnnexEntry> Annexes { get; init; } = [];

    /// <summary>Code of the language in which the request is written.</summary>
    public string? Language { get; init; }

    /// <summary>Code (or ISO 639 code) of the language into which it goes for the requested state (UNTOC art. 18(14)).</summary>
    public string? TargetLanguage { get; init; }

    /// <summary>What translators made of the free text.</summary>
    public IReadOnlyList<TranslationEntry> Translations { get; init; } = [];

    /// <summary>Members this version does not know.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; init; }

    /// <summary>One field's text, trimmed; empty when absent.</summary>
    public string Field(string name) => Fields.TryGetValue(name, out var text) ? text.Trim() : "";
}

/// <summary>What the finder answered on a day, kept as it was.</summary>
/// <param name="AskedOn">The day it was asked.</param>
/// <param name="Record">Number of the last batch of the record it was answered from.</param>
/// <param name="Report">The whole answer with its reasons.</param>
/// <param name="Relied">Identifiers of the instruments the request relies on, the primary one first.</param>
public sealed record FrozenBasis(DateOnly AskedOn, int Record, BasisReport Report, IReadOnlyList<string> Relied);

/// <summary>An authority as it stands in a request.</summary>
public sealed record AuthorityEntry
{
    /// <summary>Number of the directory's entry, if it was taken from there.</summary>
    public string? Entry { get; init; }

    /// <summary>Name in its own language or Latin script.</summary>
    public string Name { get; init; } = "";

    /// <summary>Postal address, in lines.</summary>
    public string Address { get; init; } = "";

    /// <summary>Electronic address.</summary>
    public string Email { get; init; } = "";

    /// <summary>Telephone, international format.</summary>
    public string Telephone { get; init; } = "";

    /// <summary>Person who answers questions.</summary>
    public string Officer { get; init; } = "";
}

/// <summary>One measure asked for.</summary>
public sealed record MeasureEntry
{
    /// <summary>Unique within the document.</summary>
    public string Id { get; init; } = "";

    /// <summary>Code from <c>data/requests/measures.csv</c>.</summary>
    public string Code { get; init; } = "";

    /// <summary>What exactly is asked.</summary>
    public string Details { get; init; } = "";

    /// <summary>Special procedure to be followed (UNTOC art. 18(15)(d), 18(17)).</summary>
    public string Procedure { get; init; } = "";

    /// <summary>Identifiers of the persons, accounts, objects … it concerns.</summary>
    public IReadOnlyList<string> Concerns { get; init; } = [];
}

/// <summary>A name as written in one script.</summary>
/// <param name="Family">Family name or names.</param>
/// <param name="Given">Given names.</param>
/// <param name="Script">ISO 15924 code of the script, such as <c>Latn</c>, <c>Cyrl</c>, <c>Arab</c>, <c>Hans</c>.</param>
/// <param name="Kind"><c>official</c>, <c>alias</c> or <c>former</c>.</param>
public sealed record NameEntry(string Family = "", string Given = "", string Script = "Latn", string Kind = "official");

/// <summary>A document of identity.</summary>
/// <param name="Type"><c>passport</c>, <c>identity-card</c> or <c>other</c>.</param>
/// <param name="Number">Its number.</param>
/// <param name="State">Issuing state, alpha-3.</param>
/// <param name="ValidUntil">Last day of validity, <c>YYYY-MM-DD</c>.</param>
public sealed record IdentityDocument(string Type = "", string Number = "", string State = "", string ValidUntil = "");

/// <summary>A natural person.</summary>
public sealed record PersonEntry
{
    /// <summary>Unique within the document.</summary>
    public string Id { get; init; } = "";

    /// <summary><c>suspect</c>, <c>accused</c>, <c>convicted</c>, <c>sought</c>, <c>witness</c>, <c>expert</c>, <c>victim</c>, <c>detained</c> or <c>other</c>.</summary>
    public string Role { get; init; } = "";

    /// <summary>Names, the official one first.</summary>
    public IReadOnlyList<NameEntry> Names { get; init; } = [];

    /// <summary>Date of birth, which may be partial: <c>1970</c>, <c>1970-04</c> or <c>1970-04-12</c>.</summary>
    public string Born { get; init; } = "";

    /// <summary>Place of birth.</summary>
    public string BirthPlace { get; init; } = "";

    /// <summary><c>female</c>, <c>male</c>, <c>other</c> or empty.</summary>
    public string Sex { get; init; } = "";

    /// <summary>Nationalities, alpha-3.</summary>
    public IReadOnlyList<string> Nationalities { get; init; } = [];

    /// <summary>Where the person is: address or last known place.</summary>
    public string Location { get; init; } = "";

    /// <summary>Description: looks, marks, languages.</summary>
    public string Description { get; init; } = "";

    /// <summary>Documents of identity.</summary>
    public IReadOnlyList<IdentityDocument> Documents { get; init; } = [];
}

/// <summary>A legal person or other organization.</summary>
public sealed record OrganizationEntry
{
    /// <summary>Unique within the document.</summary>
    public string Id { get; init; } = "";

    /// <summary>What it has to do with the case.</summary>
    public string Role { get; init; } = "";

    /// <summary>Name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Number in a register.</summary>
    public string Registration { get; init; } = "";

    /// <summary>State of registration, alpha-3.</summary>
    public string State { get; init; } = "";

    /// <summary>Address.</summary>
    public string Address { get; init; } = "";
}

/// <summary>An account of value.</summary>
public sealed record AccountEntry
{
    /// <summary>Unique within the document.</summary>
    public string Id { get; init; } = "";

    /// <summary><c>iban</c>, <c>number</c> or <c>wallet</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>The number; an IBAN is checked (ISO 13616).</summary>
    public string Number { get; init; } = "";

    /// <summary>Bank or service, with BIC where known.</summary>
    public string Institution { get; init; } = "";

    /// <summary>Holder.</summary>
    public string Holder { get; init; } = "";

    /// <summary>First day of the period asked about, <c>YYYY-MM-DD</c>.</summary>
    public string From { get; init; } = "";

    /// <summary>Last day of the period asked about, <c>YYYY-MM-DD</c>.</summary>
    public string Until { get; init; } = "";
}

/// <summary>A vehicle, vessel or aircraft.</summary>
public sealed record VehicleEntry
{
    /// <summary>Unique within the document.</summary>
    public string Id { get; init; } = "";

    /// <summary><c>road</c>, <c>vessel</c> or <c>aircraft</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>Vehicle identification number (ISO 3779) of a road vehicle, checked; IMO number of a vessel.</summary>
    public string Number { get; init; } = "";

    /// <summary>Registration plate, name and flag, or marks.</summary>
    public string Registration { get; init; } = "";

    /// <summary>State of registration or flag, alpha-3.</summary>
    public string State { get; init; } = "";

    /// <summary>Make, model, colour.</summary>
    public string Description { get; init; } = "";
}

/// <summary>Property other than the above.</summary>
public sealed record PropertyEntry
{
    /// <summary>Unique within the document.</summary>
    public string Id { get; init; } = "";

    /// <summary><c>real-estate</c>, <c>cash</c>, <c>valuables</c>, <c>shares</c>, <c>cultural</c> or <c>other</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>Description sufficient to find it (UNTOC art. 13(3)(a)).</summary>
    public string Description { get; init; } = "";

    /// <summary>Where it is.</summary>
    public string Location { get; init; } = "";

    /// <summary>Estimated value, in units of <see cref="Currency"/>.</summary>
    public decimal? Value { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Owner or holder, where known.</summary>
    public string Owner { get; init; } = "";
}

/// <summary>A firearm, its parts or ammunition (Firearms Protocol arts. 3, 8, 12).</summary>
public sealed record FirearmEntry
{
    /// <summary>Unique within the document.</summary>
    public string Id { get; init; } = "";

    /// <summary>Type: pistol, revolver, rifle …</summary>
    public string Type { get; init; } = "";

    /// <summary>Make.</summary>
    public string Make { get; init; } = "";

    /// <summary>Model.</summary>
    public string Model { get; init; } = "";

    /// <summary>Calibre.</summary>
    public string Calibre { get; init; } = "";

    /// <summary>Serial number.</summary>
    public string Serial { get; init; } = "";

    /// <summary>Country of manufacture or import, alpha-3.</summary>
    public string Country { get; init; } = "";

    /// <summary>Other markings.</summary>
    public string Markings { get; init; } = "";

    /// <summary>Circumstances of the find.</summary>
    public string Found { get; init; } = "";
}

/// <summary>An identifier of the electronic world.</summary>
/// <param name="Id">Unique within the document.</param>
/// <param name="Type"><c>email</c>, <c>telephone</c>, <c>ip</c>, <c>domain</c>, <c>url</c>, <c>imei</c>, <c>account</c> or <c>other</c>.</param>
/// <param name="Value">The identifier.</param>
/// <param name="Provider">Service provider.</param>
/// <param name="From">First moment asked about, ISO 8601 with zone.</param>
/// <param name="Until">Last moment asked about, ISO 8601 with zone.</param>
public sealed record ElectronicEntry(string Id = "", string Type = "", string Value = "", string Provider = "", string From = "", string Until = "");

/// <summary>An annex.</summary>
/// <param name="Id">Identifier of the stored file.</param>
/// <param name="Title">What it is.</param>
/// <param name="FileName">Name of the file.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="Type">Media type found in its first bytes; <c>translation</c> for a translation of the whole request.</param>
public sealed record AnnexEntry(string Id = "", string Title = "", string FileName = "", long Size = 0, string Sha256 = "", string Type = "")
{
    /// <summary>The type of an annex that is the translation of the whole request.</summary>
    internal const string Translation = "translation";
}

/// <summary>A translator's text beside the original.</summary>
public sealed record TranslationEntry
{
    /// <summary>Path of the original: <c>facts.summary</c>, or <c>measures/ID/details</c>.</summary>
    public string Field { get; init; } = "";

    /// <summary>Language code.</summary>
    public string Language { get; init; } = "";

    /// <summary>The translation.</summary>
    public string Text { get; init; } = "";

    /// <summary><see cref="TranslationHash"/> of the original when it was translated; a changed original makes the translation stale.</summary>
    public string Of { get; init; } = "";

    /// <summary>Name of the translator.</summary>
    public string Translator { get; init; } = "";

    /// <summary>Certification as the translator gives it; empty when not certified.</summary>
    public string Certification { get; init; } = "";

    /// <summary>Day of the certification, <c>YYYY-MM-DD</c>.</summary>
    public string CertifiedOn { get; init; } = "";
}
