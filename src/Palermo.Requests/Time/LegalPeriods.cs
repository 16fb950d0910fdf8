using Palermo.Kernel;

namespace Palermo.Requests.Time;

/// <summary>The last day of a period the law sets.</summary>
/// <param name="LastDay">The last day; null when it is not known.</param>
/// <param name="Key">Key of the reason's text.</param>
/// <param name="Source">Where it stands.</param>
internal sealed record PeriodAnswer(DateOnly? LastDay, string Key, Citation Source);

/// <summary>Periods the instruments set or leave to a treaty.</summary>
internal static class LegalPeriods
{
    /// <summary>Consecutive days of safe conduct when the states agreed on nothing else.</summary>
    internal const int SafeConductDays = 15;

    /// <summary>Longest period that can be entered, in days.</summary>
    internal const int MostDays = 366;

    /// <summary>The last day on which the request for extradition may follow a provisional arrest.</summary>
    /// <remarks>UNTOC art. 16(9) allows custody in urgent circumstances without a number of days: the extradition treaty or the law of the requested state sets it. The day of the arrest is not counted.</remarks>
    /// <param name="arrested">The day of the arrest.</param>
    /// <param name="days">Days the treaty or law between the two states allows; null when nobody looked it up yet.</param>
    [Rule("RQ-21", "Until when a provisional arrest waits for the request", "UNTOC art. 16(9) and the extradition treaty or law it refers to (16(7))")]
    internal static PeriodAnswer ProvisionalArrest(DateOnly arrested, int? days) => days is > 0 and <= MostDays
        ? new(arrested.AddDays(days.Value), "time.period.arrest", new("untoc", "16(9)"))
        : new(null, "time.period.arrest-unknown", new("untoc", "16(7)"));

    /// <summary>The last day of a witness's, expert's or other person's safe conduct.</summary>
    /// <remarks>UNTOC art. 18(27): fifteen consecutive days, or the period agreed, from the day on which the person was told that the presence is no longer required; earlier when the person left and came back freely.</remarks>
    /// <param name="told">The day the person was officially told.</param>
    /// <param name="agreedDays">Days the states agreed on; null when on nothing.</param>
    [Rule("RQ-22", "Until when safe conduct lasts", "UNTOC art. 18(27)")]
    internal static PeriodAnswer SafeConduct(DateOnly told, int? agreedDays) =>
        new(told.AddDays(agreedDays is > 0 and <= MostDays ? agreedDays.Value : SafeConductDays), agreedDays is > 0 and <= MostDays ? "time.period.safe-conduct-agreed" : "time.period.safe-conduct", new("untoc", "18(27)"));
}
