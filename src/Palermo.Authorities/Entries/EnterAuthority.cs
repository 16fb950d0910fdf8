using System.Globalization;
using Palermo.Data;
using Palermo.Data.Authorities;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Authorities.Entries;

/// <summary>An entry as somebody wants it to be.</summary>
/// <param name="Content">The public part.</param>
/// <param name="Restricted">The restricted part; null leaves the one on record as it is.</param>
/// <param name="ConfirmedOn">As of which day it is correct; null leaves the day on record as it is.</param>
internal sealed record EntryInput(AuthorityContent Content, RestrictedPart? Restricted, DateOnly? ConfirmedOn);

/// <summary>Enters an authority into the directory, or writes another version of it.</summary>
internal static class EnterAuthority
{
    /// <summary>Enters a new authority for somebody.</summary>
    /// <returns>Its identifier.</returns>
    /// <exception cref="RefusedException">The viewer may not.</exception>
    internal static Guid New(AuthoritiesModule module, Viewer? viewer, EntryInput input)
    {
        var writer = Writers.Check(viewer);
        return Change.Make(module.Database, writer.Actor, module.Clock, change =>
            Add(change, Guid.NewGuid(), input, "entered", writer.Person, writer.Standings.Select(s => (Guid?)s.Organization).FirstOrDefault()));
    }

    /// <summary>Enters a new authority for the program itself, for example in the demonstration.</summary>
    internal static Guid New(AuthoritiesModule module, Actor actor, EntryInput input, Guid? ownerPerson = null, Guid? ownerOrganization = null) =>
        Change.Make(module.Database, actor, module.Clock, change => Add(change, Guid.NewGuid(), input, "entered", ownerPerson, ownerOrganization));

    /// <summary>Writes another version of an entry.</summary>
    /// <param name="module">The module.</param>
    /// <param name="viewer">Who writes.</param>
    /// <param name="id">The entry.</param>
    /// <param name="basedOn">Number of the version the writer had seen.</param>
    /// <param name="input">What it is to say.</param>
    /// <param name="remark">Why.</param>
    /// <exception cref="RefusedException">The viewer may not, the entry does not exist, or somebody else changed it first (conflict).</exception>
    internal static void Edit(AuthoritiesModule module, Viewer? viewer, Guid id, int basedOn, EntryInput input, string remark = "")
    {
        var writer = Writers.Check(viewer);
        Change.Make(module.Database, writer.Actor, module.Clock, change =>
        {
            var row = Current(change, id, basedOn);
            Write(change, row, input, row.EndedAt is null ? "changed" : "restored", FieldText.Text(remark, 500));
        });
    }

    /// <summary>Says that an entry is still correct today.</summary>
    /// <inheritdoc cref="Edit"/>
    internal static void Confirm(AuthoritiesModule module, Viewer? viewer, Guid id, int basedOn)
    {
        var writer = Writers.Check(viewer);
        Change.Make(module.Database, writer.Actor, module.Clock, change =>
        {
            var row = Current(change, id, basedOn);
            if (row.EndedAt is not null) throw Unknown(id.ToString());
            Confirm(change, row, DateOnly.FromDateTime(change.Now));
            change.Audit("authority.confirmed", id.ToString(), Named(row.Version));
        });
    }

    /// <summary>Takes an entry out of the directory; everything it said stays on record.</summary>
    /// <inheritdoc cref="Edit"/>
    internal static void End(AuthoritiesModule module, Viewer? viewer, Guid id, int basedOn, string remark)
    {
        var writer = Writers.Check(viewer);
        Change.Make(module.Database, writer.Actor, module.Clock, change =>
        {
            var row = Current(change, id, basedOn);
            if (row.EndedAt is not null) throw Unknown(id.ToString());
            var last = Last(change.Context, row);
            Append(change, row, "ended", last.Content, last.Restricted, FieldText.Text(remark, 500));
            row.EndedAt = change.Now;
            change.Audit("authority.ended", id.ToString(), "", Named(row.Version - 1), Named(row.Version));
        });
    }

    /// <summary>The refusal for an entry that is not there.</summary>
    internal static RefusedException Unknown(string id) => new("authority.unknown", ("given", RefusedException.Shorten(id))) { NotFound = true };

    internal static Guid Add(Change change, Guid id, EntryInput input, string act, Guid? ownerPerson, Guid? ownerOrganization)
    {
        var row = new Authority
        {
            Id = id, Version = 0, State = "", Name = "", Kinds = "", Stage = "", Languages = "", OwnerPerson = ownerPerson, OwnerOrganization = ownerOrganization, CreatedAt = change.Now, ChangedAt = change.Now,
        };
        change.Context.Add(row);
        Write(change, row, input with { Restricted = input.Restricted ?? RestrictedPart.None }, act, "");
        return id;
    }

    internal static void Write(Change change, Authority row, EntryInput input, string act, string remark)
    {
        var before = row.Version == 0 ? null : Last(change.Context, row);
        var content = ContentJson.Write(input.Content);
        var restricted = input.Restricted is { } part ? ContentJson.Write(part) : before!.Restricted;
        if (before is null || act != "changed" || before.Content != content || before.Restricted != restricted)
        {
            Append(change, row, act, content, restricted, remark);
            change.Audit("authority." + act, row.Id.ToString(), "", before is null ? "" : Named(before.Version), Named(row.Version));
        }

        var c = input.Content;
        (row.State, row.Name, row.Kinds, row.Stage, row.Languages, row.EndedAt) = (c.State, c.Name, Between(c.Kinds), c.Stage, Between(c.Languages), null);
        if (input.ConfirmedOn is { } day && day != row.LastConfirmedOn) Confirm(change, row, day);
    }

    private static Authority Current(Change change, Guid id, int basedOn)
    {
        var row = change.Context.Set<Authority>().Find(id) ?? throw Unknown(id.ToString());
        return row.Version == basedOn ? row : throw new RefusedException("authority.conflict") { Conflict = true };
    }

    internal static AuthorityVersion Last(PalermoContext context, Authority row) =>
        context.Set<AuthorityVersion>().Single(v => v.Authority == row.Id && v.Version == row.Version);

    private static void Append(Change change, Authority row, string act, string content, string restricted, string remark)
    {
        row.Version++;
        row.ChangedAt = change.Now;
        change.Context.Add(new AuthorityVersion
        {
            Authority = row.Id, Version = row.Version, Act = act, Content = content, Restricted = restricted, Remark = remark, By = change.Actor.Person, ByName = change.Actor.Name, At = change.Now,
        });
    }

    private static void Confirm(Change change, Authority row, DateOnly on)
    {
        row.LastConfirmedOn = on;
        row.RemindedAt = null;
        change.Context.Add(new AuthorityConfirmation { Authority = row.Id, Version = row.Version, On = on, By = change.Actor.Person, ByName = change.Actor.Name, At = change.Now });
    }

    private static string Between(IReadOnlyList<string> codes) => codes.Count == 0 ? "" : ";" + string.Join(';', codes) + ";";

    private static string Named(int version) => string.Create(CultureInfo.InvariantCulture, $"version {version}");
}
