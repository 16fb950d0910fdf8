using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Palermo.Authorities.Entries;

/// <summary>A name in one language or script.</summary>
/// <param name="Language">Language tag (BCP 47), for example <c>lv</c> or <c>ru-Latn</c>.</param>
/// <param name="Name">The name.</param>
public sealed record NameIn(string Language, string Name);

/// <summary>A page elsewhere: a law, a template.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Address">Where it is, <c>https://…</c>.</param>
public sealed record Link(string Title, string Address);

/// <summary>Where a liaison officer is posted.</summary>
/// <param name="State">Alpha-3 code of the state the officer is posted in.</param>
/// <param name="City">The city.</param>
public sealed record LiaisonPost(string State, string City);

/// <summary>Who a liaison officer is; restricted.</summary>
/// <param name="State">Alpha-3 code of the state the officer is posted in.</param>
/// <param name="City">The city.</param>
/// <param name="Name">The officer's name.</param>
/// <param name="Telephone">Direct telephone; may be empty.</param>
/// <param name="Email">Direct electronic address; may be empty.</param>
public sealed record LiaisonOfficer(string State, string City, string Name, string Telephone, string Email);

/// <summary>What an entry says to people who signed in only.</summary>
public sealed record RestrictedPart
{
    /// <summary>Nothing.</summary>
    public static RestrictedPart None { get; } = new();

    /// <summary>Names of the people to ask for.</summary>
    public string Contacts { get; init; } = "";

    /// <summary>Their direct telephone.</summary>
    public string DirectTelephone { get; init; } = "";

    /// <summary>Their own electronic address.</summary>
    public string DirectEmail { get; init; } = "";

    /// <summary>Who the liaison officers are.</summary>
    public IReadOnlyList<LiaisonOfficer> Officers { get; init; } = [];

    /// <summary>Notes of this office.</summary>
    public string Notes { get; init; } = "";
}

/// <summary>What an entry of the directory says to everybody.</summary>
public sealed record AuthorityContent
{
    /// <summary>Alpha-3 code of its state.</summary>
    public required string State { get; init; }

    /// <summary>Its names, the one it is listed under first; empty when an authority was notified whose name could not be read.</summary>
    public required IReadOnlyList<NameIn> Names { get; init; }

    /// <summary>Codes of the kinds of cooperation it is competent for.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>Stage of proceedings: any, before-trial, trial or enforcement.</summary>
    public string Stage { get; init; } = "any";

    /// <summary>Identifiers of the instruments it is competent under; empty for all.</summary>
    public IReadOnlyList<string> Instruments { get; init; } = [];

    /// <summary>Postal address, in lines.</summary>
    public string Address { get; init; } = "";

    /// <summary>Electronic address of the office.</summary>
    public string Email { get; init; } = "";

    /// <summary>Telephone of the office.</summary>
    public string Telephone { get; init; } = "";

    /// <summary>Fax.</summary>
    public string Fax { get; init; } = "";

    /// <summary>Web page.</summary>
    public string Web { get; init; } = "";

    /// <summary>Opening hours, for example <c>Mon-Fri 09:00-17:00</c>; local time of <see cref="TimeZone"/>.</summary>
    public string Hours { get; init; } = "";

    /// <summary>IANA time zone, for example <c>Europe/Riga</c>.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>How to reach its point of contact at any hour; empty when there is none.</summary>
    public string AlwaysOpen { get; init; } = "";

    /// <summary>Codes of the languages it accepts (ISO 639).</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Channels it accepts: diplomatic, direct, interpol, electronic, e-evidence, post, courier or liaison-officer.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>How to make an urgent request.</summary>
    public string Urgent { get; init; } = "";

    /// <summary>Whether its state requires dual criminality: yes, no or not-known.</summary>
    public string DualCriminality { get; init; } = "not-known";

    /// <summary>Evidentiary standard.</summary>
    public string EvidentiaryStandard { get; init; } = "";

    /// <summary>Forms to be used.</summary>
    public string Forms { get; init; } = "";

    /// <summary>Whether translations must be certified: yes, no or not-known.</summary>
    public string CertificationRequired { get; init; } = "not-known";

    /// <summary>Certification and legalization.</summary>
    public string Certification { get; init; } = "";

    /// <summary>Its laws.</summary>
    public IReadOnlyList<Link> Laws { get; init; } = [];

    /// <summary>Templates it offers.</summary>
    public IReadOnlyList<Link> Templates { get; init; } = [];

    /// <summary>Where its liaison officers are posted.</summary>
    public IReadOnlyList<LiaisonPost> Liaison { get; init; } = [];

    /// <summary>Who says so.</summary>
    public required string Source { get; init; }

    /// <summary>When they said so; null when not known.</summary>
    public DateOnly? SaidOn { get; init; }

    /// <summary>The name it is listed under; empty when it is not known.</summary>
    [JsonIgnore]
    public string Name => Names.Count > 0 ? Names[0].Name : "";

    /// <summary>Its name in a language, otherwise the one it is listed under.</summary>
    public string NameFor(string language) =>
        (Names.FirstOrDefault(n => n.Language == language) ?? Names.FirstOrDefault(n => n.Language.StartsWith(language + "-", StringComparison.Ordinal)))?.Name ?? Name;
}

/// <summary>How entries are kept as JSON. Read at run time, because generated readers leave a member that is absent null instead of giving it its default.</summary>
internal static class ContentJson
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    internal static string Write(AuthorityContent content) => JsonSerializer.Serialize(content, Readable);

    internal static string Write(RestrictedPart part) => JsonSerializer.Serialize(part, Readable);

    internal static AuthorityContent Content(string json) => JsonSerializer.Deserialize<AuthorityContent>(json, Readable)!;

    internal static RestrictedPart Restricted(string json) => JsonSerializer.Deserialize<RestrictedPart>(json, Readable)!;
}
