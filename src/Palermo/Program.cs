using System.CommandLine;
using Palermo.Access;
using Palermo.Authorities;
using Palermo.Commands;
using Palermo.Data;
using Palermo.Exchange;
using Palermo.Kernel;
using Palermo.Requests;
using Palermo.Treaties;

namespace Palermo;

/// <summary>The executable: serves, and answers on the command line.</summary>
public static class Program
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "The record: path of a SQLite file, or a PostgreSQL connection string. Environment variable PALERMO_DATA; by default a file in the user's data folder.",
        Recursive = true,
    };

    /// <summary>Runs one command. Exits with 0, with 1 when a check fails, with 2 when the input cannot be taken.</summary>
    public static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    internal static int Run(string[] args, TextWriter output, TextWriter error)
    {
        var texts = new Lazy<Texts>(LoadTexts);
        var root = new RootCommand("Palermo: treaties, requests and exchange for the Palermo Convention.") { Data };
        foreach (var command in TreatyCommands.All(result => Open(result, texts.Value))) root.Add(command);
        foreach (var command in AccessCommands.All(result => OpenNode(result, texts.Value).Access)) root.Add(command);
        foreach (var command in AuthorityCommands.All(result => OpenNode(result, texts.Value).Authorities)) root.Add(command);
        foreach (var command in RequestCommands.All(result => OpenNode(result, texts.Value).Requests, DataFolder, texts, TimeProvider.System)) root.Add(command);
        foreach (var command in ExchangeCommands.All(result => OpenNode(result, texts.Value).Exchange, result => PalermoDatabase.At(RecordOf(result.GetValue(Data))).Folder, texts, TimeProvider.System)) root.Add(command);
        root.Add(Serve.Command(Data));
        root.Add(Serve.Demo(Data));
        var parsed = root.Parse(args);
        try
        {
            if (parsed.Errors.Count > 0)
            {
                error.WriteLine(string.Join(' ', parsed.Errors.Select(e => e.Message)));
                return 2;
            }

            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (RefusedException e)
        {
            error.WriteLine(texts.Value.Say(LanguageOf(parsed), e.Text));
            return 2;
        }
        catch (Exception e) when (e is DataFileException or IOException or UnauthorizedAccessException or System.Data.Common.DbException or System.Net.Sockets.SocketException)
        {
            // A broken file, one that may not be read, an address that is taken, a record that went away: nothing a stack trace explains better.
            error.WriteLine(e.Message.ReplaceLineEndings(" "));
            return 2;
        }
    }

    /// <summary>The texts of all modules.</summary>
    internal static Texts LoadTexts() => Texts.Load(typeof(Texts).Assembly, typeof(Web.WebTexts).Assembly, typeof(AccessModule).Assembly, typeof(TreatyModule).Assembly,
        typeof(AuthoritiesModule).Assembly, typeof(RequestsModule).Assembly, typeof(ExchangeModule).Assembly);

    /// <summary>The folder <c>data/</c> that ships beside the program.</summary>
    internal static string DataFolder => Path.Combine(AppContext.BaseDirectory, "data");

    internal static TreatyModule Open(ParseResult result, Texts texts) =>
        TreatyModule.Open(PalermoDatabase.At(RecordOf(result.GetValue(Data))), DataFolder, texts, TimeProvider.System);

    private static Node OpenNode(ParseResult result, Texts texts) => Node.Open(RecordOf(result.GetValue(Data)), DataFolder, texts, TimeProvider.System);

    /// <summary>Where the record is when the command does not say.</summary>
    internal static string RecordOf(string? given)
    {
        if (!string.IsNullOrWhiteSpace(given)) return given;
        if (Environment.GetEnvironmentVariable("PALERMO_DATA") is { Length: > 0 } variable) return variable;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return home.Length > 0 ? Path.Combine(home, "palermo", "palermo.db") : Path.GetFullPath("palermo.db");
    }

    private static Language LanguageOf(ParseResult parsed) =>
        parsed.Tokens.Select(t => t.Value).SkipWhile(t => t != "--language").Skip(1).Select(Language.Find).FirstOrDefault() ?? Language.English;
}
