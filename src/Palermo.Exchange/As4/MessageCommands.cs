using System.CommandLine;
using Palermo.Kernel;

namespace Palermo.Exchange.As4;

/// <summary><c>palermo message pack</c> and <c>palermo message open</c>.</summary>
internal static class MessageCommands
{
    internal static Command Command(Func<ParseResult, string> store, Lazy<Texts> texts, TimeProvider clock) =>
        new("message", "Writes and reads one signed and encrypted message on disk, without sending it.") { PackFile.Command(clock), OpenFile.Command(store, texts, clock) };

    internal static void Line(ParseResult result, string text) => result.InvocationConfiguration.Output.WriteLine(text);
}
