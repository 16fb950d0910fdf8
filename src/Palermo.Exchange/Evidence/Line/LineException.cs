using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Line;

/// <summary>Bytes that cannot be taken from a line, with the status that says so over HTTP.</summary>
internal sealed class LineException(int status, Message text) : Exception(text.Key)
{
    /// <summary>Statuses of tus and HTTP.</summary>
    internal const int WrongOffset = 409, TooMuch = 413, WrongBytes = 460, Broken = 499, DiskFull = 507;

    internal int Status { get; } = status;

    internal Message Text { get; } = text;

    /// <summary>EFBIG: a file may not become longer than that, by its file system or by a limit of the process.</summary>
    internal const int FileTooLong = 27;

    /// <summary>What a failure of our own disk means: no more room (EFBIG, ENOSPC, EDQUOT or ERROR_DISK_FULL), or anything else.</summary>
    internal static LineException OfDisk(Exception e) => new(DiskFull, e.HResult is FileTooLong or 28 or 122 or unchecked((int)0x80070070) ? "package.line.disk-full" : "package.line.disk");

    internal LineException(int status, string key, params (string Name, object? Value)[] fillings)
        : this(status, new Message(key, fillings)) { }
}
