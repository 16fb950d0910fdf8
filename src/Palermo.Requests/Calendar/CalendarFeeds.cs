using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Time;

namespace Palermo.Requests.Calendar;

/// <summary>
/// Secret addresses at which calendar programs, which cannot sign in, read what is due for one person. The address is shown once and kept
/// only as a hash; a new one ends the one before. What is confidential is in it as a day and nothing else.
/// </summary>
internal static class CalendarFeeds
{
    private const int SecretBytes = 32;

    private static readonly Role[] Readers = [.. Roles.SeeCases.Union(Roles.WriteCases)];

    /// <summary>Makes a new address; the one before stops working.</summary>
    /// <returns>The secret, which nobody can be shown again.</returns>
    internal static string Make(RequestsModule module, Viewer viewer)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        Change.Make(module.Database, viewer.Actor, module.Clock, change =>
        {
            Revoke(change, viewer);
            change.Context.Add(new CalendarFeed { Person = viewer.Person, SecretHash = Hash(secret), CreatedAt = change.Now });
            change.Audit("calendar.feed-made", viewer.Person.ToString());
        });
        return secret;
    }

    /// <summary>Takes the address back.</summary>
    internal static void Revoke(RequestsModule module, Viewer viewer) => Change.Make(module.Database, viewer.Actor, module.Clock, change => Revoke(change, viewer));

    /// <summary>Since when the viewer has an address that still works; null when there is none.</summary>
    internal static DateTime? Since(RequestsModule module, PalermoContext context, Viewer viewer)
    {
        var oldest = Oldest(module);
        return context.Set<CalendarFeed>().Where(f => f.Person == viewer.Person && f.RevokedAt == null && f.CreatedAt > oldest).Max(f => (DateTime?)f.CreatedAt);
    }

    /// <summary>When an address stops working by itself.</summary>
    internal static DateTime Until(DateTime since) => since.AddYears(1);

    /// <summary>The calendar at an address.</summary>
    /// <exception cref="RefusedException">There is none, it is over a year old or was taken back, or the person's access or last role ended: the same answer.</exception>
    internal static string Read(RequestsModule module, string secret, string from)
    {
        using var context = module.Database.Connect();
        var (hash, oldest) = (Hash(secret), Oldest(module));
        var viewer = context.Set<CalendarFeed>().FirstOrDefault(f => f.SecretHash == hash && f.RevokedAt == null && f.CreatedAt > oldest) is { } feed ? People.AsViewer(context, feed.Person, from) : null;
        if (viewer?.Is(Readers) is not true) throw new RefusedException("calendar.unknown") { NotFound = true };
        var language = Language.Find(context.Set<Data.Access.Person>().Where(p => p.Id == viewer.Person).Select(p => p.Language).FirstOrDefault()) ?? Language.English;
        var days = ListDue.For(context, viewer, mine: true).Select(line => DayOf(module, language, line)).ToList();
        return Ical.Calendar(module.Texts.Say(language, "calendar.feed.name"), days, module.Clock.GetUtcNow().UtcDateTime);
    }

    private static IcalDay DayOf(RequestsModule module, Language language, DueLine line)
    {
        var (deadline, request) = (line.Deadline, line.Request);
        var states = module.Treaties.Reference.States;
        var summary = request.Confidential ? module.Texts.Say(language, "calendar.confidential") : $"{WhatIsDue.In(module.Texts, language, deadline)}: {request.Title}";
        var description = request.Confidential ? "" : module.Texts.Say(language, "calendar.description", ("kind", new Message("request.kind." + request.Kind)),
            ("from", states.Resolve(request.Requesting)), ("to", states.Resolve(request.Requested)), ("who", new Message(deadline.Ours ? "time.us" : "time.them")));
        return new IcalDay(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"deadline-{deadline.Id}-{request.Id}@palermo"), deadline.DueOn, summary, description,
            $"{module.Mail.Origin}/requests/{request.Id}", deadline.Kind != DeadlineKinds.Suggested, request.ChangedAt);
    }

    private static void Revoke(Change change, Viewer viewer)
    {
        foreach (var feed in change.Context.Set<CalendarFeed>().Where(f => f.Person == viewer.Person && f.RevokedAt == null).ToList())
        {
            feed.RevokedAt = change.Now;
            change.Audit("calendar.feed-revoked", viewer.Person.ToString());
        }
    }

    private static DateTime Oldest(RequestsModule module) => module.Clock.GetUtcNow().UtcDateTime.AddYears(-1);

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
