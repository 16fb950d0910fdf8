using System.Globalization;
using Palermo.Kernel;

namespace Palermo.Requests.Mail;

/// <summary>How a node sends mail, and under which address people reach it.</summary>
/// <remarks>Not a record: the password never gets into a text that might be logged.</remarks>
public sealed class MailSettings
{
    private MailSettings() { }

    /// <summary>Host of the mail server; null when there is none.</summary>
    public string? Host { get; private init; }

    /// <summary>Its port.</summary>
    public int Port { get; private init; }

    /// <summary>Whether the connection is encrypted (STARTTLS) before anything is said; always, except towards this machine.</summary>
    public bool Encrypted { get; private init; }

    /// <summary>Name to sign in with; empty for none.</summary>
    public string User { get; private init; } = "";

    /// <summary>A folder into which mails are dropped instead; null when there is none.</summary>
    public string? Folder { get; private init; }

    /// <summary>Sender's address.</summary>
    public string From { get; private init; } = "palermo@localhost";

    /// <summary>Scheme and host under which people reach the node, for links.</summary>
    public string Origin { get; private init; } = "http://localhost:5080";

    /// <summary>Whether mail can be sent at all.</summary>
    public bool Sends => Host is not null || Folder is not null;

    internal string Password { get; private init; } = "";

    /// <summary>No mail: what is to be sent waits.</summary>
    public static MailSettings None { get; } = new();

    /// <summary>Mails dropped into a folder.</summary>
    public static MailSettings Drop(string folder, string origin) => new() { Folder = folder, Origin = origin.TrimEnd('/') };

    /// <summary>From <c>PALERMO_SMTP</c> (<c>smtp://user:password@host:587</c>), <c>PALERMO_MAIL_FOLDER</c>, <c>PALERMO_MAIL_FROM</c> and <c>PALERMO_ORIGIN</c>.</summary>
    /// <param name="origin">Scheme and host for links, instead of the variable; empty when the caller knows none.</param>
    public static MailSettings FromEnvironment(string origin = "") => Read(name => name == "PALERMO_ORIGIN" && origin.Length > 0 ? origin : Environment.GetEnvironmentVariable(name));

    internal static MailSettings Read(Func<string, string?> variable)
    {
        var from = variable("PALERMO_MAIL_FROM") is { Length: > 0 } given ? given : None.From;
        if (!System.Net.Mail.MailAddress.TryCreate(from, out _)) throw new RefusedException("mail.from");
        var origin = variable("PALERMO_ORIGIN") is { Length: > 0 } address ? address.TrimEnd('/') : None.Origin;
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var link) || link.Scheme is not ("http" or "https") || link.PathAndQuery != "/") throw new RefusedException("mail.origin");
        var folder = variable("PALERMO_MAIL_FOLDER") is { Length: > 0 } path ? Path.GetFullPath(path) : null;
        if (variable("PALERMO_SMTP") is not { Length: > 0 } smtp) return new() { Folder = folder, From = from, Origin = origin };
        if (!Uri.TryCreate(smtp, UriKind.Absolute, out var server) || server.Scheme != "smtp" || server.Host.Length == 0) throw new RefusedException("mail.smtp");
        var user = server.UserInfo.Split(':', 2);
        return new()
        {
            Host = server.IdnHost, Port = server.Port > 0 ? server.Port : 587, Encrypted = !server.IsLoopback, From = from, Origin = origin,
            User = Uri.UnescapeDataString(user[0]), Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "",
        };
    }

    /// <summary>Where mails go, without secrets.</summary>
    public override string ToString() => Host is not null ? string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}") : Folder ?? "–";
}
