using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Palermo.Data.Access;
using Palermo.Kernel;
using QRCoder;

namespace Palermo.Access.SignIn;

/// <summary>A password and an authenticator app being set up together: there is never the one without the other.</summary>
internal sealed class NewCredentials(IDataProtectionProvider protection)
{
    private const int LongestState = 2000;
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    private readonly ITimeLimitedDataProtector _keys = protection.CreateProtector("palermo.new-totp").ToTimeLimitedDataProtector();

    /// <summary>The authenticator key a form offers: the one it offered before, where its state says so, otherwise a new one.</summary>
    internal (string Key, string State) Offer(Person person, string? state)
    {
        if (Read(person, state) is { } key) return (key, state!);
        key = Totp.NewKey();
        return (key, _keys.Protect($"{person.Id}|{key}", Lasts));
    }

    /// <summary>The key a form's state holds for a person; null when it is too old or not the person's.</summary>
    internal string? Read(Person person, string? state)
    {
        if (state is not { Length: > 0 and <= LongestState }) return null;
        try
        {
            return _keys.Unprotect(state).Split('|') is [var id, var key] && id == person.Id.ToString() ? key : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Checks what was typed and answers the code's step.</summary>
    /// <exception cref="RefusedException">The password is too weak or was not repeated, or the code is not the app's.</exception>
    internal static long Check(Person person, string password, string repeated, string key, string code, DateTimeOffset now)
    {
        PasswordRule.Check(password, person.Name, person.Email);
        if (password != repeated) throw new RefusedException("access.password.repeat-wrong") { Field = "repeated" };
        return CheckCode(key, code, now);
    }

    /// <summary>Checks that the app has the key and answers the code's step.</summary>
    internal static long CheckCode(string key, string code, DateTimeOffset now) =>
        Totp.StepOf(key, code, now, 0) ?? throw new RefusedException("access.code.wrong") { Field = "code" };

    /// <summary>The key as a QR code for an <c>img</c>'s address.</summary>
    internal static string Picture(string key, string email)
    {
        using var data = QRCodeGenerator.GenerateQrCode(Totp.Address(key, email), QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(svg.GetGraphic(4)));
    }
}
