using System.Globalization;
using System.Net;
using Palermo.Kernel;
using Palermo.Requests.Document;

namespace Palermo.Requests.Identifiers;

/// <summary>What a request names, in the form in which two mentions of the same are equal, so that registers, search and matching can find it.</summary>
public static class ThingKeys
{
    private const int Longest = 200;

    /// <summary>Every name and number in a request, each once.</summary>
    /// <returns>Kind (person, organization, account, vehicle, firearm, property or electronic), the name as written, and its key. What has no key is left out.</returns>
    public static IReadOnlyList<(string Kind, string Name, string Key)> Of(RequestDocument request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var found = new HashSet<(string, string, string)>();
        foreach (var person in request.Persons)
        {
            foreach (var name in person.Names) Add("person", $"{name.Given} {name.Family}", OfName($"{name.Given} {name.Family}"));
            foreach (var document in person.Documents) Add("person", document.Number, Numbered(document.State, document.Number));
        }

        foreach (var organization in request.Organizations)
        {
            Add("organization", organization.Name, OfName(organization.Name));
            Add("organization", organization.Registration, Numbered(organization.State, organization.Registration));
        }

        foreach (var account in request.Accounts) Add("account", account.Number, account.Type == "wallet" ? account.Number.Trim() : Digits.Squeeze(account.Number));
        foreach (var vehicle in request.Vehicles)
        {
            Add("vehicle", vehicle.Number, vehicle.Type == "vessel" ? ImoNumber.Normalize(vehicle.Number) : Digits.Squeeze(vehicle.Number));
            Add("vehicle", vehicle.Registration, Numbered(vehicle.State, vehicle.Registration));
        }

        foreach (var property in request.Property) Add("property", property.Description, OfName(property.Description));
        foreach (var firearm in request.Firearms)
            if (Digits.Squeeze(firearm.Serial) is { Length: > 0 } serial) Add("firearm", $"{firearm.Make} {firearm.Serial}", serial);
        foreach (var one in request.Electronic) Add("electronic", one.Value, OfElectronic(one.Type, one.Value));
        return [.. found];

        void Add(string kind, string name, string key)
        {
            if (key.Length == 0) return;
            var shown = Plain.Text(Cut(name)).Trim();
            found.Add((kind, shown, Cut(key)));
        }
    }

    /// <summary>The words of a name without case, accents and order, so that “SILVA, João” and “Joao Silva” are the same.</summary>
    public static string OfName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var words = Cut(name).Split([' ', ',', ';', '\t', '\u00A0', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words.Select(StateDirectory.Fold).Where(w => w.Length > 0).Order(StringComparer.Ordinal));
    }

    private static string Numbered(string state, string number) => Digits.Squeeze(number) is { Length: > 0 } squeezed ? $"{state.Trim().ToUpperInvariant()}:{squeezed}" : "";

    private static string OfElectronic(string type, string value)
    {
        value = Cut(value.Trim());
        return type switch
        {
            "telephone" or "imei" => string.Concat(value.Where(char.IsAsciiDigit)),
            "ip" => IPAddress.TryParse(value, out var address) ? address.ToString() : value,
            "domain" => Ascii(value),
            "email" when value.LastIndexOf('@') is var at and > 0 => $"{value[..at].ToLowerInvariant()}@{Ascii(value[(at + 1)..])}",
            _ => value.ToLowerInvariant(),
        };
    }

    private static string Ascii(string domain)
    {
        try
        {
            return new IdnMapping().GetAscii(domain.TrimEnd('.')).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return domain.ToLowerInvariant();
        }
    }

    private static string Cut(string text) => text.Length <= Longest ? text : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)];
}
