using System.Diagnostics;
using System.Globalization;

namespace Palermo.Fuzz;

/// <summary>Something that reads foreign bytes.</summary>
/// <param name="Name">Its name on the command line and in the report.</param>
/// <param name="Seeds">Good inputs, to be changed.</param>
/// <param name="Words">What readers look for, to be put in.</param>
/// <param name="Read">Reads changed bytes: true when they were taken, false when they were refused as they should be; anything thrown is a fault.</param>
internal sealed record Target(string Name, IReadOnlyList<byte[]> Seeds, IReadOnlyList<byte[]> Words, Func<byte[], bool> Read);

/// <summary>
/// Changes good inputs at random and feeds them to the parsers of foreign bytes.
/// <c>Palermo.Fuzz CPU-SECONDS [TARGET…] [seed=NUMBER]</c>; exits with 1 when a parser threw anything but its refusal, or was slow, and writes that input into the temporary folder.
/// </summary>
internal static class Program
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);
    private const int Batch = 200, MostFaults = 20;

    private static int Main(string[] arguments)
    {
        var budget = TimeSpan.FromSeconds(double.Parse(arguments.FirstOrDefault() ?? "60", CultureInfo.InvariantCulture));
        var seed = arguments.FirstOrDefault(a => a.StartsWith("seed=", StringComparison.Ordinal)) is { } given ? int.Parse(given[5..], CultureInfo.InvariantCulture) : Environment.TickCount;
        var named = arguments.Skip(1).Where(a => !a.Contains('=', StringComparison.Ordinal)).ToArray();
        var targets = As4Targets.All().Concat(EvidenceTargets.All()).Concat(NodesTargets.All()).Where(t => named.Length == 0 || named.Contains(t.Name, StringComparer.Ordinal)).ToArray();
        var counts = targets.ToDictionary(t => t.Name, _ => (Tried: 0L, Taken: 0L), StringComparer.Ordinal);
        var mutate = new Mutate(new Random(seed));
        var faults = 0;
        while (Process.GetCurrentProcess().TotalProcessorTime < budget && faults < MostFaults)
        {
            foreach (var target in targets)
            {
                for (var i = 0; i < Batch; i++)
                {
                    var input = mutate.Some(target);
                    var began = Environment.CpuUsage.TotalTime;
                    var fault = Try(target, input, out var taken);
                    if (Environment.CpuUsage.TotalTime - began is var took && took > Slow) fault ??= $"took {took} of processor time";
                    var (tried, sofar) = counts[target.Name];
                    counts[target.Name] = (tried + 1, sofar + (taken ? 1 : 0));
                    if (fault is null) continue;
                    faults++;
                    var path = Path.Combine(Path.GetTempPath(), $"palermo-fuzz-{target.Name}-{Guid.NewGuid():N}");
                    File.WriteAllBytes(path, input);
                    Console.WriteLine($"{target.Name}: {fault}\n  input kept in {path}");
                    if (faults == MostFaults) break;
                }
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:F0} s of CPU, {faults} faults"));
        foreach (var (name, (tried, taken)) in counts) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-12}{tried,12:N0} tried{taken,12:N0} taken"));
        return faults == 0 ? 0 : 1;
    }

    private static string? Try(Target target, byte[] input, out bool taken)
    {
        taken = false;
        try
        {
            taken = target.Read(input);
            return null;
        }
#pragma warning disable CA1031 // Whatever comes out is what is looked for.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e.ToString();
        }
    }
}
