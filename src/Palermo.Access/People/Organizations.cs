using Microsoft.EntityFrameworkCore;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Kernel;

namespace Palermo.Access.People;

/// <summary>Organizations of the node: its owner and its units.</summary>
internal static class Organizations
{
    /// <summary>Levels an organization may stand below the top.</summary>
    private const int Deepest = 8;

    /// <summary>Makes an organization.</summary>
    /// <param name="change">The change.</param>
    /// <param name="name">Its name.</param>
    /// <param name="state">Alpha-3 code of its state; empty for an international organization.</param>
    /// <param name="parent">The organization above it; null at the top.</param>
    /// <exception cref="RefusedException">Name or state cannot be taken, or there is no such organization above.</exception>
    internal static Organization Create(Change change, string? name, string? state, Guid? parent)
    {
        var above = parent is null ? null
            : change.Context.Set<Organization>().FirstOrDefault(o => o.Id == parent && o.EndedAt == null) ?? throw new RefusedException("access.organization.unknown") { NotFound = true };
        if (above?.Path.Count(c => c == '/') >= Deepest) throw new RefusedException("access.organization.deep", ("n", Deepest)) { Field = "parent" };
        var id = Guid.CreateVersion7();
        var organization = new Organization { Id = id, Parent = parent, Path = $"{above?.Path}{id}/", Name = PersonChanges.NameOf(name), State = StateOf(state) };
        change.Context.Add(organization);
        change.Audit("organization.created", id.ToString(), "", "", organization.Name);
        return organization;
    }

    /// <summary>Changes name and state.</summary>
    internal static void Correct(Change change, Guid id, string? name, string? state)
    {
        var organization = Find(change, id);
        var before = $"{organization.Name} {organization.State}";
        (organization.Name, organization.State) = (PersonChanges.NameOf(name), StateOf(state));
        change.Audit("organization.corrected", id.ToString(), "", before, $"{organization.Name} {organization.State}");
    }

    /// <summary>The open organization of this name, made at the top when there is none.</summary>
    /// <exception cref="RefusedException">Several have the name.</exception>
    internal static Organization Named(Change change, string name, string state)
    {
        var text = PersonChanges.NameOf(name);
        return change.Context.Set<Organization>().Where(o => o.Name == text && o.EndedAt == null).Take(2).ToArray() switch
        {
            [] => Create(change, text, state, null),
            [var one] => one,
            _ => throw new RefusedException("access.organization.several", ("given", RefusedException.Shorten(text))),
        };
    }

    /// <summary>Closes an organization; roles in it no longer count.</summary>
    /// <exception cref="RefusedException">It has the last administrator, or open units below it.</exception>
    internal static void Close(Change change, Guid id)
    {
        var organization = Find(change, id);
        if (change.Context.Set<Organization>().Any(o => o.Parent == id && o.EndedAt == null)) throw new RefusedException("access.organization.units") { Conflict = true };
        PersonChanges.KeepAnAdministrator(change, m => m.Organization != id);
        organization.EndedAt = change.Now;
        change.Audit("organization.closed", id.ToString(), "", organization.Name);
    }

    private static Organization Find(Change change, Guid id) =>
        change.Context.Set<Organization>().FirstOrDefault(o => o.Id == id && o.EndedAt == null) ?? throw new RefusedException("access.organization.unknown") { NotFound = true };

    private static string StateOf(string? state)
    {
        var code = (state ?? "").Trim().ToUpperInvariant();
        return code.Length == 0 || (code.Length == 3 && code.All(char.IsAsciiLetterUpper)) ? code
            : throw new RefusedException("access.state.expected", ("given", RefusedException.Shorten(state))) { Field = "state" };
    }
}
