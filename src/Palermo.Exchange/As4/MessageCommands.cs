using System.CommandLine;
using Palermo.Kernel;

namespace Palermo.Exchange.As4;

/// <summary><c>palermo message pack</c> and <c>palermo message open</c>.</summary>
internal static class MessageCommands
{
    internal static Command Command(Lazy<Texts> texts, TimeProvider clock) => new("message", "Writes and reads one signed and encrypted message on disk, without sending it.");
}
