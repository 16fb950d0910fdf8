using System.Collections.Concurrent;
using System.Globalization;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Evidence.Storage;

namespace Palermo.Exchange.Evidence.Line;

/// <summary>Where a node keeps packages: a folder for each, named by its identifier.</summary>
/// <param name="folder">The folder of all packages.</param>
/// <param name="remote">Where the sealed files of packages that are done with are moved to; null for nowhere.</param>
internal sealed class EvidenceStore(string folder, S3Store? remote = null)
{
    private readonly ConcurrentDictionary<(Guid Package, int File), IncomingFile> _arriving = new();

    /// <summary>Where the sealed files of packages that are done with are moved to; null for nowhere.</summary>
    internal S3Store? Remote { get; } = remote;

    /// <summary>The folder of a package.</summary>
    internal PackageFolder FolderOf(Guid package) => new(Path.Combine(folder, package.ToString("N", CultureInfo.InvariantCulture)), Remote);

    /// <summary>The packages whose sealed files are here.</summary>
    internal IReadOnlyList<Guid> WithSealedFiles() => Where(d => Directory.EnumerateFiles(d, "*.sealed").Any());

    /// <summary>The folders without a manifest in which nothing was written since a time.</summary>
    internal IReadOnlyList<Guid> Unfinished(DateTime since) =>
        Where(d => !File.Exists(Path.Combine(d, "manifest.json")) && Directory.GetLastWriteTimeUtc(d) < since && Directory.EnumerateFiles(d).All(f => File.GetLastWriteTimeUtc(f) < since));

    private IReadOnlyList<Guid> Where(Func<string, bool> chosen) => !Directory.Exists(folder) ? [] :
        [.. Directory.EnumerateDirectories(folder).Where(chosen).Select(d => Guid.TryParseExact(Path.GetFileName(d), "N", out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty)];

    /// <summary>A file that arrives; everybody who asks gets the same one.</summary>
    internal IncomingFile Arriving(Guid package, EvidenceItem file) => _arriving.GetOrAdd((package, file.Number), _ => new IncomingFile(FolderOf(package), file));

    /// <summary>Lets go of the files of a package. They are not disposed: somebody may be asking one of them how much of it is here.</summary>
    internal void Forget(Guid package)
    {
        foreach (var key in _arriving.Keys.Where(k => k.Package == package)) _arriving.TryRemove(key, out _);
    }

    /// <summary>Whether every file of a package is there.</summary>
    internal bool IsWhole(Manifest manifest) => manifest.Files.All(f => FolderOf(manifest.Id).Has(f.Number));

    /// <summary>Bytes of sealed files that are durably there.</summary>
    internal long Arrived(Manifest manifest)
    {
        var package = FolderOf(manifest.Id);
        return manifest.Files.Sum(f => package.Has(f.Number) ? f.SealedLength : Marked(package.At(f.Number.ToString(CultureInfo.InvariantCulture) + ".at")));

        static long Marked(string path) => File.Exists(path) && long.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : 0;
    }
}
