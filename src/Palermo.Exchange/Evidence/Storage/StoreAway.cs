using Palermo.Data.Exchange;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Evidence.Record;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Storage;

/// <summary>Moves the sealed files of packages that are done with to the S3 store, when one is configured. What was not moved yet is moved the next time.</summary>
internal static class StoreAway
{
    /// <summary>Moves what is to be moved.</summary>
    /// <param name="module">The module.</param>
    /// <param name="problem">Is told which package was not moved and why.</param>
    /// <param name="cancel">When to stop.</param>
    internal static async Task Run(ExchangeModule module, Action<Guid, string> problem, CancellationToken cancel)
    {
        if (module.Evidence.Remote is not { } remote) return;
        foreach (var id in module.Evidence.WithSealedFiles())
        {
            EvidencePackage? package;
            using (var context = module.Database.Connect()) package = Known.Package(context, id);
            if (package is not { State: PackageStates.Verified }) continue;
            try
            {
                await Move(module.Evidence.FolderOf(id), module.Manifests.Of(package), remote, cancel);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or RefusedException)
            {
                problem(id, module.Why(e));
            }
        }
    }

    /// <summary>Moves the files of one package. A file leaves the folder once the store has all of it.</summary>
    internal static async Task Move(PackageFolder folder, Manifest manifest, S3Store remote, CancellationToken cancel)
    {
        foreach (var file in manifest.Files.Where(f => File.Exists(folder.Sealed(f.Number))))
        {
            await using (var sealedFile = folder.OpenSealed(file)) await remote.Put(PackageFolder.RemoteName(manifest.Id, file.Number), sealedFile, cancel);
            await File.WriteAllTextAsync(folder.RemoteMark(file.Number), "", cancel);
            File.Delete(folder.Sealed(file.Number));
        }
    }
}
