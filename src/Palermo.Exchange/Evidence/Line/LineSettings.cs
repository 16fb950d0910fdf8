namespace Palermo.Exchange.Evidence.Line;

/// <summary>How long a break of the line is borne.</summary>
internal sealed record LineSettings
{
    /// <summary>Between two attempts at first; each time it doubles.</summary>
    internal TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Between two attempts at most.</summary>
    internal TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Without a byte that moved, an attempt is given up.</summary>
    internal TimeSpan Stall { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Attempts in a row after which no more was durably there, before it is said why.</summary>
    internal int Attempts { get; init; } = 30;

    /// <summary>How long to wait before an attempt.</summary>
    internal TimeSpan PauseBefore(int attempt) => TimeSpan.FromTicks((long)Math.Min(LongestPause.Ticks, FirstPause.Ticks * Math.Pow(2, Math.Min(attempt - 1, 20))));
}
