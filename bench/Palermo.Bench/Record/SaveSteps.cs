using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Palermo.Data.Access;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;
using Palermo.Requests.Drafting;
using Palermo.Requests.Life;

namespace Palermo.Bench.Record;

/// <summary>Saves steps of drafts: what a form of the page does when it is posted, with its audit entry and its words.</summary>
internal static class SaveSteps
{
    private const int Times = 300, WarmUp = 30;

    internal static void Run(Node node, TextWriter say)
    {
        using var context = node.Treaties.Database.Connect();
        var drafts = context.Set<Request>().AsNoTracking().Where(r => r.Outgoing && r.Stage == Stages.Draft && !r.Confidential).Take(Times).ToList();
        var officer = context.Set<Person>().First(p => p.Email == "officer1@example.org");
        var top = context.Set<Organization>().First(o => o.Parent == null);
        var viewer = new Viewer(officer.Id, officer.Name, "127.0.0.1", [new Standing(Role.Officer, top.Id, top.Path)]);
        foreach (var name in new[] { "measures", "facts", "persons" })
        {
            var (step, times) = (Steps.Find(name)!, new List<double>());
            foreach (var (i, request) in Enumerable.Range(0, Times).Select(i => (i, drafts[i % drafts.Count])))
            {
                var latest = StepStore.Latest(context, step.OfCase ? request.Case : request.Id, step.Name);
                var content = (JsonObject)latest.Content.DeepClone();
                content["fields"] = new JsonObject { [name + ".note"] = string.Create(CultureInfo.InvariantCulture, $"saved {i} {node.Treaties.Clock.GetTimestamp()}") };
                var began = node.Treaties.Clock.GetTimestamp();
                SaveStep.Save(node.Requests, viewer, request.Id, step, latest.Version, content);
                if (i >= WarmUp) times.Add(node.Treaties.Clock.GetElapsedTime(began).TotalMilliseconds);
            }

            times.Sort();
            say.WriteLine(string.Create(CultureInfo.InvariantCulture, $"save {name,-9} median {times[times.Count / 2]:0.0} ms   p95 {times[times.Count * 95 / 100]:0.0} ms   most {times[^1]:0.0} ms"));
        }
    }
}
