using System.Text.Json.Nodes;
using Palermo.Access.People;
using Palermo.Authorities.Entries;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Kernel.Access;
using Palermo.Treaties;

namespace Palermo.Demo;

/// <summary>Fills an empty record with the demonstration's offices, people, authorities and cases, through the use cases and in the order of time.</summary>
internal static class FillDemo
{
    private const int PeopleSince = 420, DirectorySince = 400;

    /// <summary>Fills the record; does nothing when it has an organization already.</summary>
    /// <returns>Whether it was filled.</returns>
    internal static async Task<bool> Run(Node node, string dataFolder, CancellationToken cancel)
    {
        if (IsFilled(node)) return false;
        var database = node.Treaties.Database;
        var now = node.Treaties.Clock.GetUtcNow();
        var plan = DemoPlan.Load(dataFolder, node.Treaties.Today);
        var clock = new DemoClock { Now = now.AddDays(-PeopleSince) };
        var then = Node.On(TreatyModule.Open(database, dataFolder, node.Treaties.Texts, clock), dataFolder);
        var people = MakePeople(then, plan.People);
        clock.Now = now.AddDays(-DirectorySince);
        foreach (var entry in plan.Directory)
        {
            var content = ContentJson.Content(Over(ContentJson.Write(new AuthorityContent { State = "", Names = [], Kinds = [], Source = "" }), entry.Content));
            var restricted = ContentJson.Restricted(Over(ContentJson.Write(RestrictedPart.None), entry.Restricted));
            EnterAuthority.New(then.Authorities, Actor.Node, new EntryInput(content, restricted, node.Treaties.Today.AddDays(-entry.ConfirmedAgo)), people["officer"].Person, people["officer"].Standings[0].Organization);
        }

        var moments = plan.Cases.SelectMany(c => new PlayCase(then.Requests, people, c).Moments(now)).OrderBy(m => m.At).ToList();
        foreach (var (at, happen) in moments)
        {
            clock.Now = at;
            await happen(cancel);
        }

        return true;
    }

    /// <summary>Makes a node's office and people; does nothing when it has an organization already.</summary>
    internal static void People(Node node, DemoPeople people)
    {
        if (!IsFilled(node)) MakePeople(node, people);
    }

    private static bool IsFilled(Node node)
    {
        using var context = node.Treaties.Database.Connect();
        return context.Set<Organization>().Any();
    }

    /// <summary>An entry's members over those of an empty one.</summary>
    private static string Over(string empty, JsonObject given)
    {
        var all = (JsonObject)JsonNode.Parse(empty)!;
        foreach (var (name, value) in given) all[name] = value?.DeepClone();
        return all.ToJsonString();
    }

    private static Dictionary<string, Viewer> MakePeople(Node node, DemoPeople plan) => node.Access.Change(Actor.CommandLine, change =>
    {
        var organizations = new Dictionary<string, Organization>(StringComparer.Ordinal);
        foreach (var one in plan.Organizations)
        {
            organizations[one.Name] = Organizations.Create(change, one.Name, plan.State, one.Below is null ? null : organizations[one.Below].Id);
            change.Context.SaveChanges();
        }

        var people = new Dictionary<string, Viewer>(StringComparer.Ordinal);
        foreach (var one in plan.People)
        {
            var (where, role) = (organizations[one.Organization], Roles.Find(one.Role)!.Value);
            var person = PersonChanges.Create(change, one.Name, one.Email);
            change.Context.SaveChanges();
            PersonChanges.Grant(change, person.Id, where, role);
            people[one.Key] = new Viewer(person.Id, person.Name, "127.0.0.1", [new Standing(role, where.Id, where.Path)]);
        }

        return people;
    });
}
