using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Palermo.Exchange.Nodes.Identity;
using Palermo.Exchange.Nodes.Registry;
using Palermo.Kernel;

namespace Palermo.Faults;

/// <summary>What a node of the harness is.</summary>
/// <param name="Name">Its party identifier is <c>palermo:NAME</c>.</param>
/// <param name="State">Its state; empty for the secretariat.</param>
/// <param name="DialsOut">Whether it has no address.</param>
/// <param name="Relay">Its relay's name; empty for none.</param>
internal sealed record NodePlan(string Name, string State, bool DialsOut = false, string Relay = "")
{
    internal string Party => "palermo:" + Name;
}

/// <summary>A node in a process of its own, <c>palermo serve</c>, which is killed and started again; its record is also opened from here.</summary>
internal sealed class ServedNode : IDisposable
{
    internal const string Secret = "faults of the line and of the node";
    private readonly string _folder;
    private readonly int _people = FreePort(), _nodes = FreePort();
    private readonly List<string> _said = [];
    private Process? _process;

    internal ServedNode(NodePlan plan, string folder, string template, Texts texts, int seed, LineCounts counts)
    {
        (Plan, _folder) = (plan, Path.Combine(folder, plan.Name));
        Directory.CreateDirectory(_folder);
        Record = Path.Combine(_folder, "palermo.db");
        File.Copy(template, Record);
        Line = new FaultyLine(_nodes, seed, counts);
        Node = Node.Open(Record, Palermo.Program.DataFolder, texts, TimeProvider.System);
        var address = plan.DialsOut ? null : $"https://127.0.0.1:{Line.Port.ToString(CultureInfo.InvariantCulture)}";
        InitNode.Run(Node.Exchange.Trust.Folder,
            new InitInput(plan.Party, "Authority " + plan.Name) { SelfSigned = true, Algorithm = NodeKeys.EllipticCurve, States = plan.State.Length == 0 ? [] : [plan.State], Address = address, Relay = plan.Relay.Length == 0 ? null : "palermo:" + plan.Relay, Capabilities = plan.State.Length == 0 ? ["relay", "registry"] : [] },
            Secret, TimeProvider.System.GetUtcNow());
    }

    internal NodePlan Plan { get; }

    /// <summary>Path of its record.</summary>
    internal string Record { get; }

    /// <summary>The modules on the node's record, in this process.</summary>
    internal Node Node { get; }

    internal FaultyLine Line { get; }

    internal string Registry => $"http://127.0.0.1:{_people.ToString(CultureInfo.InvariantCulture)}/exchange/registry";

    /// <summary>Makes all follow the registry that the first publishes.</summary>
    internal static void Introduce(ServedNode publisher, params ServedNode[] others)
    {
        var trust = publisher.Node.Exchange.Trust;
        foreach (var one in others.Prepend(publisher)) PublishRegistry.Add(trust, DescribeNode.Run(one.Node.Exchange.Trust), replace: false);
        PublishRegistry.Issue(trust, null);
        foreach (var one in others)
        {
            var registry = one.Node.Exchange.Trust.Registry;
            registry.Pin(publisher.Registry, Palermo.Exchange.Nodes.Fingerprint.Of(trust.Own[0]));
            registry.Take(File.ReadAllBytes(trust.Registry.CopyPath));
        }
    }

    /// <summary>Starts the process and returns when it serves.</summary>
    internal async Task Start()
    {
        var serving = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = CommandRun.Info(CommandRun.Dotnet, CommandRun.Palermo, "serve", "--data", Record, "--urls", $"http://127.0.0.1:{_people}", "--exchange-urls", $"https://127.0.0.1:{_nodes}") };
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        _ = process.WaitForExitAsync().ContinueWith(_ => serving.TrySetException(new InvalidOperationException($"{Plan.Name} ended by itself: {string.Join('\n', Said(10))}")), TaskScheduler.Default);
        await serving.Task.WaitAsync(TimeSpan.FromMinutes(3));

        void Heard(string? line)
        {
            if (line is null) return;
            lock (_said) _said.Add(line);
            if (line.StartsWith("Palermo is at ", StringComparison.Ordinal)) serving.TrySetResult();
        }
    }

    /// <summary>Ends the process: at once in the middle of whatever it does, or politely.</summary>
    internal async Task Stop(bool kill)
    {
        if (_process is not { } process) return;
        _process = null;
        if (kill) process.Kill();
        else _ = Terminate(process.Id, 15);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3));
        process.Dispose();
    }

    /// <summary>Kills the process at once; <see cref="Stop"/> waits until it has gone.</summary>
    internal void Kill() => _process?.Kill();

    /// <summary>What the processes logged as errors.</summary>
    internal IReadOnlyList<string> Errors()
    {
        lock (_said) return [.. _said.Where(l => l.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal) || l.Contains("\"LogLevel\":\"Critical\"", StringComparison.Ordinal))];
    }

    public void Dispose()
    {
        _process?.Kill();
        _process?.Dispose();
        Line.Dispose();
        SqliteConnection.ClearAllPools();
        lock (_said) File.WriteAllLines(Path.Combine(_folder, "log.jsonl"), _said);
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private List<string> Said(int last)
    {
        lock (_said) return [.. _said.TakeLast(last)];
    }

    [DllImport("libc", EntryPoint = "kill"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Terminate(int process, int signal);
}
