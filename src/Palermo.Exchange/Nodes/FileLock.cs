using System.Runtime.InteropServices;
using Palermo.Kernel;
using Palermo.Requests.Files;

namespace Palermo.Exchange.Nodes;

/// <summary>Held by one at a time, of all threads and processes of a node. It goes with the process that holds it.</summary>
internal sealed partial class FileLock : IDisposable
{
    private const int ReadWriteCloseOnExec = 0x80002;
    private const int Exclusive = 2;
    private const int Interrupted = 4;

    private readonly FileStream? _stream;
    private int _file = -1;

    /// <summary>Waits for the lock.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="RefusedException">Not on Linux: somebody else holds it (conflict).</exception>
    internal FileLock(string path)
    {
        Disk.MakeFolder(Path.GetDirectoryName(path)!);
        if (!OperatingSystem.IsLinux())
        {
            _stream = Try(path) ?? throw new RefusedException("refused.busy") { Conflict = true };
            return;
        }

        // .NET's own lock on a file does not wait.
        if (!File.Exists(path)) Try(path)?.Dispose();
        _file = Open(path, ReadWriteCloseOnExec);
        if (_file < 0) throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
        while (Lock(_file, Exclusive) != 0)
        {
            if (Marshal.GetLastPInvokeError() == Interrupted) continue;
            var why = Marshal.GetLastPInvokeErrorMessage();
            Dispose();
            throw new IOException($"{path}: {why}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream?.Dispose();
        if (_file < 0) return;
        _ = Close(_file);
        _file = -1;
    }

    private static FileStream? Try(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Lock(int file, int operation);

    [LibraryImport("libc", EntryPoint = "close"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Close(int file);
}
