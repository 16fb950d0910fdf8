using System.Runtime.InteropServices;

namespace Palermo.Exchange.Evidence.Packing;

/// <summary>
/// A file that is written once from its beginning to its end and may be larger than all memory. What was written goes on to the disk at once and
/// leaves the memory, so that terabytes of evidence do not push out the record's pages, and the flush at the end finds little left to do.
/// </summary>
internal sealed partial class LargeFile(string path, FileStreamOptions options) : FileStream(path, options)
{
    /// <summary>Told after so many bytes; what is still on its way then is told again.</summary>
    private const long Every = 16L << 20, Again = 128L << 20;

    private const int NotNeeded = 4;
    private long _told;

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await base.WriteAsync(buffer, cancellationToken);
        if (!OperatingSystem.IsLinux() || (Position > _told && Position - _told < Every)) return;
        _told = Position;
        var from = Math.Max(0, _told - Again);
        // Advice: whatever it answers, the bytes are written.
        _ = Advise(SafeFileHandle, from, _told - from, NotNeeded);
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Advise(Microsoft.Win32.SafeHandles.SafeFileHandle file, long offset, long length, int advice);
}
