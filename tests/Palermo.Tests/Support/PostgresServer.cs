using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Palermo.Data;
using Palermo.Treaties;
using Xunit;

namespace Palermo.Tests.Support;

/// <summary>
/// The PostgreSQL of this run: the one <c>PALERMO_TEST_POSTGRES</c> names, otherwise a temporary cluster on a free loopback
/// port that is stopped and deleted at the end. Every test gets a copy of a database that already holds the shipped facts.
/// </summary>
internal sealed class PostgresServer
{
    private const string Template = "palermo_test_template_";
    private static readonly Lazy<PostgresServer?> Current = new(Start);

    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly string? _folder;
    private readonly string? _binaries;
    private readonly string _template = Template + Guid.NewGuid().ToString("N");
    private readonly Lock _creating = new();

    private PostgresServer(NpgsqlConnectionStringBuilder server, string? folder, string? binaries)
    {
        (_server, _folder, _binaries) = (server, folder, binaries);
        Execute($"CREATE DATABASE {_template}");
        TreatyModule.Open(PalermoDatabase.At(ConnectionTo(_template)), Repository.Data, Shipped.Texts, new TestClock());
    }

    /// <summary>The server; without one the test is skipped.</summary>
    internal static PostgresServer OrSkip()
    {
        if (Current.Value is { } server) return server;
        Assert.Skip("PostgreSQL is not installed: neither PALERMO_TEST_POSTGRES names a server nor is there an initdb under /usr/lib/postgresql or in PATH.");
        return null!;
    }

    internal static void Stop()
    {
        if (Current.IsValueCreated) Current.Value?.End();
    }

    /// <summary>Connections are not kept, so that a database can be copied and dropped at any time.</summary>
    internal string ConnectionTo(string database) =>
        new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = database, Pooling = false }.ConnectionString;

    internal void Create(string name, bool shipped)
    {
        lock (_creating) Execute($"CREATE DATABASE {name}{(shipped ? $" TEMPLATE {_template}" : "")}");
    }

    internal void Drop(string name) => Execute($"DROP DATABASE {name} WITH (FORCE)");

    private static PostgresServer? Start()
    {
        if (Environment.GetEnvironmentVariable("PALERMO_TEST_POSTGRES") is { Length: > 0 } given)
            return new PostgresServer(new NpgsqlConnectionStringBuilder(given), null, null);
        if (Binaries() is not { } binaries) return null;

        var folder = Directory.CreateTempSubdirectory("palermo-postgres-").FullName;
        if (Environment.IsPrivilegedProcess) Run("chown", "postgres", folder);
        var cluster = Path.Combine(folder, "cluster");
        Run(Path.Combine(binaries, "initdb"), asPostgres: true, "-D", cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        var port = FreePort();
        Run(Path.Combine(binaries, "pg_ctl"), asPostgres: true, "-D", cluster, "-w", "-t", "60", "-l", Path.Combine(folder, "log"),
            "-o", $"-p {port.ToString(CultureInfo.InvariantCulture)} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60", "start");
        return new PostgresServer(new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Username = "postgres", Database = "postgres", Timeout = 30 }, folder, binaries);
    }

    private void End()
    {
        if (_folder is null) Drop(_template);
        else
        {
            Run(Path.Combine(_binaries!, "pg_ctl"), asPostgres: true, "-D", Path.Combine(_folder, "cluster"), "-m", "immediate", "-w", "stop");
            Directory.Delete(_folder, recursive: true);
        }
    }

    private void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionTo(_server.Database ?? "postgres"));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static string? Binaries()
    {
        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderByDescending(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var n) ? n : 0).Select(d => Path.Combine(d, "bin"))
            : [];
        return debian.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "pg_ctl")));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Run(string program, params string[] arguments) => Run(program, asPostgres: false, arguments);

    /// <summary>Runs a program; PostgreSQL's own refuse root, so then as the user <c>postgres</c>.</summary>
    private static void Run(string program, bool asPostgres, params string[] arguments)
    {
        var through = asPostgres && Environment.IsPrivilegedProcess;
        var start = new ProcessStartInfo(through ? "runuser" : program) { WorkingDirectory = "/", UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        if (through) foreach (var word in new[] { "-u", "postgres", "--", program }) start.ArgumentList.Add(word);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} failed: {output.GetAwaiter().GetResult()}{error.GetAwaiter().GetResult()}");
    }
}
