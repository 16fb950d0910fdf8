using Palermo.Requests.Document;
namespace Palermo.Requests.Identifiers;
internal static class ThingKeys { internal static IEnumerable<(string Kind, string Name, string Key)> Of(RequestDocument d) => d.Persons.Select(p => ("person", p.Id, p.Id)); }
