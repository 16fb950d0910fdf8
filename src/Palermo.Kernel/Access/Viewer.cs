namespace Palermo.Kernel.Access;

/// <summary>What a person is in an organization.</summary>
public enum Role
{
    /// <summary>Manages people, organizations and settings; sees no case by this role.</summary>
    Administrator,

    /// <summary>Works on the organization's cases.</summary>
    Officer,

    /// <summary>Works on them and approves requests of others.</summary>
    Approver,

    /// <summary>A prosecutor or investigator outside the central authority: drafts, and sees only cases on whose list the person is.</summary>
    Drafter,

    /// <summary>Reads the audit trail and the organization's cases.</summary>
    Auditor,

    /// <summary>Reads the organization's cases.</summary>
    Reader,
}

/// <summary>Codes of roles, as in addresses, tables and commands.</summary>
public static class Roles
{
    /// <summary>All roles.</summary>
    public static IReadOnlyList<Role> All { get; } = Enum.GetValues<Role>();

    /// <summary>Roles that see their organization's cases which are not confidential.</summary>
    public static IReadOnlyList<Role> SeeCases { get; } = [Role.Officer, Role.Approver, Role.Auditor, Role.Reader];

    /// <summary>Roles that write in the cases they see.</summary>
    public static IReadOnlyList<Role> WriteCases { get; } = [Role.Officer, Role.Approver, Role.Drafter];

    /// <summary>The code of a role.</summary>
    public static string Code(Role role) => role.ToString().ToLowerInvariant();

    /// <summary>The role of a code; null when there is none.</summary>
    public static Role? Find(string? code) => All.Where(r => Code(r) == code).Select(r => (Role?)r).FirstOrDefault();
}

/// <summary>What somebody is where.</summary>
/// <param name="Role">The role.</param>
/// <param name="Organization">The organization.</param>
/// <param name="Path">The organization's path: identifiers from the top, each followed by a slash. It covers every path that begins with it.</param>
public sealed record Standing(Role Role, Guid Organization, string Path);

/// <summary>Who is looking: a person who signed in, or a program that acts for one.</summary>
/// <param name="Person">The person.</param>
/// <param name="Name">The person's name.</param>
/// <param name="From">Network address.</param>
/// <param name="Standings">What the person is where.</param>
/// <param name="Scopes">What a program's token allows; null for a person at a browser.</param>
public sealed record Viewer(Guid Person, string Name, string From, IReadOnlyList<Standing> Standings, IReadOnlySet<string>? Scopes = null)
{
    /// <summary>The viewer as somebody who acts, for the audit trail.</summary>
    public Actor Actor => new(Person, Name, From);

    /// <summary>Whether the viewer has one of these roles anywhere.</summary>
    public bool Is(params IEnumerable<Role> roles) => Standings.Any(s => roles.Contains(s.Role));

    /// <summary>Paths of organizations in which the viewer has one of these roles.</summary>
    public IReadOnlyList<string> Paths(params IEnumerable<Role> roles) => [.. Standings.Where(s => roles.Contains(s.Role)).Select(s => s.Path).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether the viewer has one of these roles in an organization that lies below no other: only there what concerns the whole node is shown.</summary>
    public bool IsAtTop(params IEnumerable<Role> roles) => Standings.Any(s => roles.Contains(s.Role) && s.Path.IndexOf('/', StringComparison.Ordinal) == s.Path.Length - 1);

    /// <summary>Whether the viewer has one of these roles over an organization's path.</summary>
    public bool IsIn(string path, params IEnumerable<Role> roles) => Standings.Any(s => roles.Contains(s.Role) && path.StartsWith(s.Path, StringComparison.Ordinal));
}

/// <summary>Who did something, and from where.</summary>
/// <param name="Person">The person; null for the program itself, the command line and strangers.</param>
/// <param name="Name">Name for a reader, for example <c>A. Souza</c>, <c>command line</c>.</param>
/// <param name="From">Network address, or <c>cli</c> or <c>node</c>.</param>
public sealed record Actor(Guid? Person, string Name, string From)
{
    /// <summary>Whoever has the machine's command line.</summary>
    public static Actor CommandLine { get; } = new(null, "command line", "cli");

    /// <summary>The program itself: reminders, clean-up.</summary>
    public static Actor Node { get; } = new(null, "node", "node");
}
