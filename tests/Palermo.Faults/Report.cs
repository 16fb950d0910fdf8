using System.Text;

namespace Palermo.Faults;

/// <summary>What a run showed, in words.</summary>
internal static class Report
{
    internal static string Line(Outcome o) =>
        $"{o.Scenario}: {o.Requests} requests, {o.Messages} messages in {o.Attempts} attempts, {o.Broken.TotalSeconds:0} s broken and {o.Settling.TotalSeconds:0} s settling; {o.Kills} killed, {o.Restarts} restarted; "
        + $"{o.Line.Connections} connections, {o.Line.Refused} refused, {o.Line.Swallowed} swallowed, {o.Line.Cut} cut, {o.Line.Partitions} partitions; {o.Faults.Count} faults";

    internal static string Of(IReadOnlyList<Outcome> outcomes, int asked, int seed, TimeSpan pace, TimeSpan took)
    {
        var text = new StringBuilder("""
            # Faults

            `tests/Palermo.Faults` starts three nodes as processes of the built program (two states, and a secretariat with registry and relay), puts a TCP
            line of its own in front of each, sends requests and answers them, and meanwhile kills processes (`kill -9`), restarts them, and has the lines
            refuse, swallow, cut in the middle, delay and be partitioned. Each request is four messages back besides itself: receipt, acceptance, beginning
            of execution, execution. Then the lines heal, and everything must be there exactly once: every message in the other's file, in order, with the
            receipt that was given; every request's life as it should be at both ends; nothing waiting, nothing at the relay; the three trails unbroken,
            each message once in both, and the heads of the trail that messages carry found in the sender's trail.

            The faults are those of the harness's own TCP line: where it was written, the kernel had network namespaces but no `netem`. Lost and doubled
            packets below TCP are therefore not part of it.

            Evidence is moved by the same harness (`evidence=KILLS size=MEGABYTES`): a package of three files goes to a node that serves (`palermo evidence send`)
            and is fetched from one (`palermo evidence receive`), while whoever sends or receives is killed in turns: at a random byte of the line, or at a
            name that appears, changes or goes where the package arrives. After each fall every file that bears its name must be the sender's, of what counts
            as arrived every byte must be right and none be lost, and nothing may be opened before all of it was verified; in the end the custody record
            says each thing once. Then it is fetched onto a disk that is full, which must be said, and whole once there is room.

            | scenario | requests | messages | attempts | under faults | settling | killed | restarted | connections | refused | swallowed | cut | pieces delayed | partitions | MB carried | not as it must be |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|

            """);
        foreach (var o in outcomes)
            text.Append($"| {o.Scenario} | {o.Requests} | {o.Messages} | {o.Attempts} | {o.Broken.TotalSeconds:0} s | {o.Settling.TotalSeconds:0} s | {o.Kills} | {o.Restarts} | {o.Line.Connections} | {o.Line.Refused} | {o.Line.Swallowed} | {o.Line.Cut} | {o.Line.Delayed} | {o.Line.Partitions} | {o.Line.Bytes / 1e6:0.0} | {(o.Whole ? "" : "not all were sent in time; ")}{o.Faults.Count} |\n");
        var (messages, seconds) = (outcomes.Sum(o => o.Messages), outcomes.Sum(o => (o.Broken + o.Settling).TotalSeconds));
        text.Append($"""

            {outcomes.Sum(o => o.Requests)} of {asked} requests, {messages} messages, {messages / seconds:0.0} messages a second; {took.TotalMinutes:0.0} minutes in all; something falls or is cut off every {pace.TotalSeconds:0} s on average, seed {seed}, on {Environment.ProcessorCount} cores.

            push: both states listen. pull: one state only dials out and fetches from the other. relay: both only dial out and meet at the secretariat.

            """);
        foreach (var fault in outcomes.SelectMany(o => o.Faults).Take(50)) text.Append($"- {fault}\n");
        return text.Append("""

            Repeat: `./test --long`, or `dotnet run -c Release --project tests/Palermo.Faults -- requests=2000 scenarios=push,pull,relay pace=15 limit=3600 report=docs/faults.md`.

            """).ToString();
    }
}
