using System.Diagnostics;
using System.Globalization;
using Palermo.Access.Trail;
using Palermo.Data.Exchange;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Evidence.Record;
using Palermo.Kernel;

namespace Palermo.Faults;

/// <summary>What has arrived of a package, looked at from outside after each fall and at the end.</summary>
/// <param name="packed">The sender's package.</param>
/// <param name="manifest">Its manifest.</param>
/// <param name="contents">What the files hold.</param>
/// <param name="receiver">The node for which it was packed.</param>
/// <param name="faults">Where everything is noted that is not as it must be.</param>
internal sealed class EvidenceVerdict(PackageFolder packed, Manifest manifest, byte[][] contents, ServedNode receiver, List<string> faults)
{
    private readonly Dictionary<string, long> _arrived = new(StringComparer.Ordinal);

    /// <summary>What the receiving node has taken in: whatever bears a file's name is that file, and nothing may be opened before all was verified.</summary>
    internal void Taken()
    {
        var folder = receiver.Node.Exchange.Evidence.FolderOf(manifest.Id);
        var whole = Files(folder.Path);
        var (package, custody) = Recorded();
        if (new PackageLine(package, manifest, custody).MayOpen && !whole) faults.Add("it may be opened before all of it is there");
        if (CustodyLine.FirstBroken(custody) is { } broken) faults.Add($"the custody record breaks at line {broken}");
        if (package.State != PackageStates.Verified && custody.Any(l => l.Act == "verified")) faults.Add("the custody record says verified of what is not");
        if (package.State == PackageStates.Refused) faults.Add($"it was refused: {package.Problem}");
    }

    /// <summary>What the command has fetched: opened with the receiver's key it gives whole files, or says why not.</summary>
    internal void Fetched(string folder)
    {
        var whole = Files(folder);
        var target = Path.Combine(folder, "..", "opened");
        if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
        try
        {
            OpenEvidence.Run(new PackageFolder(folder), [], receiver.Node.Exchange.Trust.Own[0], target, null, CancellationToken.None).GetAwaiter().GetResult();
            if (!whole) faults.Add("all of it was opened before all of it was there");
        }
        catch (RefusedException e)
        {
            if (whole && File.Exists(Path.Combine(folder, "manifest.json"))) faults.Add($"it is there and was not opened: {e.Text.Key}");
        }

        if (!Directory.Exists(target)) return;
        foreach (var file in Directory.EnumerateFiles(target))
        {
            var number = manifest.Files.FirstOrDefault(f => f.Name == Path.GetFileName(file))?.Number;
            if (number is null || !File.ReadAllBytes(file).AsSpan().SequenceEqual(contents[number.Value - 1])) faults.Add($"{Path.GetFileName(file)} was released and is not what was packed");
        }
    }

    /// <summary>The node verifies by itself what has arrived; then the record says so, once, and its trail is unbroken.</summary>
    internal async Task Verified(TimeSpan patience)
    {
        var waited = Stopwatch.StartNew();
        while (Recorded().Package.State == PackageStates.Arrived && waited.Elapsed < patience) await Task.Delay(100);
        Taken();
        var (package, custody) = Recorded();
        string[] expected = [.. manifest.Custody.Select(l => l.Act), "arrived", .. manifest.Files.Select(_ => "verified")];
        if (package.State != PackageStates.Verified || package.Arrived != package.Length) faults.Add($"it is {package.State} with {package.Arrived} of {package.Length} bytes");
        if (!custody.Select(l => l.Act).SequenceEqual(expected, StringComparer.Ordinal)) faults.Add("the custody record says " + string.Join(' ', custody.Select(l => l.Act)));
        if (VerifyAudit.Run(receiver.Node.Exchange.Database, null) is { Ok: false } broken) faults.Add($"the trail breaks at {broken.Number}: {broken.Fault}");
        // What a fall leaves of a small file that had no name yet is no part of the package.
        var left = Directory.EnumerateFiles(receiver.Node.Exchange.Evidence.FolderOf(manifest.Id).Path).Select(f => Path.GetFileName(f)).Where(f => !f.EndsWith(".new", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        string[] names = [.. manifest.Files.SelectMany(f => new[] { $"{f.Number}.leaves", $"{f.Number}.sealed" }), "manifest.json", "manifest.sig"];
        if (!left.SequenceEqual(names, StringComparer.Ordinal)) faults.Add("the folder holds " + string.Join(' ', left));
    }

    /// <summary>Whether all files are there; each that bears its name must be the sender's, and of one on its way, what counts as arrived.</summary>
    private bool Files(string folder)
    {
        var whole = true;
        foreach (var file in manifest.Files)
        {
            var number = file.Number.ToString(CultureInfo.InvariantCulture);
            var (there, part, mark) = (Path.Combine(folder, number + ".sealed"), Path.Combine(folder, number + ".part"), Path.Combine(folder, number + ".at"));
            var expected = File.ReadAllBytes(packed.Sealed(file.Number));
            // The mark is read before the bytes it is of: those that follow are added behind.
            var durable = File.Exists(mark) && long.TryParse(File.ReadAllText(mark), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : 0;
            var bytes = Read(there) ?? Read(part) ?? Read(there) ?? [];
            var same = bytes.AsSpan().CommonPrefixLength(expected);
            if (File.Exists(there) && same < expected.Length) faults.Add($"{number}.sealed bears its name and is not what was packed");
            if (same < Math.Min(durable, expected.Length)) faults.Add($"of {number}.part {same} bytes are right, and {durable} are said to be");
            // Chunks that have arrived whole are not sent again.
            var arrived = same == expected.Length ? same : EvidenceFormat.LeafAt(EvidenceFormat.ChunkAt(same));
            if (arrived < _arrived.GetValueOrDefault(folder + number)) faults.Add($"of {number} {arrived} bytes are left of {_arrived[folder + number]}");
            _arrived[folder + number] = arrived;
            whole &= same == expected.Length && File.Exists(there);
        }

        return whole;
    }

    private (EvidencePackage Package, IReadOnlyList<CustodyLine> Custody) Recorded()
    {
        using var context = receiver.Node.Exchange.Database.Connect();
        return (Known.Package(context, manifest.Id)!, Known.Custody(context, manifest));
    }

    private static byte[]? Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
