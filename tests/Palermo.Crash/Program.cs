// Saves the persons of a request some times, to be killed meanwhile: what the test of crashes kills. Arguments: the record, the
// request, the person. It says "ready", reads how often to save, says "begin N" before and "done N" after saving version N, and waits.
using System.Globalization;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;
using Palermo.Requests.Document;
using Palermo.Requests.Drafting;

var database = PalermoDatabase.At(args[0]);
var (request, person) = (Guid.Parse(args[1]), Guid.Parse(args[2]));
var step = Steps.Find(Steps.Persons)!;
Viewer viewer;
SavedStep saved;
Read();
Console.WriteLine("ready");
for (var left = int.Parse(Console.ReadLine()!, CultureInfo.InvariantCulture); left > 0; left--)
{
    Read();
    var version = (saved.Version + 1).ToString("00000", CultureInfo.InvariantCulture);
    var people = Enumerable.Range(1, 40).Select(i => new PersonEntry { Id = "p" + i.ToString(CultureInfo.InvariantCulture), Names = [new NameEntry("Family" + version, $"Given{i}")] });
    var content = StepStore.ToContent(new RequestDocument { Persons = [.. people] });
    Console.WriteLine($"begin {saved.Version + 1}");
    Change.Make(database, viewer.Actor, TimeProvider.System, change => SaveStep.Save(change, viewer, request, step, saved.Version, content));
    Console.WriteLine($"done {saved.Version + 1}");
}

Console.ReadLine();

void Read()
{
    using var context = database.Connect();
    var found = context.Set<Request>().Single(r => r.Id == request);
    viewer = new Viewer(person, "crash", "test", [new Standing(Role.Officer, Guid.Empty, found.OrganizationPath)]);
    saved = StepStore.Latest(context, found.Case, step.Name);
}
