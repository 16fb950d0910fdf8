using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Palermo.Kernel;

namespace Palermo.Data;

/// <summary>Where a node keeps its record: a SQLite file, or a PostgreSQL database.</summary>
public sealed class PalermoDatabase
{
    private readonly DbContextOptions _options;

    private PalermoDatabase(DbContextOptions options, bool isPostgres, string described) =>
        (_options, IsPostgres, Described) = (options, isPostgres, described);

    /// <summary>Whether it is PostgreSQL.</summary>
    public bool IsPostgres { get; }

    /// <summary>Where it is, for a person, without secrets.</summary>
    public string Described { get; }

    /// <summary>Connects to a record; nothing is opened yet.</summary>
    /// <param name="data">Path of the SQLite file, or a PostgreSQL connection string (<c>Host=…</c>) or address (<c>postgresql://…</c>).</param>
    /// <exception cref="RefusedException">The connection string cannot be read.</exception>
    public static PalermoDatabase At(string data)
    {
        if (data.StartsWith("postgres", StringComparison.OrdinalIgnoreCase) || data.Contains("Host=", StringComparison.OrdinalIgnoreCase))
        {
            var builder = ReadPostgres(data);
            var options = new DbContextOptionsBuilder<PostgresPalermoContext>().UseNpgsql(builder.ConnectionString).Options;
            return new(options, true, $"PostgreSQL {builder.Host}/{builder.Database}");
        }

        var path = Path.GetFullPath(data);
        if (Directory.Exists(path)) path = Path.Combine(path, "palermo.db");
        var file = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 20 };
        return new(new DbContextOptionsBuilder<SqlitePalermoContext>().UseSqlite(file.ConnectionString).Options, false, path);
    }

    /// <summary>A new context; the caller disposes it.</summary>
    public PalermoContext Connect() => IsPostgres
        ? new PostgresPalermoContext((DbContextOptions<PostgresPalermoContext>)_options)
        : new SqlitePalermoContext((DbContextOptions<SqlitePalermoContext>)_options);

    /// <summary>Creates the tables or brings them up to date.</summary>
    /// <exception cref="RefusedException">The database cannot be reached or the file is not a database.</exception>
    public void Prepare()
    {
        try
        {
            if (!IsPostgres) Directory.CreateDirectory(Path.GetDirectoryName(Described)!);
            using var context = Connect();
            context.Database.Migrate();
            if (!IsPostgres) context.Database.ExecuteSqlRaw("PRAGMA journal_mode=WAL");
        }
        catch (Exception e) when (e is SqliteException or NpgsqlException or UnauthorizedAccessException or IOException)
        {
            throw new RefusedException("refused.database", ("where", Described), ("why", e.Message));
        }
    }

    private static NpgsqlConnectionStringBuilder ReadPostgres(string data)
    {
        try
        {
            if (!Uri.TryCreate(data, UriKind.Absolute, out var uri) || !uri.Scheme.StartsWith("postgres", StringComparison.Ordinal))
                return new NpgsqlConnectionStringBuilder(data);
            var user = uri.UserInfo.Split(':', 2);
            return new NpgsqlConnectionStringBuilder
            {
                Host = uri.Host,
                Port = uri.Port > 0 ? uri.Port : 5432,
                Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
                Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
                Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            };
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new RefusedException("refused.connection-string");
        }
    }
}
