using Palermo.Authorities;
using Palermo.Authorities.Entries;
using Palermo.Kernel.Access;
using Palermo.Tests.Support;

namespace Palermo.Tests.Authorities;

/// <summary>Invented entries and people for the tests of the directory.</summary>
internal static class Entry
{
    internal static readonly DateOnly Today = new(2026, 6, 1);

    internal static readonly Viewer Officer = Person("A. Officer", Role.Officer);

    internal static Viewer Person(string name, params Role[] roles) =>
        new(Guid.NewGuid(), name, "127.0.0.1", [.. roles.Select(r => new Standing(r, Guid.NewGuid(), "top/"))]);

    internal static AuthoritiesModule Module(TestRecord record) => new(record.Open());

    /// <summary>An entry from its fields; what is not given has a plain value.</summary>
    internal static EntryInput Input(string state = "LVA", string name = "Invented Office", string? confirmedOn = "2026-05-01", params (string Field, string Text)[] more)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["state"] = state, ["names"] = "en: " + name, ["kinds"] = "mla", ["source"] = "Invented for a test" };
        foreach (var (field, text) in more) fields[field] = text;
        string? Of(string field) => fields.GetValueOrDefault(field);
        return new EntryInput(EntryFields.Content(Shipped.Reference, Today, Of), EntryFields.RestrictedOf(Shipped.Reference, Of), confirmedOn is null ? null : Shipped.Day(confirmedOn));
    }

    /// <summary>An entry whose restricted part would be noticed anywhere.</summary>
    internal static EntryInput Secretive() => Input("LVA", "Invented Office", "2026-05-01",
        ("contacts", "SECRET Person"), ("direct_telephone", "+371 666000"), ("direct_email", "secret.person@example.org"), ("notes", "SECRET note"), ("liaison", "BRA | Brasília"),
        ("officers", "BRA | Brasília | SECRET Officer | +55 666000 | secret.officer@example.org"), ("hours", "Mon-Fri 09:00-17:00"), ("time_zone", "Europe/Riga"), ("telephone", "+371 1000"));

    /// <summary>Whether a text holds anything of the restricted part.</summary>
    internal static bool Leaks(string text) => text.Contains("SECRET", StringComparison.Ordinal) || text.Contains("secret.", StringComparison.Ordinal) || text.Contains("666000", StringComparison.Ordinal);
}
