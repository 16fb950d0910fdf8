using System.Globalization;
using Palermo.Data;
using Palermo.Kernel.Access;

namespace Palermo.Exchange.Nodes.Registry;

/// <summary>Brings the registry up to date and says so in the audit trail.</summary>
internal static class FollowRegistry
{
    /// <summary>Asks for the newest edition, or issues it where this node publishes and it is due.</summary>
    /// <returns>Whether there is a newer one now.</returns>
    internal static async Task<bool> Run(ExchangeModule module, CancellationToken cancel)
    {
        var before = module.Trust.Registry.Current;
        var newer = await module.Trust.Refresh(cancel);
        var after = module.Trust.Registry.Current;
        var act = newer ? before.Publishes ? "registry.published" : "registry.taken" : "registry.not-taken";
        // The same problem again says nothing new.
        if (newer || (after.Problem is { } problem && problem.Key != before.Problem?.Key))
            Change.Make(module.Database, Actor.Node, module.Clock, change => change.Audit(act, "", after.State?.Address ?? "", "", newer ? (after.Edition?.Serial ?? 0).ToString(CultureInfo.InvariantCulture) : after.Problem!.Key));
        return newer;
    }
}
