using System.Globalization;
using Palermo.Kernel;
using Palermo.Requests.Document;
using Palermo.Requests.Identifiers;

namespace Palermo.Requests.Completeness;

/// <summary>Whether what identifies persons and things can be right: check digits, dates, codes of states and currencies, forms of addresses, scripts.</summary>
internal static class IdentifiersHold
{
    internal static void Check(FindingList findings)
    {
        var request = findings.Request;
        Authority(findings, "requestingAuthority", request.RequestingAuthority);
        Authority(findings, "requestedAuthority", request.RequestedAuthority);
        foreach (var person in request.Persons) Person(findings, person);
        foreach (var organization in request.Organizations) State(findings, "persons", $"organizations/{organization.Id}/state", organization.State);
        foreach (var account in request.Accounts) Account(findings, account);
        foreach (var vehicle in request.Vehicles) Vehicle(findings, vehicle);
        foreach (var property in request.Property)
        {
            if (property.Currency.Length > 0 && (property.Currency.Length != 3 || !property.Currency.All(char.IsAsciiLetterUpper)))
                Wrong(findings, "property", $"property/{property.Id}/currency", "currency", property.Currency);
            if (property.Value < 0) Wrong(findings, "property", $"property/{property.Id}/value", "value", property.Value.Value.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var firearm in request.Firearms) State(findings, "property", $"firearms/{firearm.Id}/country", firearm.Country);
        foreach (var one in request.Electronic) Electronic(findings, one);
        foreach (var translation in request.Translations)
            if (translation.CertifiedOn.Length > 0 && !Dates.TryParse(translation.CertifiedOn, out _)) Wrong(findings, "language", $"translations/{translation.Field}", "date", translation.CertifiedOn);
    }

    private static void Authority(FindingList findings, string member, AuthorityEntry? authority)
    {
        if (authority is null) return;
        if (authority.Email.Trim() is { Length: > 0 } email && !ElectronicIdentifier.IsEmail(email)) Wrong(findings, "authority", member + ".email", "email", email);
        if (authority.Telephone.Trim() is { Length: > 0 } telephone && !telephone.Split(',', ';', '/').All(t => ElectronicIdentifier.IsTelephone(Bare(t))))
            findings.Add("authority", member + ".telephone", default, Severities.Note, "request.finding.telephone", ("given", RefusedException.Shorten(telephone)));
    }

    /// <summary>A number without the extension behind it.</summary>
    private static string Bare(string telephone) => telephone.Split("ext", StringSplitOptions.TrimEntries)[0];

    private static void Person(FindingList findings, PersonEntry person)
    {
        var path = $"persons/{person.Id}/";
        if (person.Born.Trim().Length > 0 && !PartialDate.TryParse(person.Born, out _)) Wrong(findings, "persons", path + "born", "partial-date", person.Born);
        foreach (var nationality in person.Nationalities) State(findings, "persons", path + "nationalities", nationality);
        foreach (var document in person.Documents)
        {
            State(findings, "persons", path + "documents", document.State);
            if (document.ValidUntil.Length > 0 && !Dates.TryParse(document.ValidUntil, out _)) Wrong(findings, "persons", path + "documents", "date", document.ValidUntil);
        }

        foreach (var name in person.Names)
            if ((Scripts.Other(name.Family, name.Script) ?? Scripts.Other(name.Given, name.Script)) is { } found)
                findings.Add("persons", path + "names", default, Severities.Note, "request.finding.script", ("name", RefusedException.Shorten($"{name.Given} {name.Family}".Trim())), ("script", RefusedException.Shorten(name.Script)), ("found", found));
    }

    private static void Account(FindingList findings, AccountEntry account)
    {
        var path = $"accounts/{account.Id}/";
        if (account.Type == "iban" && account.Number.Trim().Length > 0 && Iban.Check(account.Number, findings.Catalogue.IbanLengths) is not Iban.Fault.None and var fault)
            Wrong(findings, "property", path + "number", fault switch { Iban.Fault.Form => "iban-form", Iban.Fault.Length => "iban-length", _ => "iban-check" }, account.Number);
        Period(findings, path, account.From, account.Until);
    }

    private static void Period(FindingList findings, string path, string from, string until)
    {
        var known = true;
        foreach (var (name, text) in (ReadOnlySpan<(string, string)>)[("from", from), ("until", until)])
        {
            if (text.Trim().Length == 0 || Dates.TryParse(text, out _)) continue;
            Wrong(findings, "property", path + name, "date", text);
            known = false;
        }

        if (known && Dates.TryParse(from, out var first) && Dates.TryParse(until, out var last) && last < first) Wrong(findings, "property", path + "until", "period", until);
    }

    private static void Vehicle(FindingList findings, VehicleEntry vehicle)
    {
        var path = $"vehicles/{vehicle.Id}/";
        State(findings, "property", path + "state", vehicle.State);
        if (vehicle.Number.Trim().Length == 0) return;
        if (vehicle.Type == "vessel" && !ImoNumber.IsValid(vehicle.Number)) Wrong(findings, "property", path + "number", "imo", vehicle.Number);
        if (vehicle.Type != "road") return;
        switch (Vin.Check(vehicle.Number))
        {
            case Vin.Fault.Form: Wrong(findings, "property", path + "number", "vin-form", vehicle.Number); break;
            case Vin.Fault.CheckDigit: Wrong(findings, "property", path + "number", "vin-check", vehicle.Number); break;
            case Vin.Fault.PerhapsNoCheckDigit:
                findings.Add("property", path + "number", default, Severities.Note, "request.finding.vin-no-check", ("given", RefusedException.Shorten(vehicle.Number)));
                break;
        }
    }

    private static void Electronic(FindingList findings, ElectronicEntry one)
    {
        var path = $"electronic/{one.Id}/";
        if (one.Value.Trim().Length > 0 && !ElectronicIdentifier.IsValid(one.Type, one.Value)) Wrong(findings, "property", path + "value", one.Type, one.Value);
        DateTimeOffset? from = Moment(findings, path + "from", one.From), until = Moment(findings, path + "until", one.Until);
        if (until < from) Wrong(findings, "property", path + "until", "period", one.Until);
    }

    private static DateTimeOffset? Moment(FindingList findings, string path, string text)
    {
        if (text.Trim().Length == 0) return null;
        if (text.Length <= 40 && (text.Contains('T', StringComparison.Ordinal) || Dates.TryParse(text, out _)) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)) return moment;
        Wrong(findings, "property", path, "moment", text);
        return null;
    }

    /// <summary>A code of a state; codes that are none of a known state but have the form are for stateless persons and refugees, so they are a note.</summary>
    private static void State(FindingList findings, string section, string field, string code)
    {
        if (code.Length == 0 || findings.Catalogue.Reference.States.Find(code)?.Code == code) return;
        if (code.Length == 3 && code.All(char.IsAsciiLetterUpper)) findings.Add(section, field, default, Severities.Note, "request.finding.state-unknown", ("given", code));
        else Wrong(findings, section, field, "state", code);
    }

    private static void Wrong(FindingList findings, string section, string field, string what, string given) =>
        findings.Add(section, field, default, Severities.Wrong, "request.finding." + what, ("given", RefusedException.Shorten(given)));
}
