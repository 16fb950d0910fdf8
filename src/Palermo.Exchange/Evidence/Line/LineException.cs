using System.Data.Common;
using Microsoft.Data.Sqlite;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Line;

/// <summary>Bytes that cannot be taken from a line, with the status that says so over HTTP.</summary>
internal sealed class LineException(int status, Message text, Exception? cause = null) : Exception(text.Key, cause)
{
    /// <summary>Statuses of tus and HTTP.</summary>
    internal const int WrongOffset = 409, TooMuch = 413, WrongBytes = 460, Broken = 499, NotNow = 503, DiskFull = 507;

    internal int Status { get; } = status;

    internal Message Text { get; } = text;

    /// <summary>EFBIG: a file may not become longer than that, by its file system or by a limit of the process.</summary>
    internal const int FileTooLong = 27;

    /// <summary>What a failure of our own disk means: no more room (EFBIG, ENOSPC, EDQUOT or ERROR_DISK_FULL), or anything else.</summary>
    internal static LineException OfDisk(Exception e) => new(DiskFull, new Message(e.HResult is FileTooLong or 28 or 122 or unchecked((int)0x80070070) ? "package.line.disk-full" : "package.line.disk"), e);

    /// <summary>What a failure of our own record means: no more room (SQLITE_FULL, disk_full), a disk that cannot be written (SQLITE_READONLY, SQLITE_IOERR, SQLITE_CANTOPEN, io_error), or anything else, which may pass.</summary>
    internal static LineException OfRecord(Exception e) => (e.GetBaseException() as DbException) switch
    {
        SqliteException { SqliteErrorCode: 13 } or { SqlState: "53100" } => new(DiskFull, new Message("package.line.disk-full"), e),
        SqliteException { SqliteErrorCode: 8 or 10 or 14 } or { SqlState: "58030" } => new(DiskFull, new Message("package.line.disk"), e),
        _ => new(NotNow, new Message("package.line.record"), e),
    };

    internal LineException(int status, string key, params (string Name, object? Value)[] fillings)
        : this(status, new Message(key, fillings)) { }
}
