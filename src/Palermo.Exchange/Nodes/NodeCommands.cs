using System.CommandLine;
using Palermo.Kernel;

namespace Palermo.Exchange.Nodes;

/// <summary><c>palermo node init|doctor|…</c> and <c>palermo registry …</c>.</summary>
internal static class NodeCommands
{
    internal static Command Command(Func<ParseResult, ExchangeModule> open, Func<ParseResult, string> store, Lazy<Texts> texts, TimeProvider clock) => new("node", "This node's identity, and the nodes it knows.");
}
