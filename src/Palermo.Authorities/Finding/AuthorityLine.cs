using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Palermo.Authorities.Entries;
using Palermo.Authorities.Hours;
using Palermo.Kernel;
using Palermo.Treaties.LegalBasis;

namespace Palermo.Authorities.Finding;

/// <summary>A reason as a program reads it.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Citation">The provision; empty when there is none.</param>
public sealed record ReasonLine(string Code, string Text, string Citation);

/// <summary>An authority as the command line and the API give it.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="State">Alpha-3 code.</param>
/// <param name="Name">The name it is listed under; empty when it is not known.</param>
/// <param name="Stage">Stage of proceedings.</param>
/// <param name="Kinds">Codes of the kinds of cooperation.</param>
/// <param name="OpenNow">Whether it is open now; null when its hours are not known.</param>
/// <param name="LocalTime">The time there, ISO 8601 with its offset; null when its time zone is not known.</param>
/// <param name="LastConfirmedOn">When it was last confirmed.</param>
/// <param name="Stale">Whether that is more than a year ago, or not known.</param>
/// <param name="Notified">The article under which it was notified; null for an entry of the directory.</param>
/// <param name="Languages">Languages it accepts.</param>
/// <param name="Channels">Channels it accepts.</param>
/// <param name="Content">All that is public.</param>
/// <param name="Restricted">What is for people who signed in; null for strangers.</param>
/// <param name="Reasons">Why it is named.</param>
public sealed record AuthorityLine(
    string Id, string State, string Name, string Stage, IReadOnlyList<string> Kinds, bool? OpenNow, string? LocalTime, DateOnly? LastConfirmedOn, bool Stale, string? Notified,
    IReadOnlyList<string> Languages, IReadOnlyList<string> Channels, AuthorityContent Content, RestrictedPart? Restricted, IReadOnlyList<ReasonLine> Reasons)
{
    internal static AuthorityLine Of(AuthoritiesModule module, AuthorityAnswer answer, Language language)
    {
        string Cite(Citation citation) => BasisTexts.Cite(module.Treaties.Reference, module.Texts, language, citation);
        var (c, now) = (answer.Content, Instant.FromDateTimeOffset(module.Clock.GetUtcNow()));
        var zone = c.TimeZone.Length > 0 ? Hours.OpenNow.Zone(c.TimeZone) : null;
        bool? open = zone is not null && c.Hours.Length > 0 ? Hours.OpenNow.At(WeeklyHours.Parse(c.Hours), zone, now).Open : null;
        return new AuthorityLine(
            answer.Id, answer.State.Code, c.Name, c.Stage, c.Kinds, open,
            zone is null ? null : NodaTime.Text.OffsetDateTimePattern.ExtendedIso.Format(now.InZone(zone).ToOffsetDateTime().With(TimeAdjusters.TruncateToMinute)),
            answer.LastConfirmedOn, answer.Stale, answer.Notified is { } notified ? Cite(notified) : null, c.Languages, c.Channels, c, answer.Restricted,
            [.. answer.Reasons.Select(r => new ReasonLine(r.Code, module.Texts.Say(language, r.Text), r.Source is { } source ? Cite(source) : ""))]);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<AuthorityLine>))]
internal sealed partial class AuthorityJson : JsonSerializerContext
{
    /// <summary>Letters of every script stand as they are; pages are never built from this text.</summary>
    internal static readonly AuthorityJson Readable = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true,
    });
}
