using System.Runtime.InteropServices;
using System.Text;

namespace Palermo.Requests.Files;

/// <summary>Files and folders of the node's own user only, and renames that survive a power cut.</summary>
internal static class Disk
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a folder that only the node's user may open, unless it exists.</summary>
    internal static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnFile | UnixFileMode.UserExecute);
    }

    /// <summary>A new file that only the node's user may open.</summary>
    /// <exception cref="IOException">It exists already, or cannot be written.</exception>
    internal static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnFile;
        return new FileStream(path, options);
    }

    /// <summary>Has a folder's entries written to the disk: a file's own flush does not say that its name is there.</summary>
    internal static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Open(Encoding.UTF8.GetBytes(path + '\0'), 0);
        if (folder < 0) return;
        _ = Flush(folder);
        _ = Close(folder);
    }

    [DllImport("libc", EntryPoint = "open"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Flush(int file);

    [DllImport("libc", EntryPoint = "close"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Close(int file);
}
