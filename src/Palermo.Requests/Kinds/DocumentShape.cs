using System.Collections.Frozen;
using System.Globalization;
using Palermo.Requests.Document;

namespace Palermo.Requests.Kinds;

/// <summary>What the tables can name in a document: its members and its lists with their entries' attributes.</summary>
internal static class DocumentShape
{
    /// <summary>Members, and the text that shows whether one is there.</summary>
    internal static readonly FrozenDictionary<string, Func<RequestDocument, string?>> Members = new Dictionary<string, Func<RequestDocument, string?>>(StringComparer.Ordinal)
    {
        ["requesting"] = d => d.Requesting,
        ["requested"] = d => d.Requested,
        ["basis"] = d => d.Basis is { Relied.Count: > 0 } b ? b.Relied[0] : null,
        ["requestingAuthority.name"] = d => d.RequestingAuthority?.Name,
        ["requestingAuthority.address"] = d => d.RequestingAuthority?.Address,
        ["requestingAuthority.email"] = d => d.RequestingAuthority?.Email,
        ["requestingAuthority.telephone"] = d => d.RequestingAuthority?.Telephone,
        ["requestingAuthority.officer"] = d => d.RequestingAuthority?.Officer,
        ["requestedAuthority.name"] = d => d.RequestedAuthority?.Name,
        ["requestedAuthority.address"] = d => d.RequestedAuthority?.Address,
        ["requestedAuthority.email"] = d => d.RequestedAuthority?.Email,
        ["requestedAuthority.telephone"] = d => d.RequestedAuthority?.Telephone,
        ["requestedAuthority.officer"] = d => d.RequestedAuthority?.Officer,
        ["language"] = d => d.Language,
        ["targetLanguage"] = d => d.TargetLanguage,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The lists, in the document's order.</summary>
    internal static readonly ListShape[] All =
    [
        Of<MeasureEntry>("measures", "measures", d => d.Measures, m => m.Id, m => m.Code, ("code", m => m.Code), ("details", m => m.Details), ("procedure", m => m.Procedure)),
        Of<PersonEntry>("persons", "persons", d => d.Persons, p => p.Id, NameOf,
            ("role", p => p.Role), ("names", AnyName), ("born", p => p.Born), ("birthPlace", p => p.BirthPlace), ("sex", p => p.Sex),
            ("nationalities", p => p.Nationalities.Count > 0 ? p.Nationalities[0] : ""), ("location", p => p.Location), ("description", p => p.Description),
            ("documents", p => p.Documents.Count > 0 ? p.Documents[0].Number : "")),
        Of<OrganizationEntry>("organizations", "persons", d => d.Organizations, o => o.Id, o => o.Name,
            ("role", o => o.Role), ("name", o => o.Name), ("registration", o => o.Registration), ("state", o => o.State), ("address", o => o.Address)),
        Of<AccountEntry>("accounts", "property", d => d.Accounts, a => a.Id, a => a.Number.Length > 0 ? a.Number : a.Holder,
            ("type", a => a.Type), ("number", a => a.Number), ("institution", a => a.Institution), ("holder", a => a.Holder),
            ("from", a => a.From), ("until", a => a.Until)),
        Of<VehicleEntry>("vehicles", "property", d => d.Vehicles, v => v.Id, v => v.Registration.Length > 0 ? v.Registration : v.Number,
            ("type", v => v.Type), ("number", v => v.Number), ("registration", v => v.Registration), ("state", v => v.State), ("description", v => v.Description)),
        Of<PropertyEntry>("property", "property", d => d.Property, p => p.Id, p => p.Description,
            ("type", p => p.Type), ("description", p => p.Description), ("location", p => p.Location), ("currency", p => p.Currency), ("owner", p => p.Owner),
            ("value", p => p.Value?.ToString(CultureInfo.InvariantCulture) ?? "")),
        Of<FirearmEntry>("firearms", "property", d => d.Firearms, f => f.Id, f => f.Serial.Length > 0 ? f.Serial : f.Make,
            ("type", f => f.Type), ("make", f => f.Make), ("model", f => f.Model), ("calibre", f => f.Calibre), ("serial", f => f.Serial),
            ("country", f => f.Country), ("markings", f => f.Markings), ("found", f => f.Found)),
        Of<ElectronicEntry>("electronic", "property", d => d.Electronic, e => e.Id, e => e.Value,
            ("type", e => e.Type), ("value", e => e.Value), ("provider", e => e.Provider), ("from", e => e.From), ("until", e => e.Until)),
        Of<AnnexEntry>("annexes", "annexes", d => d.Annexes, a => a.Id, a => a.Title, ("title", a => a.Title), ("type", a => a.Type)),
    ];

    /// <summary>The lists by name.</summary>
    internal static readonly FrozenDictionary<string, ListShape> Lists = All.ToFrozenDictionary(l => l.Name, StringComparer.Ordinal);

    /// <summary>The official name, or the first one; empty when there is none.</summary>
    internal static string NameOf(PersonEntry person)
    {
        foreach (var name in person.Names)
            if (name.Family.Length + name.Given.Length > 0) return name.Given.Length == 0 ? name.Family : name.Family.Length == 0 ? name.Given : $"{name.Given} {name.Family}";
        return "";
    }

    private static string AnyName(PersonEntry person)
    {
        foreach (var name in person.Names)
            if (name.Family.Length + name.Given.Length > 0) return name.Family.Length > 0 ? name.Family : name.Given;
        return "";
    }

    private static ListShape Of<T>(string name, string section, Func<RequestDocument, IReadOnlyList<T>> entries, Func<T, string> id, Func<T, string> label, params (string Name, Func<T, string> Read)[] attributes)
        where T : class =>
        new(name, section, entries, e => id((T)e), e => label((T)e),
            attributes.ToFrozenDictionary(a => a.Name, a => (Func<object, string>)(e => a.Read((T)e)), StringComparer.Ordinal));
}

/// <summary>A list of the document.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Section">The section its entries are typed in.</param>
/// <param name="Entries">The entries.</param>
/// <param name="Id">An entry's identifier.</param>
/// <param name="Label">What people know an entry by.</param>
/// <param name="Attributes">What an entry says, as a text that is empty when it does not.</param>
internal sealed record ListShape(
    string Name, string Section, Func<RequestDocument, IReadOnlyList<object>> Entries, Func<object, string> Id, Func<object, string> Label, FrozenDictionary<string, Func<object, string>> Attributes);
