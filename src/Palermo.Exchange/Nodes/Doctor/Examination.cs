using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Palermo.Exchange.Nodes.Trust;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Doctor;

/// <summary>Looks at everything that exchange with a node needs, in the order in which it can fail.</summary>
/// <param name="trust">Who we are and whom we know.</param>
internal sealed class Examination(NodeTrust trust)
{
    /// <summary>Sends a test message and waits for its receipt: null when it came, otherwise why not. Not tried while nobody sets it.</summary>
    internal Func<NodeEntry, Task<string?>>? TestMessage { get; init; }

    /// <summary>Looks, one check after another.</summary>
    /// <param name="party">Party identifier of the other node; null to look at this one only.</param>
    /// <param name="cancel">When to stop.</param>
    internal async IAsyncEnumerable<DoctorCheck> Run(string? party, [EnumeratorCancellation] CancellationToken cancel)
    {
        var identity = Identity();
        yield return identity;
        yield return identity.State == DoctorCheck.Ok ? Listed() : DoctorCheck.Skipped("listed");
        yield return Registry();
        if (party is null)
        {
            yield return await ClockCheck.WithRegistry(trust, cancel);
            yield break;
        }

        var node = trust.Find(party);
        yield return Entry(party, node);
        var target = node;
        if (node is { Address: null, Relay: var relay })
        {
            // Whoever only dials out is met at its relay.
            target = relay.Length > 0 && (!trust.HasIdentity || relay != trust.Party) ? trust.Find(relay) : null;
            yield return target is not null ? DoctorCheck.Good("reach", "doctor.relay", ("party", party), ("relay", relay))
                : relay.Length == 0 || (trust.HasIdentity && relay == trust.Party) ? DoctorCheck.Good("reach", "doctor.dials-out", ("party", party))
                : new("reach", DoctorCheck.Failed, new("nodes.unknown-party", ("party", relay)), new("doctor.entry.advice"));
        }

        var reached = false;
        using var line = new LineExamination(trust);
        await foreach (var check in line.Run(target, identity.State == DoctorCheck.Ok, cancel))
        {
            reached = check is { Code: "our-certificate", State: DoctorCheck.Ok };
            yield return check;
        }

        yield return target is null ? await ClockCheck.WithRegistry(trust, cancel) : await ClockCheck.WithNode(trust, target, cancel);
        yield return node is null || (!reached && target is not null) ? DoctorCheck.Skipped("message") : await Message(node);
    }

    private DoctorCheck Identity()
    {
        try
        {
            if (trust.Own is not [var own, ..]) return new("identity", DoctorCheck.Failed, new("nodes.identity.none"), new("doctor.identity.advice"));
            return CertificateFitness.Of(own, trust.Party, trust.Clock.GetUtcNow()) is { } refusal
                ? new("identity", DoctorCheck.Failed, refusal.Text, new("doctor.identity.renew"))
                : DoctorCheck.Good("identity", "doctor.identity.ok", ("party", trust.Party), ("fingerprint", Fingerprint.Short(Fingerprint.Of(own))), ("until", own.Until().Day())) with { Advice = trust.Own.MaxBy(c => c.NotBefore)!.EndsSoon(trust.Clock.GetUtcNow()) };
        }
        catch (Exception e) when (e is RefusedException or CryptographicException)
        {
            return new("identity", DoctorCheck.Failed, e is RefusedException refused ? refused.Text : new("nodes.identity.broken", ("why", RefusedException.Shorten(e.Message))));
        }
    }

    private DoctorCheck Listed() =>
        trust.Check(trust.Own[0], trust.Party) is { } refusal
            ? new("listed", DoctorCheck.Failed, refusal.Text, new("doctor.listed.advice")) : DoctorCheck.Good("listed", "doctor.listed.ok", ("party", trust.Party));

    private DoctorCheck Registry()
    {
        var view = trust.Registry.Current;
        if (view.State is null) return new("registry", DoctorCheck.Failed, new("nodes.registry.not-pinned"), new("doctor.registry.pin"));
        if (view.Problem is { } problem) return new("registry", DoctorCheck.Failed, problem, new(view.Edition is null ? "doctor.registry.poll" : "doctor.registry.kept"));
        if (view.Edition is not { } edition) return new("registry", DoctorCheck.Failed, new("nodes.registry.no-copy"), new("doctor.registry.poll"));
        return trust.Clock.GetUtcNow() > edition.NextUpdate
            ? new("registry", DoctorCheck.Failed, new("doctor.registry.overdue", ("serial", edition.Serial), ("due", edition.NextUpdate.Day())), new("doctor.registry.kept"))
            : DoctorCheck.Good("registry", "doctor.registry.ok", ("serial", edition.Serial), ("publisher", edition.Publisher), ("issued", edition.Issued.Day()), ("n", edition.Nodes.Count));
    }

    private DoctorCheck Entry(string party, NodeEntry? node)
    {
        if (node is null) return new("entry", DoctorCheck.Failed, new("nodes.unknown-party", ("party", RefusedException.Shorten(party))), new("doctor.entry.advice"));
        var refusals = node.Certificates.Select(c => trust.Check(c, node.Party)).ToArray();
        return refusals.Contains(null) ? DoctorCheck.Good("entry", "doctor.entry.ok", ("party", node.Party), ("organization", node.Organization))
            : new("entry", DoctorCheck.Failed, refusals[0]!.Text, new("doctor.theirs.advice", ("organization", node.Organization)));
    }

    private async Task<DoctorCheck> Message(NodeEntry node)
    {
        if (TestMessage is null || node.Address is null) return new("message", DoctorCheck.NotTried, new("doctor.message.not-tried"));
        return await TestMessage(node) is { } why
            ? new("message", DoctorCheck.Failed, new("doctor.message.failed", ("why", why))) : DoctorCheck.Good("message", "doctor.message.ok", ("party", node.Party));
    }
}
