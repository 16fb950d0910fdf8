using System.CommandLine;
using Palermo.Exchange.As4;
using Palermo.Exchange.Delivery;
using Palermo.Exchange.Evidence;
using Palermo.Exchange.Nodes;
using Palermo.Kernel;

namespace Palermo.Exchange;

/// <summary>The module's commands.</summary>
public static class ExchangeCommands
{
    /// <summary>The commands.</summary>
    /// <param name="open">Opens the module on the record the command names.</param>
    /// <param name="store">The store's folder of the record the command names, without opening the record.</param>
    /// <param name="texts">The interface's texts.</param>
    /// <param name="clock">The clock.</param>
    public static IEnumerable<Command> All(Func<ParseResult, ExchangeModule> open, Func<ParseResult, string> store, Lazy<Texts> texts, TimeProvider clock) =>
        [NodeCommands.Command(open, store, texts, clock, TestMessage.Send), RegistryCommands.Command(open, store, texts, clock), MessageCommands.Command(store, texts, clock), EvidenceCommands.Command(open, texts, clock)];
}
