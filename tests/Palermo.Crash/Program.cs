// Saves the persons of a request again and again until it is killed: what the test of crashes kills. Arguments: the record, the data folder, the request, the person.
using System.Globalization;
using Palermo;
using Palermo.Kernel.Access;
using Palermo.Requests.Document;
using Palermo.Requests.Drafting;

var node = Node.Open(args[0], args[1], Program.LoadTexts(), TimeProvider.System);
var (request, person) = (Guid.Parse(args[2]), Guid.Parse(args[3]));
Viewer viewer;
using (var context = node.Requests.Database.Connect())
    viewer = new Viewer(person, "crash", "test", [new Standing(Role.Officer, Guid.Empty, context.Set<Palermo.Data.Cases.Request>().Single(r => r.Id == request).OrganizationPath)]);
var step = Steps.Find(Steps.Persons)!;
for (var n = 1; ; n++)
{
    SavedStep saved;
    using (var context = node.Requests.Database.Connect()) saved = StepStore.All(context, context.Set<Palermo.Data.Cases.Request>().Single(r => r.Id == request)).GetValueOrDefault(step.Name) ?? new(0, []);
    var people = Enumerable.Range(1, 40).Select(i => new PersonEntry { Id = "p" + i.ToString(CultureInfo.InvariantCulture), Names = [new NameEntry($"Family{saved.Version + 1}", $"Given{i}")] });
    Console.WriteLine($"begin {saved.Version + 1}");
    SaveStep.Save(node.Requests, viewer, request, step, saved.Version, StepStore.ToContent(new RequestDocument { Persons = [.. people] }));
    Console.WriteLine($"done {saved.Version + 1}");
}
