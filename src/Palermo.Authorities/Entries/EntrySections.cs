namespace Palermo.Authorities.Entries;

/// <summary>The sections in which an entry is shown and filled in.</summary>
internal static class EntrySections
{
    internal static readonly (string Section, string[] Fields)[] All =
    [
        ("who", ["state", "names"]),
        ("competence", ["kinds", "stage", "instruments"]),
        ("reach", ["address", "telephone", "fax", "email", "web", "always_open"]),
        ("hours", ["time_zone", "hours"]),
        ("how", ["languages", "channels", "urgent"]),
        ("requirements", ["dual_criminality", "evidentiary_standard", "forms", EntryFields.Certified, "certification"]),
        ("documents", ["laws", "templates"]),
        ("liaison-posts", ["liaison"]),
        ("restricted", [.. EntryFields.Restricted]),
        ("source", ["source", "said_on"]),
    ];
}
