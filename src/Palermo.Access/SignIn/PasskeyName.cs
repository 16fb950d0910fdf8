using Palermo.Kernel;

namespace Palermo.Access.SignIn;

/// <summary>The name a person gives a passkey or a token's maker gives a token.</summary>
internal static class PasskeyName
{
    private const int Longest = 60;

    /// <summary>The name; the day where none was typed.</summary>
    internal static string Read(string? typed, DateTime now)
    {
        var text = Plain.Text((typed ?? "").Take(Longest)).Trim();
        return text.Length > 0 ? text : Dates.Iso(DateOnly.FromDateTime(now));
    }
}
