using System.CommandLine;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence;

/// <summary><c>palermo evidence pack|send|receive|verify</c>.</summary>
internal static class EvidenceCommands
{
    internal static Command Command(Func<ParseResult, ExchangeModule> open, Lazy<Texts> texts, TimeProvider clock) => new("evidence", "Packs, sends, receives and verifies evidence of any size.");
}
