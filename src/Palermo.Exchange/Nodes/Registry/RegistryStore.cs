using System.Security.Cryptography;
using System.Text.Json;
using Palermo.Exchange.Nodes.Trust;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes.Registry;

/// <summary>What the node knows of the registry right now.</summary>
/// <param name="State">Where it comes from; null when none is pinned.</param>
/// <param name="Edition">The last good copy; null when there is none.</param>
/// <param name="Broken">Why the copy on the disk is not used; null when it is, or there is none.</param>
internal sealed record RegistryView(StateFile? State, RegistryEdition? Edition, Message? Broken)
{
    /// <summary>Why the registry could not be brought up to date, or its copy not be used; null when all is well.</summary>
    internal Message? Problem => Broken ?? State?.Problem?.Message;

    /// <summary>Whether this node itself publishes it.</summary>
    internal bool Publishes { get; init; }
}

/// <summary>The last good copy of the registry, on the disk: nothing takes its place but a newer edition that somebody signed who may.</summary>
/// <param name="folder">Folder of identity and registry.</param>
/// <param name="clock">The clock.</param>
internal sealed class RegistryStore(string folder, TimeProvider clock)
{
    private const int LargestState = 64 << 10;
    private readonly Lock _reading = new();
    private ((DateTime, long) State, (DateTime, long) Copy, bool Publishes) _stamp;
    private RegistryView? _view;

    private string StatePath => Path.Combine(folder, "registry-state.json");

    /// <summary>The signed document as it was published.</summary>
    internal string CopyPath => Path.Combine(folder, "registry.json");

    /// <summary>What is to be published next.</summary>
    internal string DraftPath => Path.Combine(folder, "registry-draft.json");

    /// <summary>What is known now; read anew when another process wrote it.</summary>
    internal RegistryView Current
    {
        get
        {
            lock (_reading)
            {
                var stamp = (SafeFile.Stamp(StatePath), SafeFile.Stamp(CopyPath), File.Exists(DraftPath));
                if (_view is null || stamp != _stamp) (_view, _stamp) = (Load() with { Publishes = stamp.Item3 }, stamp);
                return _view;
            }
        }
    }

    /// <summary>Says from now on where the registry comes from and whose signature it needs. A copy that the new anchor did not sign is not used any more.</summary>
    /// <param name="address">Its address; empty when it comes in files.</param>
    /// <param name="fingerprint">Fingerprint of the publisher's certificate.</param>
    internal void Pin(string address, string fingerprint)
    {
        using var held = Hold();
        var signed = false;
        if (SafeFile.Read(CopyPath, RegistryEdition.Largest) is { } copy)
        {
            try
            {
                signed = Jws.Open(copy, RegistryEdition.Type).Signers.Any(s => Fingerprint.Of(s) == fingerprint);
            }
            catch (RefusedException)
            {
                // It is no good copy, then.
            }
        }

        var before = signed ? ReadState() : null;
        if (!signed) File.Delete(CopyPath);
        Write(new(address, fingerprint, before is null ? [fingerprint] : [.. before.Anchors.Append(fingerprint).Distinct(StringComparer.Ordinal)], before?.Serial ?? 0, before?.TakenAt, null, null));
    }

    /// <summary>Takes a signed document, if it is newer than the copy and signed by one who may.</summary>
    /// <returns>Whether it is newer; false when it is the copy itself.</returns>
    /// <exception cref="RefusedException">It is not taken; the copy stays.</exception>
    internal bool Take(byte[] document)
    {
        using var held = Hold();
        var state = ReadState() ?? throw new RefusedException("nodes.registry.not-pinned");
        var current = Current.Edition;
        var (payload, signers) = Jws.Open(document, RegistryEdition.Type);
        var now = clock.GetUtcNow();
        var signer = signers.FirstOrDefault(s => state.Anchors.Contains(Fingerprint.Of(s), StringComparer.Ordinal))
            ?? throw new RefusedException("nodes.registry.stranger", ("fingerprint", Fingerprint.Short(Fingerprint.Of(signers[0]))), ("pinned", Fingerprint.Short(state.Pinned)));
        if (CertificateFitness.Of(signer, "", now) is { } unfit) throw new RefusedException(unfit.Text);
        if (current?.Revoked.ContainsKey(Fingerprint.Of(signer)) == true) throw new RefusedException("nodes.registry.anchor-revoked", ("fingerprint", Fingerprint.Short(Fingerprint.Of(signer))));
        var edition = RegistryEdition.Read(payload);
        if (edition.Serial < state.Serial) throw new RefusedException("nodes.registry.older", ("given", edition.Serial), ("have", state.Serial));
        if (edition.Serial == state.Serial && current is not null)
        {
            if (!SHA256.HashData(payload).AsSpan().SequenceEqual(SHA256.HashData(Jws.Open(SafeFile.ReadGiven(CopyPath, RegistryEdition.Largest), RegistryEdition.Type).Payload)))
                throw new RefusedException("nodes.registry.forked", ("given", edition.Serial));
            Write(state with { CheckedAt = now, Problem = null });
            return false;
        }

        // Both may sign until the copy is written; whichever of the three writes is the last one before a cut, copy and state agree.
        Write(state with { Anchors = [.. state.Anchors.Union(edition.Anchors, StringComparer.Ordinal)] });
        SafeFile.Write(CopyPath, document);
        Write(state with { Anchors = [.. edition.Anchors.Append(Fingerprint.Of(signer)).Distinct(StringComparer.Ordinal)], Serial = edition.Serial, TakenAt = now, CheckedAt = now, Problem = null });
        return true;
    }

    /// <summary>Keeps why an attempt failed; null when the source has nothing newer.</summary>
    internal void Note(Message? problem)
    {
        using var held = Hold();
        if (ReadState() is not { } state) return;
        var now = clock.GetUtcNow();
        Write(problem is null ? state with { CheckedAt = now, Problem = null } : state with { Problem = ProblemFile.Of(problem, now) });
    }

    /// <summary>Holds the place of whoever changes the registry's files, for all processes of the node; waits for it.</summary>
    internal IDisposable Hold() => new FileLock(Path.Combine(folder, "registry.lock"));

    private void Write(StateFile state)
    {
        SafeFile.Write(StatePath, JsonSerializer.SerializeToUtf8Bytes(state, RegistryJson.Default.StateFile));
        lock (_reading) _view = null;
    }

    private StateFile? ReadState()
    {
        if (SafeFile.Read(StatePath, LargestState) is not { } content) return null;
        try
        {
            return JsonSerializer.Deserialize(content, RegistryJson.Default.StateFile) is { Address: not null, Pinned.Length: 64, Anchors: not null } state ? state : throw new JsonException();
        }
        catch (JsonException)
        {
            throw new RefusedException("nodes.registry.state-broken");
        }
    }

    private RegistryView Load()
    {
        StateFile? state = null;
        try
        {
            state = ReadState();
            if (state is null || SafeFile.Read(CopyPath, RegistryEdition.Largest) is not { } document) return new(state, null, null);
            var (payload, signers) = Jws.Open(document, RegistryEdition.Type);
            var edition = RegistryEdition.Read(payload);
            // What was taken once stays good: neither the signer's end nor a missed update makes it worse.
            return signers.Any(s => state.Anchors.Contains(Fingerprint.Of(s), StringComparer.Ordinal)) && edition.Serial >= state.Serial
                ? new(state, edition, null) : new(state, null, new("nodes.registry.copy-broken"));
        }
        catch (RefusedException e)
        {
            return new(state, null, e.Text.Key == "nodes.registry.state-broken" ? e.Text : new("nodes.registry.copy-broken"));
        }
    }
}
