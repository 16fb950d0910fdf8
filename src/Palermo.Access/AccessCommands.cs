using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Palermo.Access.Invitations;
using Palermo.Access.People;
using Palermo.Data.Access;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Access;

/// <summary>The module's commands.</summary>
public static class AccessCommands
{
    /// <summary><c>palermo user …</c> and <c>palermo audit …</c>.</summary>
    /// <param name="open">Opens the module on the record the command names.</param>
    public static IEnumerable<Command> All(Func<ParseResult, AccessModule> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return [new Command("user", "People who may sign in.") { Add(open), List(open), Link(open, "link", LinkKind.Invitation), Link(open, "session", LinkKind.Session) },
            new Command("audit", "The audit trail.") { Trail.AuditCommands.Verify(open), Trail.AuditCommands.Export(open) }];
    }

    private static Command Add(Func<ParseResult, AccessModule> open)
    {
        var name = new Option<string>("--name") { Description = "Name.", Required = true };
        var email = new Option<string>("--email") { Description = "Electronic address; signs in with it.", Required = true };
        var role = new Option<string>("--role") { Description = "administrator, officer, approver, drafter, auditor or reader.", Required = true };
        var organization = new Option<string>("--organization") { Description = "Name of the organization; it is made when there is none.", Required = true };
        var state = new Option<string>("--state") { Description = "Alpha-3 code of the state of an organization that is made.", DefaultValueFactory = _ => "" };
        var command = new Command("add", "Adds a person, or gives one another role, and prints a link that lets a new one in once.") { name, email, role, organization, state };
        command.SetAction(result =>
        {
            var module = open(result);
            var chosen = Roles.Find(result.GetValue(role)) ?? throw new RefusedException("access.role.expected", ("given", RefusedException.Shorten(result.GetValue(role))), ("choices", Roles.All.Select(Roles.Code).ToArray()));
            var path = module.Change(Actor.CommandLine, change =>
            {
                var normalized = EmailAddress.Normalize(EmailAddress.Read(result.GetValue(email)));
                var person = change.Context.Set<Person>().FirstOrDefault(p => p.NormalizedEmail == normalized);
                var made = person is null;
                person ??= PersonChanges.Create(change, result.GetValue(name), result.GetValue(email));
                PersonChanges.Grant(change, person.Id, Organizations.Named(change, result.GetValue(organization)!, result.GetValue(state)!), chosen);
                return made ? Links.Make(change, person, LinkKind.Invitation) : null;
            });
            result.InvocationConfiguration.Output.WriteLine(path is null
                ? module.Texts.Say(Language.English, "access.cli.role-given")
                : module.Texts.Say(Language.English, "access.cli.invited", ("path", path), ("n", (int)Links.InvitationLasts.TotalDays)));
            return 0;
        });
        return command;
    }

    private static Command List(Func<ParseResult, AccessModule> open)
    {
        var command = new Command("list", "Everybody, one a line: address, name, roles.");
        command.SetAction(result =>
        {
            using var context = open(result).Database.Connect();
            foreach (var person in context.Set<Person>().AsNoTracking().OrderBy(p => p.NormalizedEmail).ToArray())
            {
                var roles = from m in context.Set<Membership>()
                            join o in context.Set<Organization>() on m.Organization equals o.Id
                            where m.Person == person.Id && m.EndedAt == null
                            orderby m.Id
                            select m.Role + " (" + o.Name + ")";
                result.InvocationConfiguration.Output.WriteLine($"{person.Email}\t{person.Name}\t{(person.EndedAt is null ? string.Join(", ", roles) : "ended")}");
            }

            return 0;
        });
        return command;
    }

    private static Command Link(Func<ParseResult, AccessModule> open, string name, LinkKind kind)
    {
        var email = new Argument<string>("email") { Description = "Electronic address." };
        var command = new Command(name, kind == LinkKind.Invitation
            ? "Prints a new link with which a person sets up a way to sign in."
            : "Prints a link that signs a person in once, within ten minutes. Whoever has this machine's command line may do so; it is audited.") { email };
        command.SetAction(result =>
        {
            var module = open(result);
            var normalized = EmailAddress.Normalize(EmailAddress.Read(result.GetValue(email)));
            var path = module.Change(Actor.CommandLine, change => Links.Make(
                change, change.Context.Set<Person>().FirstOrDefault(p => p.NormalizedEmail == normalized && p.EndedAt == null) ?? throw PersonChanges.Unknown(), kind));
            result.InvocationConfiguration.Output.WriteLine(path);
            return 0;
        });
        return command;
    }
}
