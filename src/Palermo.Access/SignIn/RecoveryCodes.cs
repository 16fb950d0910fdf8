using System.Security.Cryptography;
using Palermo.Data.Access;

namespace Palermo.Access.SignIn;

/// <summary>Codes that stand in for the authenticator app, each once. Eighty random bits each, so a plain hash keeps them.</summary>
internal static class RecoveryCodes
{
    private const int Number = 10;
    private const int Bytes = 10;

    /// <summary>Gives a person new codes in place of all old ones and answers them, to be shown once.</summary>
    internal static IReadOnlyList<string> Renew(Person person)
    {
        var codes = Enumerable.Range(0, Number).Select(_ => Written(Totp.Base32(RandomNumberGenerator.GetBytes(Bytes)))).ToArray();
        person.RecoveryCodes = string.Join(';', codes.Select(c => HashOf(person, c)));
        return codes;
    }

    /// <summary>Uses a code up; false when the person has no such code left.</summary>
    internal static bool Use(Person person, string typed)
    {
        var hash = HashOf(person, typed);
        var left = person.RecoveryCodes.Split(';', StringSplitOptions.RemoveEmptyEntries);
        if (!left.Contains(hash, StringComparer.Ordinal)) return false;
        person.RecoveryCodes = string.Join(';', left.Where(h => h != hash));
        return true;
    }

    /// <summary>How many codes a person has left.</summary>
    internal static int Left(Person person) => person.RecoveryCodes.Split(';', StringSplitOptions.RemoveEmptyEntries).Length;

    private static string Written(string code) => string.Join('-', code.Chunk(4).Select(c => new string(c)));

    private static string HashOf(Person person, string code) =>
        Secrets.Hash("recovery:" + person.Id.ToString("N"), new string([.. code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]));
}
