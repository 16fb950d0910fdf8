using System.Globalization;
using Palermo.Authorities.Hours;
using Palermo.Kernel;
using Palermo.Treaties.LegalBasis;
using Palermo.Treaties.Registry;

namespace Palermo.Authorities.Entries;

/// <summary>
/// An entry as named texts: what the form's fields, the columns of the CSV and the members of the JSON hold. Lists are joined by
/// <c>;</c>, or have one item a line where an item has parts of its own.
/// </summary>
internal static class EntryFields
{
    /// <summary>The field that came later than files of other nodes may have been written.</summary>
    internal const string Certified = "certification_required";

    /// <summary>Fields everybody may see, in the order of form and files.</summary>
    internal static readonly string[] Public =
    [
        "state", "names", "kinds", "stage", "instruments", "address", "email", "telephone", "fax", "web", "time_zone", "hours", "always_open",
        "languages", "channels", "urgent", "dual_criminality", "evidentiary_standard", "forms", Certified, "certification", "laws", "templates", "liaison", "source", "said_on",
    ];

    /// <summary>Fields for people who signed in only.</summary>
    internal static readonly string[] Restricted = ["contacts", "direct_telephone", "direct_email", "officers", "notes"];

    /// <summary>Stages of proceedings.</summary>
    internal static readonly string[] Stages = ["any", "before-trial", "trial", "enforcement"];

    /// <summary>Channels.</summary>
    internal static readonly string[] Channels = ["diplomatic", "direct", "interpol", "electronic", "e-evidence", "post", "courier", "liaison-officer"];

    /// <summary>Answers to whether dual criminality or a certified translation is required.</summary>
    internal static readonly string[] YesNo = ["not-known", "yes", "no"];

    /// <summary>Reads the public part.</summary>
    /// <param name="reference">States and instruments.</param>
    /// <param name="today">Today: nothing was said later.</param>
    /// <param name="field">Gives the text of a field, empty when there is none.</param>
    /// <param name="errors">Receives all refusals, and what is returned is not to be used when there are any; null to stop at the first.</param>
    /// <exception cref="RefusedException">A field cannot be taken; <see cref="RefusedException.Field"/> names it.</exception>
    internal static AuthorityContent Content(TreatyReference reference, DateOnly today, Func<string, string?> field, List<RefusedException>? errors = null)
    {
        T Of<T>(string name, Func<string, T> read) => Read(name, field, read, errors);
        string Text(string name, int longest) => Of(name, t => FieldText.Text(t, longest));
        var zone = Of("time_zone", FieldText.Zone);
        return new AuthorityContent
        {
            State = Of("state", t => reference.States.Resolve(t).Code),
            Names = Of("names", FieldText.Names),
            Kinds = Of("kinds", Kinds),
            Stage = Of("stage", t => t.Length == 0 ? "any" : FieldText.OneOf(t, Stages)),
            Instruments = Of("instruments", t => FieldText.List(t, 40, i => reference.Resolve(i).Id)),
            Address = Text("address", 1000),
            Email = Of("email", FieldText.Email),
            Telephone = Of("telephone", FieldText.Telephone),
            Fax = Of("fax", FieldText.Telephone),
            Web = Of("web", t => t.Length == 0 ? "" : FieldText.Address(t)),
            TimeZone = zone,
            Hours = Of("hours", t => Hours(t, zone ?? "UTC")),
            AlwaysOpen = Text("always_open", 300),
            Languages = Of("languages", t => FieldText.List(t, 30, FieldText.Language)),
            Channels = Of("channels", t => FieldText.List(t, 10, c => FieldText.OneOf(c, Channels))),
            Urgent = Text("urgent", 2000),
            DualCriminality = Of("dual_criminality", t => t.Length == 0 ? "not-known" : FieldText.OneOf(t, YesNo)),
            EvidentiaryStandard = Text("evidentiary_standard", 2000),
            Forms = Text("forms", 2000),
            CertificationRequired = Of(Certified, t => t.Length == 0 ? "not-known" : FieldText.OneOf(t, YesNo)),
            Certification = Text("certification", 2000),
            Laws = Of("laws", FieldText.Links),
            Templates = Of("templates", FieldText.Links),
            Liaison = Of("liaison", t => FieldText.Lines(t, 60, 2, p => new LiaisonPost(reference.States.Resolve(p[0]).Code, FieldText.Required(p[1], 100)))),
            Source = Of("source", t => FieldText.Required(t, 300)),
            SaidOn = Of("said_on", t => FieldText.Past(t, today)),
        };
    }

