using Palermo.Kernel;

namespace Palermo.Access.SignIn;

/// <summary>Which passwords are taken: long ones that are not the first anybody would try. No rule about kinds of characters.</summary>
/// <remarks>Source: OWASP ASVS 5.0 chapter V6.2, NIST SP 800-63B-4 section 3.1.1.2.</remarks>
internal static class PasswordRule
{
    /// <summary>Characters a password has at least.</summary>
    internal const int Shortest = 12;

    /// <summary>Characters a password has at most.</summary>
    internal const int Longest = 128;

    private const int FewestDifferent = 5;
    private const int FewestOwn = 8;

    /// <summary>What common long passwords are made of, once digits and signs are taken off their ends.</summary>
    private static readonly HashSet<string> Common = new(
        ("password passwort motdepasse contrasena contraseña senha пароль admin administrator administrador root welcome welcometo bienvenue bienvenido letmein letmeinnow changeme "
        + "changemenow changeit qwerty qwertyuiop qwertyuiopasdf qwertyuiopasdfghjkl qwertz qwertzuiop azerty azertyuiop asdfghjkl asdfghjklzxcvbnm zxcvbnm qazwsxedc qazwsxedcrfv qweasdzxc "
        + "iloveyou iloveyousomuch trustno sunshine princess football baseball superman batman dragon monkey shadow master michael jennifer jordan ashley starwars whatever computer internet "
        + "palermo ministry justice ministryofjustice ministeriodejusticia ministeredelajustice centralauthority prosecutor attorney attorneygeneral government security secret topsecret "
        + "correcthorsebatterystaple passwordpassword adminadmin secretsecret testtest testtesttest defaultpassword mypassword newpassword temppassword passphrase thisisapassword abcdefghijkl abcdefghijklm "
        + "abcdefghijklmnop abcdefghijklmnopqrstuvwxyz").Split(' '), StringComparer.Ordinal);

    /// <summary>Refuses a password that should not be used.</summary>
    /// <param name="password">The password.</param>
    /// <param name="own">What everybody knows of the person: name and address.</param>
    /// <exception cref="RefusedException">It is too short, too long, or too easily guessed.</exception>
    internal static void Check(string password, params IEnumerable<string> own)
    {
        if (password.Length < Shortest) throw new RefusedException("access.password.short", ("n", Shortest)) { Field = "password" };
        if (password.Length > Longest) throw new RefusedException("access.password.long", ("n", Longest)) { Field = "password" };
        var lower = password.ToLowerInvariant();
        var core = new string([.. lower.SkipWhile(c => !char.IsLetter(c)).Reverse().SkipWhile(c => !char.IsLetter(c)).Reverse()]);
        var known = own.SelectMany(o => o.ToLowerInvariant().Split([' ', '@', '.', '-', '_'], StringSplitOptions.RemoveEmptyEntries)).Where(w => w.Length > 2);
        if (lower.Distinct().Count() < FewestDifferent || core.Length < 4 && lower.All(char.IsAsciiDigit) || IsRow(lower) || Common.Contains(core) || Common.Contains(Unleet(core)) || Rest(lower, known) < FewestOwn)
            throw new RefusedException("access.password.common") { Field = "password" };
    }

    /// <summary>Characters left when words everybody knows of the person are taken out.</summary>
    private static int Rest(string lower, IEnumerable<string> known) => known.OrderByDescending(w => w.Length).Aggregate(lower, (text, word) => text.Replace(word, "", StringComparison.Ordinal)).Length;

    private static string Unleet(string text) => new([.. text.Select(c => c switch { '0' => 'o', '1' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', _ => c })]);

    /// <summary>Whether every character follows, or repeats, the one before, as in 123456789012 or abcdefghijkl.</summary>
    private static bool IsRow(string text) => text.Zip(text.Skip(1)).Count(p => Math.Abs(p.Second - p.First) <= 1) >= text.Length - 3;
}
