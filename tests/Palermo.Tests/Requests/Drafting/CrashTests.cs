using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Palermo.Access.Trail;
using Palermo.Data;
using Palermo.Data.Audit;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;
using Palermo.Requests.Drafting;
using Palermo.Requests.Search;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Drafting;

/// <summary>A process killed during a save leaves the file as it was before or as it is after, never between.</summary>
public sealed class CrashTests
{
    private const int Ahead = 2, MostSaves = 4, People = 40;

    [Theory]
    [InlineData(Provider.Sqlite, 100)]
    [InlineData(Provider.Postgres, 20)]
    public void KilledAtAnyMomentOfASaveTheFileIsAsBeforeOrAfter(Provider provider, int kills)
    {
        using var record = new LifeRecord(provider);
        var request = record.Request(stage: "draft");
        var random = new Random(20260601);
        var started = new Queue<Saver>();
        var (before, after, took, share) = (0, 0, TimeSpan.FromMilliseconds(20), 0.5);
        try
        {
            for (var kill = 0; kill < kills; kill++)
            {
                // Starting takes longer than all else, so the next ones start while this one saves.
                while (started.Count < Ahead && started.Count < kills - kill) started.Enqueue(new Saver(record, request));
                using var saver = started.Dequeue();
                var begun = saver.SaveTimes(random.Next(1, MostSaves + 1), ref took);
                Spin(took * share * (0.4 + random.NextDouble()));
                saver.Kill(ref begun, out var done);

                var found = Check(record, request, random);
                found.ShouldBeInRange(Math.Max(done, begun - 1), begun, $"kill {kill}");
                // The next kill comes later when this one came too early, and the other way round: on a machine of any speed they gather where the save is written.
                share *= found == begun ? 0.75 : 1.3;
                if (found == begun) after++;
                else before++;
            }
        }
        finally
        {
            foreach (var saver in started) saver.Dispose();
        }

        // Otherwise nothing was hit.
        before.ShouldBeGreaterThan(0);
        after.ShouldBeGreaterThan(0);
    }

    /// <summary>Looks at everything a save writes while nobody else may write; PostgreSQL has then ended what the killed process began.</summary>
    /// <returns>The version the file is at.</returns>
    private static int Check(LifeRecord record, Request request, Random random) => Change.Make(record.Record.Database, Actor.CommandLine, record.Record.Clock, change =>
    {
        var context = change.Context;
        var versions = context.Set<StepVersion>().AsNoTracking().Where(s => s.Subject == request.Case).OrderBy(s => s.Version).ToList();
        versions.Select(v => v.Version).ShouldBe(Enumerable.Range(1, versions.Count));
        var entries = context.Set<AuditEntry>().AsNoTracking().Where(a => a.Act == "request.step-saved").OrderBy(a => a.Number).ToList();
        entries.Select(a => a.After).ShouldBe(versions.Select(v => v.Content));
        entries.Select(a => a.Before).ShouldBe(versions.Select(v => v.Content).Prepend("").Take(versions.Count));
        var trail = VerifyAudit.Run(record.Record.Database, null);
        trail.Ok.ShouldBeTrue($"{trail.Number} {trail.Fault}");
        if (versions.Count == 0) return 0;

        var last = versions[^1];
        var name = "Family" + last.Version.ToString("00000", CultureInfo.InvariantCulture);
        using (var content = JsonDocument.Parse(last.Content))
            content.RootElement.GetProperty("persons").EnumerateArray().Select(p => p.GetProperty("names")[0].GetProperty("family").GetString()).ShouldBe(Enumerable.Repeat(name, People));
        var things = context.Set<NamedThing>().Where(t => t.Subject == request.Case).ToList();
        things.Count.ShouldBe(People);
        things.ShouldAllBe(t => t.Name.Contains(name));
        context.Set<Request>().AsNoTracking().Single(r => r.Id == request.Id).ChangedAt.ShouldBe(last.At);
        foreach (var version in new[] { last.Version + 1, last.Version - 1, random.Next(1, last.Version + 1), last.Version })
            SearchCases.Page(context, record.Officer.Viewer, "Family" + version.ToString("00000", CultureInfo.InvariantCulture), null)!.Items.Count.ShouldBe(version == last.Version ? 1 : 0);
        return last.Version;
    });

    private static void Spin(TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < time) Thread.SpinWait(20);
    }

    /// <summary>A process that saves and is killed.</summary>
    private sealed class Saver : IDisposable
    {
        private readonly Process _process;

        internal Saver(LifeRecord record, Request request)
        {
            // Beside this test, of the same configuration.
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            var program = Path.Combine(Repository.Root, "tests", "Palermo.Crash", "bin", folder.Parent!.Name, folder.Name, "Palermo.Crash.dll");
            _process = Process.Start(new ProcessStartInfo("dotnet", [program, record.Record.Connection, request.Id.ToString(), record.Officer.Id.ToString()])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false, Environment = { ["DOTNET_TieredPGO"] = "0", ["DOTNET_gcServer"] = "0" },
            })!;
        }

        /// <summary>Has it save some times and returns when it has begun once more.</summary>
        internal int SaveTimes(int times, ref TimeSpan took)
        {
            Line().ShouldBe("ready");
            _process.StandardInput.WriteLine(times + 1);
            for (var i = 1; ; i++)
            {
                var begun = Number(Line(), "begin ");
                if (i > times) return begun;
                var watch = Stopwatch.StartNew();
                Number(Line(), "done ").ShouldBe(begun);
                // The first save of a process is slow; the others are what the moment of the kill is taken from.
                if (i > 1) took = watch.Elapsed;
            }
        }

        internal void Kill(ref int begun, out int done)
        {
            _process.Kill();
            _process.WaitForExit();
            done = begun - 1;
            foreach (var line in _process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.StartsWith("begin ", StringComparison.Ordinal)) begun = Number(line, "begin ");
                else if (line.StartsWith("done ", StringComparison.Ordinal)) done = Number(line, "done ");
            }
        }

        public void Dispose()
        {
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }

        private string Line() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("It ended by itself.");

        private static int Number(string line, string mark) =>
            line.StartsWith(mark, StringComparison.Ordinal) ? int.Parse(line[mark.Length..], CultureInfo.InvariantCulture) : throw new InvalidOperationException(line);
    }
}
