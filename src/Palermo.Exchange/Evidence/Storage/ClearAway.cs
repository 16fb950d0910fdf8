using Palermo.Exchange.Evidence.Record;

namespace Palermo.Exchange.Evidence.Storage;

/// <summary>Clears away what was being packed when the node fell: a folder without a manifest, of a package nobody ever recorded, that has lain untouched.</summary>
internal static class ClearAway
{
    private static readonly TimeSpan Untouched = TimeSpan.FromDays(1);

    /// <summary>Clears it away; what was packed is stored with its request still.</summary>
    internal static void Run(ExchangeModule module)
    {
        foreach (var id in module.Evidence.Unfinished(module.Clock.GetUtcNow().UtcDateTime - Untouched))
        {
            using var context = module.Database.Connect();
            if (Known.Package(context, id) is null) Directory.Delete(module.Evidence.FolderOf(id).Path, recursive: true);
        }
    }
}
