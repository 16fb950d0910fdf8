namespace Palermo.Requests.Drafting;

/// <summary>One field of a step's form.</summary>
/// <param name="Path">Where its text stands in the step: names, identifiers and positions joined by slashes, for example <c>fields/facts.summary</c> or <c>persons/p1/names/0/family</c>. The form sends it under this name.</param>
/// <param name="Label">Its label.</param>
/// <param name="Type">As <see cref="Web.Components.Field.Type"/>, or <c>many</c> for a list of texts joined by commas.</param>
public sealed record FormField(string Path, string Label, string Type = "text")
{
    /// <summary>What may be chosen.</summary>
    public IReadOnlyList<(string Value, string Label)> Choices { get; init; } = [];

    /// <summary>A sentence that helps.</summary>
    public string? Hint { get; init; }

    /// <summary>The article that asks for it, written out.</summary>
    public string? Source { get; init; }

    /// <summary>Name under which findings speak of it.</summary>
    public string? Finding { get; init; }

    /// <summary>Most characters.</summary>
    public int Longest { get; init; } = 1000;

    /// <summary>Identifier of a list of suggestions.</summary>
    public string? List { get; init; }

    /// <summary>Heading it begins a group under; the group goes on to the next heading.</summary>
    public string? Heading { get; init; }

    /// <summary>Whether its group is folded away while nothing stands in it.</summary>
    public bool Folded { get; init; }

    /// <summary>Whether it is the reason for the absence of the field before.</summary>
    public bool IsAbsence { get; init; }
}
