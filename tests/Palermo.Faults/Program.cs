// Requests and answers between nodes in processes of their own, while lines break and processes are killed: is every message delivered exactly
// once, receipted, and in both trails? Arguments: requests=N seed=N pace=SECONDS limit=SECONDS scenarios=push,pull,relay report=FILE keep.
// With evidence=KILLS size=MEGABYTES a package of evidence moves instead, and whoever sends or receives it is killed so often in each direction.
// Exits with 1 when anything is not as it must be.
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Palermo.Faults;
using Palermo.Exchange.Nodes.Identity;

string? Given(string option) => args.FirstOrDefault(a => a.StartsWith(option + "=", StringComparison.Ordinal))?[(option.Length + 1)..];
int Number(string option, int otherwise) => Given(option) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Environment.SetEnvironmentVariable(Passphrase.Variable, ServedNode.Secret);
var (requests, seed) = (Number("requests", 20), Number("seed", 1));
var (pace, limit) = (TimeSpan.FromSeconds(Number("pace", 3)), TimeSpan.FromSeconds(Number("limit", 120)));
var names = (Given("scenarios") ?? "push,relay").Split(',');
if (names.Except(Scenario.Names, StringComparer.Ordinal).Any())
{
    Console.Error.WriteLine($"Scenarios are {string.Join(", ", Scenario.Names)}.");
    return 2;
}

var folder = Directory.CreateTempSubdirectory("palermo-faults-").FullName;
var texts = Palermo.Program.LoadTexts();
var template = Path.Combine(folder, "template.db");
_ = Palermo.Node.Open(template, Palermo.Program.DataFolder, texts, TimeProvider.System);
SqliteConnection.ClearAllPools();

if (Given("evidence") is { } kills)
{
    var faults = await new EvidenceRun(int.Parse(kills, CultureInfo.InvariantCulture), Number("size", 40), seed, Console.WriteLine).Run(folder, template, texts);
    foreach (var fault in faults.Take(20)) Console.WriteLine("FAULT " + fault);
    return End(faults.Count == 0, "Every byte arrived, and none before it was verified.");
}

var watch = Stopwatch.StartNew();
var outcomes = new List<Outcome>();
foreach (var (name, index) in names.Select((n, i) => (n, i)))
{
    // What does not divide goes to the first.
    var share = (requests / names.Length) + (index == 0 ? requests % names.Length : 0);
    outcomes.Add(await new Scenario(name, share, seed + index, pace, limit, line => Console.WriteLine(line)).Run(folder, template, texts));
    Console.WriteLine(Report.Line(outcomes[^1]));
    foreach (var fault in outcomes[^1].Faults.Take(20)) Console.WriteLine("FAULT " + fault);
    foreach (var error in outcomes[^1].Errors.Take(5)) Console.WriteLine("LOGGED " + (error.Length > 1500 ? error[..1500] : error));
}

if (Given("report") is { } file) await File.WriteAllTextAsync(file, Report.Of(outcomes, requests, seed, pace, watch.Elapsed), new UTF8Encoding(false));
return End(outcomes.TrueForAll(o => o.Ok), "All messages were delivered exactly once.");

int End(bool ok, string well)
{
    if (ok && !args.Contains("keep", StringComparer.Ordinal)) Directory.Delete(folder, recursive: true);
    else Console.WriteLine($"The records and logs are in {folder}.");
    Console.WriteLine(ok ? well : "NOT everything is as it must be.");
    return ok ? 0 : 1;
}
