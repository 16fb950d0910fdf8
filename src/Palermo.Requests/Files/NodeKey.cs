using System.Security.Cryptography;
using Palermo.Kernel;

namespace Palermo.Requests.Files;

/// <summary>The key with which the keys of stored files are wrapped: 32 random bytes in a file of the node's own, made when the first file is stored.</summary>
internal static class NodeKey
{
    /// <summary>Environment variable that names the key's file when it is not <c>keys/node.key</c> of the store.</summary>
    internal const string Variable = "PALERMO_NODE_KEY_FILE";

    /// <summary>The key, to read what is stored.</summary>
    /// <exception cref="RefusedException">There is none, or it is not 32 bytes long.</exception>
    internal static byte[] Read(FileSettings settings)
    {
        if (!File.Exists(settings.KeyFile)) throw new RefusedException("files.no-key") { Conflict = true };
        var key = File.ReadAllBytes(settings.KeyFile);
        return key.Length == SealedFormat.Key ? key : throw new RefusedException("files.bad-key") { Conflict = true };
    }

    /// <summary>The key, made if nothing has been stored yet. A key that got lost is never replaced: that would hide the loss until it is too late.</summary>
    /// <exception cref="RefusedException">It got lost, or it is not 32 bytes long.</exception>
    internal static byte[] ReadOrMake(FileSettings settings)
    {
        if (!File.Exists(settings.KeyFile) && !Directory.Exists(settings.Files)) Make(settings.KeyFile);
        return Read(settings);
    }

    private static void Make(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        Disk.MakeFolder(folder);
        var temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.new");
        using (var stream = Disk.Create(temporary))
        {
            stream.Write(RandomNumberGenerator.GetBytes(SealedFormat.Key));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(temporary, file, overwrite: false);
            Disk.FlushFolder(folder);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Somebody else made it a moment earlier; theirs counts.
            File.Delete(temporary);
        }
    }
}
