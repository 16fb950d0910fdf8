using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using Palermo.Data.Facts;
using Palermo.Kernel;

namespace Palermo.Data;

/// <summary>Where a node keeps its record: a SQLite file, or a PostgreSQL database.</summary>
public sealed class PalermoDatabase
{
    private readonly Lazy<DbContextOptions> _options;
    private readonly string _connection;

    private PalermoDatabase(string connection, bool isPostgres, string described)
    {
        (_connection, IsPostgres, Described) = (connection, isPostgres, described);
        _options = new(() => isPostgres
            ? new DbContextOptionsBuilder<PostgresPalermoContext>().UseNpgsql(connection).Options
            : new DbContextOptionsBuilder<SqlitePalermoContext>().UseSqlite(connection).Options);
    }

    /// <summary>Whether it is PostgreSQL.</summary>
    public bool IsPostgres { get; }

    /// <summary>Where it is, for a person, without secrets.</summary>
    public string Described { get; }

    /// <summary>
    /// Folder for what belongs to the record but not into it: keys and encrypted files. Beside a SQLite file; with PostgreSQL
    /// what <c>PALERMO_STORE</c> names, otherwise a folder of the user's data.
    /// </summary>
    public string Folder
    {
        get
        {
            if (Environment.GetEnvironmentVariable("PALERMO_STORE") is { Length: > 0 } named) return Path.GetFullPath(named);
            if (!IsPostgres) return Path.GetDirectoryName(Described)!;
            var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return Path.Combine(home.Length > 0 ? home : AppContext.BaseDirectory, "palermo");
        }
    }

    /// <summary>Connects to a record; nothing is opened yet.</summary>
    /// <param name="data">Path of the SQLite file, or a PostgreSQL connection string (<c>Host=…</c>) or address (<c>postgresql://…</c>).</param>
    /// <exception cref="RefusedException">The connection string cannot be read.</exception>
    public static PalermoDatabase At(string data)
    {
        if (data.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || data.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)
            || data.Contains("Host=", StringComparison.OrdinalIgnoreCase) || data.Contains("Server=", StringComparison.OrdinalIgnoreCase))
        {
            var builder = ReadPostgres(data);
            return new(builder.ConnectionString, true, $"PostgreSQL {builder.Host}/{builder.Database}");
        }

        // Anything else that looks like a connection string may hold a password: it must not become the name of a file.
        if (data.Contains('=', StringComparison.Ordinal) && data.Contains(';', StringComparison.Ordinal)) throw new RefusedException("refused.connection-string");
        var path = Path.GetFullPath(data);
        if (Directory.Exists(path)) path = Path.Combine(path, "palermo.db");
        var file = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 20 };
        return new(file.ConnectionString, false, path);
    }

    /// <summary>A new context; the caller disposes it.</summary>
    public PalermoContext Connect() => IsPostgres
        ? new PostgresPalermoContext((DbContextOptions<PostgresPalermoContext>)_options.Value)
        : new SqlitePalermoContext((DbContextOptions<SqlitePalermoContext>)_options.Value);

    /// <summary>Number of the last batch, 0 for an empty record.</summary>
    /// <exception cref="DbException">The record cannot be read.</exception>
    public int Head()
    {
        using var connection = Open();
        return FactReader.Head(connection);
    }

    /// <summary>Hash of the last batch of an origin, or null.</summary>
    public string? LastHash(string origin)
    {
        using var connection = Open();
        return FactReader.LastHash(connection, origin);
    }

    /// <summary>The last batch's number and all facts that counted at a time.</summary>
    /// <param name="knownBefore">Only what was learned before this instant (UTC); null for everything known now.</param>
    public (int Head, List<Fact> Facts) Read(DateTime? knownBefore)
    {
        using var connection = Open();
        // SQLite's is deferred: a reader that asked for the writer's place would wait for ever for the change that reads.
        using DbTransaction snapshot = connection is SqliteConnection sqlite ? sqlite.BeginTransaction(deferred: true) : connection.BeginTransaction(IsolationLevel.RepeatableRead);
        return (FactReader.Head(connection), FactReader.Read(connection, knownBefore, snapshot));
    }

    /// <summary>Creates the tables or brings them up to date.</summary>
    /// <exception cref="RefusedException">The database cannot be reached or the file is not a database.</exception>
    public void Prepare()
    {
        try
        {
            if (!IsPostgres) Directory.CreateDirectory(Path.GetDirectoryName(Described)!);
            if (Current()) return;
            using var context = Connect();
            context.Database.Migrate();
            if (!IsPostgres) context.Database.ExecuteSqlRaw("PRAGMA journal_mode=WAL");
        }
        catch (Exception e) when (e is SqliteException or NpgsqlException or UnauthorizedAccessException or IOException)
        {
            throw new RefusedException("refused.database", ("where", Described), ("why", e.Message));
        }
    }

    /// <summary>Whether the tables are those of this program, asked without EF Core's model.</summary>
    private bool Current()
    {
        if (!IsPostgres && !File.Exists(Described)) return false;
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = IsPostgres
            ? "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = '__EFMigrationsHistory'"
            : "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsHistory'";
        if (Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture) == 0) return false;
        command.CommandText = "SELECT max(\"MigrationId\") FROM \"__EFMigrationsHistory\"";
        return string.Equals(command.ExecuteScalar() as string, LastMigration(), StringComparison.Ordinal);
    }

    private string LastMigration()
    {
        var folder = IsPostgres ? "Palermo.Data.Migrations.Postgres" : "Palermo.Data.Migrations.Sqlite";
        return typeof(PalermoDatabase).Assembly.GetTypes().Where(t => t.Namespace == folder)
            .Select(t => t.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>().Max(StringComparer.Ordinal)!;
    }

    /// <summary>An open connection for what EF Core would be too slow for; the caller disposes it.</summary>
    public DbConnection Open()
    {
        DbConnection connection = IsPostgres ? new NpgsqlConnection(_connection) : new SqliteConnection(_connection);
        connection.Open();
        return connection;
    }

    private static NpgsqlConnectionStringBuilder ReadPostgres(string data)
    {
        try
        {
            if (!Uri.TryCreate(data, UriKind.Absolute, out var uri) || !uri.Scheme.StartsWith("postgres", StringComparison.Ordinal))
                return new NpgsqlConnectionStringBuilder(data);
            var user = uri.UserInfo.Split(':', 2);
            var builder = new NpgsqlConnectionStringBuilder
            {
                Host = uri.Host,
                Port = uri.Port > 0 ? uri.Port : 5432,
                Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
                Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
                Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            };

            // What stands behind the question mark counts, sslmode above all; an unknown name is refused, not dropped.
            foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                var (name, value) = pair.Split('=', 2) is [var n, var v] ? (n, v) : (pair, "");
                builder[name == "sslmode" ? "SSL Mode" : Uri.UnescapeDataString(name)] = name == "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : Uri.UnescapeDataString(value);
            }

            return builder;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new RefusedException("refused.connection-string");
        }
    }
}
