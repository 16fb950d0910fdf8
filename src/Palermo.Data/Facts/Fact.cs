namespace Palermo.Data.Facts;

/// <summary>
/// One thing somebody recorded, with two times: the fact's own (its date columns) and <see cref="LearnedAt"/>.
/// Facts are never changed or deleted; a <see cref="Withdrawal"/> takes one back, and a correction adds another.
/// </summary>
public abstract class Fact
{
    /// <summary>Number within its table.</summary>
    public long Id { get; init; }

    /// <summary>The batch that recorded it.</summary>
    public int Batch { get; set; }

    /// <summary>When we learned it, in UTC. Facts of the first load count as learned on the day the depositary could show them.</summary>
    public DateTime LearnedAt { get; set; }

    /// <summary>Where it is from: an identifier of <c>sources.csv</c>, or <c>batch:N</c> for what a node took in itself.</summary>
    public string Source { get; set; } = "";

    /// <summary>Everything the fact says, without when and from where we have it; two facts that say the same have the same content.</summary>
    public abstract string Content { get; }

    /// <summary>Joins the parts of a fact's content.</summary>
    protected static string Join(params IEnumerable<object?> parts) =>
        string.Join('\u001f', parts.Select(p => p is DateOnly d ? Kernel.Dates.Iso(d) : p?.ToString()));
}

/// <summary>Takes one fact back; the fact stays readable as what was known before.</summary>
public sealed class Withdrawal
{
    /// <summary>Number of the withdrawal.</summary>
    public long Id { get; init; }

    /// <summary>The batch that recorded it.</summary>
    public int Batch { get; set; }

    /// <summary>From when on the fact no longer counts, in UTC.</summary>
    public DateTime LearnedAt { get; set; }

    /// <summary>Table of the fact.</summary>
    public required string FactTable { get; init; }

    /// <summary>Number of the fact within its table.</summary>
    public required long FactId { get; init; }
}

/// <summary>What was recorded in one go: all of it or nothing.</summary>
public sealed class Batch
{
    /// <summary>Numbers run 1, 2, 3 …; two writers cannot take the same one.</summary>
    public required int Number { get; init; }

    /// <summary><c>shipped</c>, <c>import</c> or <c>entry</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>For a person: the file's name or what was entered.</summary>
    public required string Title { get; init; }

    /// <summary>SHA-256 of the file or files, lower-case hexadecimal; empty for what was entered by hand.</summary>
    public required string Hash { get; init; }

    /// <summary>When it was written, in UTC.</summary>
    public required DateTime RecordedAt { get; init; }
}
