using System.CommandLine;
using Palermo.Exchange.Evidence.Line;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Evidence.Record;
using Palermo.Kernel;

namespace Palermo.Exchange.Evidence;

/// <summary><c>palermo evidence pack|send|receive|verify|open</c>.</summary>
internal static class EvidenceCommands
{
    /// <summary>The language of the sentences.</summary>
    internal static readonly Option<string> Language = new("--language") { Description = "Language of the sentences: en, fr, es, pt, ru, ar or zh." };

    internal static Command Command(Func<ParseResult, ExchangeModule> open, Lazy<Texts> texts, TimeProvider clock)
    {
        var context = new Context(open, texts, clock);
        return new("evidence", "Packs, sends, receives and verifies evidence of any size.") { PackEvidence.Command(context), VerifyEvidence.Command(context), OpenEvidence.Command(context), SendEvidence.Command(context), ReceiveEvidence.Command(context), ExportCustody.Command(context) };
    }

    /// <summary>What the commands need.</summary>
    /// <param name="Open">Opens the module, for commands that need the node.</param>
    /// <param name="LazyTexts">The interface's texts.</param>
    /// <param name="Clock">The clock.</param>
    internal sealed record Context(Func<ParseResult, ExchangeModule> Open, Lazy<Texts> LazyTexts, TimeProvider Clock)
    {
        internal void Say(ParseResult result, string key, params (string Name, object? Value)[] fillings) => Line(result, LazyTexts.Value.Say(LanguageOf(result), key, fillings));

        /// <summary>A line that shows how far a command is, on a terminal.</summary>
        internal ProgressLine Progress(ParseResult result, long total) =>
            new(Console.IsErrorRedirected ? null : result.InvocationConfiguration.Error, LazyTexts, LanguageOf(result), total, Clock);
    }

    /// <summary>A client for a node of the registry; a file may take as long as it takes.</summary>
    /// <exception cref="RefusedException">The registry does not list it.</exception>
    internal static HttpClient ClientFor(ExchangeModule module, string party)
    {
        var client = module.Trust.ClientFor(module.Trust.Find(party) ?? throw new RefusedException("package.no-node", ("given", RefusedException.Shorten(party))));
        client.Timeout = Timeout.InfiniteTimeSpan;
        return client;
    }

    internal static Language LanguageOf(ParseResult result) => result.GetValue(Language) is not { } code ? Kernel.Language.English
        : Kernel.Language.Find(code) ?? throw new RefusedException("refused.language", ("given", RefusedException.Shorten(code)), ("choices", Kernel.Language.All.Select(l => l.Code).ToArray()));

    internal static void Line(ParseResult result, string text) => result.InvocationConfiguration.Output.WriteLine(text);
}
