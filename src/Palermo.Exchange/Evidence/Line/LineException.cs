using Palermo.Kernel;

namespace Palermo.Exchange.Evidence.Line;

/// <summary>Bytes that cannot be taken from a line, with the status that says so over HTTP.</summary>
internal sealed class LineException(int status, Message text) : Exception(text.Key)
{
    /// <summary>Statuses of tus and HTTP.</summary>
    internal const int WrongOffset = 409, TooMuch = 413, WrongBytes = 460, Broken = 499, DiskFull = 507;

    internal int Status { get; } = status;

    internal Message Text { get; } = text;

    internal LineException(int status, string key, params (string Name, object? Value)[] fillings)
        : this(status, new Message(key, fillings)) { }
}