    /// <summary>Reads the restricted part.</summary>
    /// <inheritdoc cref="Content"/>
    internal static RestrictedPart RestrictedOf(TreatyReference reference, Func<string, string?> field, List<RefusedException>? errors = null)
    {
        T Of<T>(string name, Func<string, T> read) => Read(name, field, read, errors);
        return new RestrictedPart
        {
            Contacts = Of("contacts", t => FieldText.Text(t, 1000)),
            DirectTelephone = Of("direct_telephone", FieldText.Telephone),
            DirectEmail = Of("direct_email", FieldText.Email),
            Officers = Of("officers", t => FieldText.Lines(t, 60, 5, p =>
                new LiaisonOfficer(reference.States.Resolve(p[0]).Code, FieldText.Required(p[1], 100), FieldText.Required(p[2], 200), FieldText.Telephone(p[3]), FieldText.Email(p[4])))),
            Notes = Of("notes", t => FieldText.Text(t, 4000)),
        };
    }

    /// <summary>The public part's fields as texts.</summary>
    internal static Dictionary<string, string> Write(AuthorityContent c) => new(StringComparer.Ordinal)
    {
        ["state"] = c.State,
        ["names"] = string.Join('\n', c.Names.Select(n => $"{n.Language}: {n.Name}")),
        ["kinds"] = string.Join(';', c.Kinds),
        ["stage"] = c.Stage,
        ["instruments"] = string.Join(';', c.Instruments),
        ["address"] = c.Address,
        ["email"] = c.Email,
        ["telephone"] = c.Telephone,
        ["fax"] = c.Fax,
        ["web"] = c.Web,
        ["time_zone"] = c.TimeZone,
        ["hours"] = c.Hours,
        ["always_open"] = c.AlwaysOpen,
        ["languages"] = string.Join(';', c.Languages),
        ["channels"] = string.Join(';', c.Channels),
        ["urgent"] = c.Urgent,
        ["dual_criminality"] = c.DualCriminality,
        ["evidentiary_standard"] = c.EvidentiaryStandard,
        ["forms"] = c.Forms,
        [Certified] = c.CertificationRequired,
        ["certification"] = c.Certification,
        ["laws"] = Links(c.Laws),
        ["templates"] = Links(c.Templates),
        ["liaison"] = string.Join('\n', c.Liaison.Select(l => $"{l.State} | {l.City}")),
        ["source"] = c.Source,
        ["said_on"] = c.SaidOn is { } day ? Dates.Iso(day) : "",
    };

    /// <summary>The restricted part's fields as texts.</summary>
    internal static Dictionary<string, string> Write(RestrictedPart r) => new(StringComparer.Ordinal)
    {
        ["contacts"] = r.Contacts,
        ["direct_telephone"] = r.DirectTelephone,
        ["direct_email"] = r.DirectEmail,
        ["officers"] = string.Join('\n', r.Officers.Select(o => $"{o.State} | {o.City} | {o.Name} | {o.Telephone} | {o.Email}")),
        ["notes"] = r.Notes,
    };

    /// <summary>What two versions say differently: field, before, after.</summary>
    internal static IEnumerable<(string Field, string Before, string After)> Differences(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        after.Where(f => before.GetValueOrDefault(f.Key, "") != f.Value).Select(f => (f.Key, before.GetValueOrDefault(f.Key, ""), f.Value));

    private static T Read<T>(string name, Func<string, string?> field, Func<string, T> read, List<RefusedException>? errors)
    {
        try
        {
            return RefusedException.For(name, () => read(field(name)?.Trim() ?? ""));
        }
        catch (RefusedException e) when (errors is not null)
        {
            errors.Add(e);
            return default!;
        }
    }

    private static IReadOnlyList<string> Kinds(string text)
    {
        var kinds = FieldText.List(text, 30, k => Codes.Kind(k) is { } known ? Codes.Of(known) : FieldText.Code(k));
        return kinds.Count > 0 ? kinds : throw new RefusedException("authority.kinds-missing", ("choices", Codes.Kinds.ToArray()));
    }

    private static string Hours(string text, string zone)
    {
        if (text.Length == 0) return "";
        if (text.Length > 500) throw new RefusedException("authority.too-long", ("longest", 500.ToString(CultureInfo.InvariantCulture)));
        var hours = WeeklyHours.Parse(text).Text;
        return zone.Length > 0 ? hours : throw new RefusedException("authority.hours-without-zone");
    }

    private static string Links(IReadOnlyList<Link> links) => string.Join('\n', links.Select(l => $"{l.Title} | {l.Address}"));
}
