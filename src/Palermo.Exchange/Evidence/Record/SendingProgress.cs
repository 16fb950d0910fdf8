using Palermo.Data;
using Palermo.Data.Exchange;
using Palermo.Kernel.Access;

namespace Palermo.Exchange.Evidence.Record;

/// <summary>Notes now and then how much of a package of ours the other node has. Not audited: it changes all the time.</summary>
/// <param name="module">The module.</param>
/// <param name="id">The package.</param>
internal sealed class SendingProgress(ExchangeModule module, Guid id)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private long _there, _noted = module.Clock.GetTimestamp();

    /// <summary>The other node has more.</summary>
    internal void Add(long bytes)
    {
        _there += bytes;
        if (module.Clock.GetElapsedTime(_noted) < Pause) return;
        _noted = module.Clock.GetTimestamp();
        Change.Make(module.Database, Actor.Node, module.Clock, change =>
        {
            if (change.Context.Set<EvidencePackage>().FirstOrDefault(p => p.Id == id) is not { State: PackageStates.Announced or PackageStates.Arriving } package) return;
            (package.State, package.Arrived, package.ChangedAt) = (PackageStates.Arriving, _there, change.Now);
        });
    }
}
