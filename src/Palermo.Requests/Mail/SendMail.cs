using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Text;
using Palermo.Data.Cases;

namespace Palermo.Requests.Mail;

/// <summary>Hands a mail to the mail server, or drops it into the folder.</summary>
internal static class SendMail
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <exception cref="SmtpException">The server did not take it, or not in time.</exception>
    internal static async Task Send(MailSettings settings, OutgoingMail mail, CancellationToken cancel)
    {
        using var message = new MailMessage(settings.From, mail.To)
        {
            Subject = mail.Subject, Body = mail.Body, SubjectEncoding = Encoding.UTF8, BodyEncoding = Encoding.UTF8, HeadersEncoding = Encoding.UTF8,
        };
        message.Headers.Add("Auto-Submitted", "auto-generated");
        // The same on every attempt, so that a mail the server took without our learning of it is recognized.
        message.Headers.Add("Message-ID", string.Create(CultureInfo.InvariantCulture, $"<palermo-{mail.Id}-{mail.At.Ticks}@{message.From!.Host}>"));
        using var client = new SmtpClient();
        if (settings.Host is { } host)
        {
            (client.Host, client.Port, client.EnableSsl) = (host, settings.Port, settings.Encrypted);
            if (settings.User.Length > 0) client.Credentials = new NetworkCredential(settings.User, settings.Password);
        }
        else
        {
            client.DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory;
            client.PickupDirectoryLocation = Directory.CreateDirectory(settings.Folder!).FullName;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Longest);
        await client.SendMailAsync(message, limit.Token);
    }
}
