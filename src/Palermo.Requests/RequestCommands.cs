using System.CommandLine;
using Palermo.Kernel;
using Palermo.Requests.Completeness;
using Palermo.Requests.Kinds;

namespace Palermo.Requests;

/// <summary>The module's commands.</summary>
public static class RequestCommands
{
    /// <summary>The language of the sentences.</summary>
    internal static readonly Option<string> Language = new("--language") { Description = "Language of the sentences: en, fr, es, pt, ru, ar or zh." };

    /// <summary>The commands.</summary>
    /// <param name="open">Opens the module on the record the command names.</param>
    /// <param name="dataFolder">The folder <c>data/</c>, for commands that need no record.</param>
    /// <param name="texts">The interface's texts.</param>
    /// <param name="clock">The clock.</param>
    public static IEnumerable<Command> All(Func<ParseResult, RequestsModule> open, string dataFolder, Lazy<Texts> texts, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(clock);
        var context = new Context(new(() => KindCatalogue.Load(dataFolder)), texts, clock);
        return [new Command("request", "Drafts and checks requests.") { StartFromBasis.Command(context), CheckFile.Command(context), Letter.RenderLetter.Command(context) }];
    }

    /// <summary>What commands without a record need.</summary>
    /// <param name="Kinds">The kinds of requests.</param>
    /// <param name="LazyTexts">The interface's texts.</param>
    /// <param name="Clock">The clock.</param>
    internal sealed record Context(Lazy<KindCatalogue> Kinds, Lazy<Texts> LazyTexts, TimeProvider Clock)
    {
        internal Texts Texts => LazyTexts.Value;

        internal DateOnly Today => DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
    }

    internal static Language LanguageOf(ParseResult result) => result.GetValue(Language) is not { } code ? Kernel.Language.English
        : Kernel.Language.Find(code) ?? throw new RefusedException("refused.language", ("given", RefusedException.Shorten(code)), ("choices", Kernel.Language.All.Select(l => l.Code).ToArray()));

    /// <summary>Opens a file for reading; what the system says about one that cannot be read is said on the command line.</summary>
    internal static FileStream OpenFile(FileInfo file) => file.OpenRead();

    internal static void Line(ParseResult result, string text) => result.InvocationConfiguration.Output.WriteLine(text);
}
