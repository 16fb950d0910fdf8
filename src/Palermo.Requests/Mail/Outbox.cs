using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Requests.Mail;

/// <summary>
/// Mails to be sent. One is written in the same change as what it tells, and sent afterwards; it never says what a case is about,
/// which number it has or who is concerned, only that something waits and where.
/// </summary>
internal static class Outbox
{
    /// <summary>After so many attempts a mail is given up and shown to administrators.</summary>
    internal const int MostAttempts = 8;
    private const int AtOnce = 50;

    private static readonly TimeSpan[] Waits =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(12), TimeSpan.FromHours(24)];

    /// <summary>How long to wait after an attempt that failed.</summary>
    internal static TimeSpan WaitAfter(int attempts) => Waits[Math.Clamp(attempts - 1, 0, Waits.Length - 1)];

    /// <summary>Whether a mail was given up.</summary>
    internal static bool GivenUp(OutgoingMail mail) => mail is { SentAt: null, Attempts: >= MostAttempts };

    /// <summary>Writes a mail within a change, in the recipient's language.</summary>
    /// <param name="module">The module.</param>
    /// <param name="change">The change of what the mail tells.</param>
    /// <param name="to">The recipient.</param>
    /// <param name="key">Key of its texts: <c>KEY.subject</c> and <c>KEY.body</c>, which take only a link.</param>
    /// <param name="path">Where on the node to look.</param>
    internal static void Write(RequestsModule module, Change change, Person to, string key, string path)
    {
        var language = Language.Find(to.Language) ?? Language.English;
        change.Context.Add(new OutgoingMail
        {
            To = to.Email, Subject = module.Texts.Say(language, key + ".subject"), Body = module.Texts.Say(language, key + ".body", ("link", module.Mail.Origin + path)), At = change.Now,
        });
    }

    /// <summary>Sends what is due to be sent.</summary>
    /// <param name="module">The module.</param>
    /// <param name="send">Hands a mail over.</param>
    /// <param name="cancel">When to stop; what is begun is finished.</param>
    /// <returns>How many were handed over.</returns>
    internal static async Task<int> Send(RequestsModule module, Func<OutgoingMail, CancellationToken, Task> send, CancellationToken cancel)
    {
        var sent = 0;
        foreach (var mail in Waiting(module))
        {
            if (cancel.IsCancellationRequested) break;
            if (!Claim(module, mail)) continue;
            string? problem = null;
            try
            {
                await send(mail, cancel);
                sent++;
            }
            catch (Exception e) when (e is System.Net.Mail.SmtpException or IOException or UnauthorizedAccessException or OperationCanceledException or FormatException or System.Security.Authentication.AuthenticationException)
            {
                problem = RefusedException.Shorten((e.InnerException ?? e).Message);
            }

            Note(module, mail.Id, problem);
        }

        return sent;
    }

    /// <summary>Lets a mail that was given up be tried again.</summary>
    /// <exception cref="RefusedException">There is no such mail.</exception>
    internal static void TryAgain(RequestsModule module, Viewer viewer, long number) =>
        Change.Make(module.Database, viewer.Actor, module.Clock, change =>
        {
            var mail = change.Context.Set<OutgoingMail>().FirstOrDefault(m => m.Id == number && m.SentAt == null) ?? throw new RefusedException("mail.unknown") { NotFound = true };
            (mail.Attempts, mail.NotBefore) = (0, null);
            change.Audit("mail.tried-again", "mail", number.ToString(System.Globalization.CultureInfo.InvariantCulture), "", mail.To);
        });

    private static List<OutgoingMail> Waiting(RequestsModule module)
    {
        var now = module.Clock.GetUtcNow().UtcDateTime;
        using var context = module.Database.Connect();
        return [.. context.Set<OutgoingMail>().AsNoTracking().Where(m => m.SentAt == null && m.Attempts < MostAttempts && (m.NotBefore == null || m.NotBefore <= now)).OrderBy(m => m.Id).Take(AtOnce)];
    }

    /// <summary>Counts the attempt before it is made, so that two senders never send the same and a fall in between is tried again later.</summary>
    private static bool Claim(RequestsModule module, OutgoingMail mail) =>
        Change.Make(module.Database, Actor.Node, module.Clock, change =>
        {
            var now = change.Context.Set<OutgoingMail>().First(m => m.Id == mail.Id);
            if (now.SentAt is not null || now.Attempts != mail.Attempts) return false;
            now.Attempts++;
            now.NotBefore = change.Now + WaitAfter(now.Attempts);
            return true;
        });

    private static void Note(RequestsModule module, long number, string? problem) =>
        Change.Make(module.Database, Actor.Node, module.Clock, change =>
        {
            var mail = change.Context.Set<OutgoingMail>().First(m => m.Id == number);
            mail.Problem = problem ?? "";
            if (problem is null) mail.SentAt = change.Now;
            else if (GivenUp(mail)) change.Audit("mail.given-up", "mail", number.ToString(System.Globalization.CultureInfo.InvariantCulture), "", mail.To);
        });
}
