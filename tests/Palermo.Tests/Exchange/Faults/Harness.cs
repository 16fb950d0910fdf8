using System.Diagnostics;
using System.Runtime.InteropServices;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Faults;

/// <summary>Runs <c>tests/Palermo.Faults</c>, which starts nodes as processes of their own.</summary>
internal static class Harness
{
    internal static async Task Run(params string[] arguments)
    {
        // Beside this test, of the same configuration.
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(Repository.Root, "tests", "Palermo.Faults", "bin", folder.Parent!.Name, folder.Name, "Palermo.Faults.dll");
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        using var harness = Process.Start(new ProcessStartInfo(dotnet, [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        try
        {
            var (output, errors) = (harness.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), harness.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            await harness.WaitForExitAsync(TestContext.Current.CancellationToken);
            harness.ExitCode.ShouldBe(0, await output + await errors);
        }
        finally
        {
            if (!harness.HasExited) harness.Kill(entireProcessTree: true);
        }
    }
}
