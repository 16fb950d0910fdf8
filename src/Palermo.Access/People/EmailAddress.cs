using System.Net.Mail;
using Palermo.Access.SignIn;
using Palermo.Kernel;

namespace Palermo.Access.People;

/// <summary>Electronic addresses as people type them.</summary>
internal static class EmailAddress
{
    /// <summary>The address without blanks around it.</summary>
    /// <exception cref="RefusedException">It is none.</exception>
    internal static string Read(string? typed)
    {
        var text = Plain.Text(typed ?? "").Trim();
        if (text.Length is 0 or > PasswordSignIn.LongestEmail || text.Any(char.IsWhiteSpace) || !MailAddress.TryCreate(text, out var address) || address.Address != text)
            throw new RefusedException("access.email.expected", ("given", RefusedException.Shorten(typed))) { Field = "email" };
        return text;
    }

    /// <summary>The form in which two addresses are the same.</summary>
    internal static string Normalize(string email) => email.Trim().Normalize(System.Text.NormalizationForm.FormKC).ToUpperInvariant();
}
