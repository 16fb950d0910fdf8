using System.Globalization;
using Palermo.Data.Access;
using Palermo.Kernel.Access;
using Palermo.Requests.Board;
using Palermo.Requests.Search;

namespace Palermo.Bench.Record;

/// <summary>What the board and the search ask the record, without pages: where their time goes.</summary>
internal static class ReadPages
{
    private const int Times = 300;

    internal static void Run(Node node, TextWriter say)
    {
        using var first = node.Treaties.Database.Connect();
        var officer = first.Set<Person>().First(p => p.Email == "officer1@example.org");
        var top = first.Set<Organization>().First(o => o.Parent == null);
        var viewer = new Viewer(officer.Id, officer.Name, "127.0.0.1", [new Standing(Role.Officer, top.Id, top.Path)]);
        var today = node.Treaties.Today;
        foreach (var (name, read) in new (string, Action<Palermo.Data.PalermoContext>)[]
        {
            ("connect", c => _ = c.Set<Organization>().First(o => o.Parent == null)),
            ("counts", c => _ = ListRequests.Counts(c, viewer)),
            ("due first", c => _ = ListRequests.Page(c, viewer, new BoardQuery { For = BoardQuery.Us }, today)),
            ("changed last", c => _ = ListRequests.Page(c, viewer, new BoardQuery { For = BoardQuery.All, Sort = BoardQuery.ByChanged }, today)),
            ("common word", c => _ = ListRequests.Page(c, viewer, new BoardQuery { For = BoardQuery.Us, Text = "organized" }, today)),
            ("search", c => _ = SearchCases.Page(c, viewer, "organized", null)),
        })
        {
            var times = new List<double>();
            for (var i = 0; i < Times; i++)
            {
                var began = node.Treaties.Clock.GetTimestamp();
                using (var context = node.Treaties.Database.Connect()) read(context);
                if (i >= Times / 2) times.Add(node.Treaties.Clock.GetElapsedTime(began).TotalMilliseconds);
            }

            times.Sort();
            say.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-14} median {times[times.Count / 2]:0.00} ms   p95 {times[times.Count * 95 / 100]:0.00} ms"));
        }
    }
}
