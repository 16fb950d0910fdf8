using Palermo.Access.Invitations;
using Palermo.Access.People;
using Palermo.Data.Access;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Demo;

/// <summary>Links with which a reader of the command line signs in as one of the demonstration's people. Nobody has a password.</summary>
internal static class DemoLinks
{
    /// <summary>One line per person with a fresh link that works once; nobody but the demonstration's own people gets one.</summary>
    internal static IReadOnlyList<string> Lines(Node node, DemoPeople plan, string address) => node.Access.Change(Actor.CommandLine, change =>
    {
        var lines = new List<string>();
        foreach (var one in plan.People)
        {
            var normalized = EmailAddress.Normalize(one.Email);
            var person = change.Context.Set<Person>().FirstOrDefault(p => p.NormalizedEmail == normalized && p.EndedAt == null);
            if (person is null) continue;
            var path = Links.Make(change, person, LinkKind.Session);
            lines.Add($"  {person.Name}, {node.Access.Texts.Say(Language.English, "access.role." + one.Role)}, {one.Organization}: {address}{path}");
        }

        return lines;
    });

    /// <summary>How to get another link, and where mail goes.</summary>
    internal static IEnumerable<string> Hints(Node node, string record) =>
    [
        FormattableString.Invariant($"Each link works once, within {(int)Links.SessionLasts.TotalMinutes} minutes. Another one: ./palermo user session EMAIL --data \"{record}\" (prints the path behind the address)."),
        $"Mail is dropped into {node.Requests.Mail.Folder}.",
    ];
}
