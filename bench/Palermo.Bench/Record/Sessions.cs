using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Palermo.Access.Sessions;
using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;

namespace Palermo.Bench.Record;

/// <summary>Signs people in without a browser, and picks what they look at.</summary>
internal static class Sessions
{
    internal static void Write(Node node, string folder)
    {
        var database = node.Treaties.Database;
        var protection = DataProtectionProvider.Create(new DirectoryInfo(Path.Combine(database.Folder, "keys")), b => b.SetApplicationName("palermo"));
        var keeper = new SessionKeeper(node.Access, protection);
        Directory.CreateDirectory(folder);
        var cookies = Change.Make(database, Actor.CommandLine, node.Treaties.Clock, change =>
            change.Context.Set<Person>().OrderBy(p => p.Email).ToList().ConvertAll(p => SessionCookie.NameFor(https: false) + "=" + keeper.Open(change, p, "password", "127.0.0.1", "load")));
        File.WriteAllLines(Path.Combine(folder, "cookies"), cookies);
        using var context = database.Connect();
        // What everybody who works for the whole office may see, so that every answer is a page.
        var seen = context.Set<StepVersion>().Where(s => s.Step == "basis").Join(context.Set<Request>().Where(r => !r.Confidential), s => s.Subject, r => r.Id, (s, r) => r.Id).Take(500).ToList();
        File.WriteAllLines(Path.Combine(folder, "requests"), seen.Select(id => id.ToString()));
        var names = context.Set<NamedThing>().Where(t => t.Kind == "person").OrderBy(t => t.Id).Select(t => t.Name).Take(2000).AsEnumerable().Where((_, i) => i % 10 == 0).ToList();
        var numbers = context.Set<Request>().Where(r => r.Number != null).Select(r => r.Number!).Take(100).ToList();
        // Names, numbers, one word that most cases hold, and two of a kind.
        File.WriteAllLines(Path.Combine(folder, "searches"), names.Concat(numbers).Append("organized").Append("account payment").Append("evid").Select(Uri.EscapeDataString));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cookies.Count} sessions"));
    }
}
