using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Palermo.Exchange.Nodes.Identity;

namespace Palermo.Faults;

/// <summary>A command of the built program in a process of its own, which may be killed.</summary>
internal sealed class CommandRun : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private CommandRun(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Heard(line.Data);
        _process.ErrorDataReceived += (_, line) => Heard(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The runtime that runs this process.</summary>
    internal static string Dotnet { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    /// <summary>The program, beside this one.</summary>
    internal static string Palermo { get; } = Path.Combine(AppContext.BaseDirectory, "palermo.dll");

    /// <summary>What it wrote, on both ways.</summary>
    internal string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    /// <summary>How a process is started whose output is read.</summary>
    internal static ProcessStartInfo Info(string program, params string[] arguments) => new(program, arguments)
    {
        RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, Environment = { [Passphrase.Variable] = ServedNode.Secret, ["DOTNET_TieredPGO"] = "0" },
    };

    /// <summary>Starts a command of the program.</summary>
    internal static CommandRun Start(params string[] arguments) => new(Info(Dotnet, [Palermo, .. arguments]));

    /// <summary>Runs something to its end.</summary>
    /// <returns>Its exit code, and what it wrote.</returns>
    internal static async Task<(int Code, string Said)> ToEnd(ProcessStartInfo start)
    {
        using var run = new CommandRun(start);
        return (await run.Exit(), run.Said);
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    internal async Task<int> Exit()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    internal void Kill() => _process.Kill(entireProcessTree: true);

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }

    private void Heard(string? line)
    {
        lock (_said) _said.AppendLine(line);
    }
}
