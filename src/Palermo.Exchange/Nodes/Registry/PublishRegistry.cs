using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Exchange.Nodes.Trust;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Registry;

/// <summary>What the publishing node does: it keeps a draft, and issues it as a signed edition with the next number.</summary>
internal static class PublishRegistry
{
    /// <summary>Days until the next edition is due; the node issues it by itself when half of them are over.</summary>
    internal const int DefaultDays = 7;

    private const int LargestDraft = 32 << 20;
    private const int MostDays = 90;

    /// <summary>Takes a node's description into the draft.</summary>
    /// <param name="trust">The publishing node.</param>
    /// <param name="description">The description.</param>
    /// <param name="replace">Whether a node may come back with certificates that have nothing to do with the listed ones: a person compared the fingerprint.</param>
    /// <exception cref="RefusedException">The description cannot be taken, or does not continue what is listed.</exception>
    internal static NodeEntry Add(NodeTrust trust, byte[] description, bool replace)
    {
        var node = DescribeNode.Read(description, trust.Clock.GetUtcNow());
        Edit(trust, draft =>
        {
            var before = draft.Nodes.FirstOrDefault(n => n.Party == node.Party);
            if (before is not null && !replace && !ReadNode.Of(before).Certificates.Any(c => node.Certificates.Any(n => n.RawData.AsSpan().SequenceEqual(c.RawData))))
                throw new RefusedException("nodes.registry.discontinued", ("party", node.Party)) { Conflict = true };
            foreach (var certificate in node.Certificates.Select(Fingerprint.Of))
                if (draft.Revoked.Any(r => r.Fingerprint == certificate)) throw new RefusedException("nodes.certificate.revoked", ("party", node.Party), ("fingerprint", Fingerprint.Short(certificate)));
            draft = draft with { Nodes = [.. draft.Nodes.Where(n => n.Party != node.Party), ReadNode.File(node)] };
            RegistryEdition.MustDiffer(draft.Nodes.Select(n => n.Party));
            return draft;
        });
        return node;
    }

    /// <summary>Takes a node out of the draft.</summary>
    /// <exception cref="RefusedException">It is not in it.</exception>
    internal static void Remove(NodeTrust trust, string party) => Edit(trust, draft =>
        draft.Nodes.Any(n => n.Party == party)
            ? draft with { Nodes = [.. draft.Nodes.Where(n => n.Party != party)] }
            : throw new RefusedException("nodes.unknown-party", ("party", RefusedException.Shorten(party))));

    /// <summary>Revokes a certificate and issues an edition that says so, at once when one has been published before.</summary>
    /// <param name="trust">The publishing node.</param>
    /// <param name="given">The certificate's file or its fingerprint.</param>
    /// <param name="reason">Why; may be empty.</param>
    /// <returns>The fingerprint, and the edition that says so; null when none has been published yet.</returns>
    internal static (string Fingerprint, RegistryEdition? Edition) Revoke(NodeTrust trust, string given, string reason)
    {
        var fingerprint = File.Exists(given) ? Fingerprint.Of(TakeCertificate.All(SafeFile.ReadGiven(given, 256 << 10))[0]) : Fingerprint.Read(given);
        Edit(trust, draft =>
        {
            if (draft.Revoked.Any(r => r.Fingerprint == fingerprint)) return draft;
            // Nobody could be told: the edition that says so needs a signature that others accept.
            if (Signers(trust, draft) is [var only] && Fingerprint.Of(only) == fingerprint) throw new RefusedException("nodes.registry.last-anchor") { Conflict = true };
            var owner = draft.Nodes.FirstOrDefault(n => ReadNode.Of(n).Certificates.Any(c => Fingerprint.Of(c) == fingerprint))?.Party;
            return draft with { Revoked = [.. draft.Revoked, new(fingerprint, trust.Clock.GetUtcNow(), owner, Plain.Text(reason.Take(200)))] };
        });
        return (fingerprint, trust.Registry.Current.Edition is null ? null : Issue(trust, null));
    }

    /// <summary>Issues the draft as the next edition.</summary>
    /// <param name="trust">The publishing node.</param>
    /// <param name="days">Days until the next one is due; null for as many as before.</param>
    /// <exception cref="RefusedException">The node has no identity or no valid certificate, or takes its registry from another.</exception>
    internal static RegistryEdition Issue(NodeTrust trust, int? days)
    {
        if (days is < 1 or > MostDays) throw new RefusedException("nodes.days", ("n", MostDays));
        var now = trust.Clock.GetUtcNow();
        var store = trust.Registry;
        if (store.Current.State is { Address.Length: > 0 } elsewhere) throw new RefusedException("nodes.registry.elsewhere", ("address", elsewhere.Address)) { Conflict = true };
        if (store.Current.State is null) store.Pin("", Fingerprint.Of(trust.Own is [var own, ..] ? own : throw new RefusedException("nodes.identity.none")));
        byte[] document = [];
        Edit(trust, draft =>
        {
            var signers = Signers(trust, draft);
            if (signers.Count == 0) throw new RefusedException("nodes.certificate.none-valid");
            draft = draft with { Serial = Math.Max(draft.Serial, store.Current.State?.Serial ?? 0) + 1, Days = days ?? draft.Days };
            var file = new RegistryFile(1, draft.Serial, now, now.AddDays(draft.Days), trust.Party, [.. signers.Select(Fingerprint.Of)], draft.Nodes, draft.Revoked);
            document = Jws.Sign(RegistryEdition.Type, JsonSerializer.SerializeToUtf8Bytes(file, RegistryJson.Default.RegistryFile), signers);
            return draft;
        });
        store.Take(document);
        return store.Current.Edition!;
    }

    /// <summary>Issues the next edition when half of the time until it is due is over.</summary>
    internal static bool IssueWhenDue(NodeTrust trust)
    {
        if (trust.Registry.Current is not { Publishes: true, State.Address: "", Edition: { } edition } || trust.Clock.GetUtcNow() < edition.Issued + ((edition.NextUpdate - edition.Issued) / 2)) return false;
        Issue(trust, null);
        return true;
    }

    /// <summary>Our certificates with which the next edition can be signed.</summary>
    private static IReadOnlyList<X509Certificate2> Signers(NodeTrust trust, DraftFile draft)
    {
        var now = trust.Clock.GetUtcNow();
        return [.. trust.Own.Where(c => CertificateFitness.Of(c, "", now) is null && draft.Revoked.All(r => r.Fingerprint != Fingerprint.Of(c)))];
    }

    private static void Edit(NodeTrust trust, Func<DraftFile, DraftFile> edit)
    {
        var path = trust.Registry.DraftPath;
        using var held = trust.Registry.Hold();
        var draft = SafeFile.Read(path, LargestDraft) is { } content ? ReadDraft(content) : new DraftFile(0, DefaultDays, [], []);
        SafeFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(edit(draft), RegistryJson.Default.DraftFile));
    }

    private static DraftFile ReadDraft(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, RegistryJson.Default.DraftFile) is { Nodes: not null, Revoked: not null } draft ? draft : throw new JsonException();
        }
        catch (JsonException)
        {
            throw new RefusedException("nodes.registry.state-broken");
        }
    }
}
