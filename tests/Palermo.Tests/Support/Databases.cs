using System.Reflection;
using Microsoft.Data.Sqlite;
using Npgsql;
using Palermo.Data;
using Palermo.Treaties;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Palermo.Tests.Support;

/// <summary>A database the program can keep its record in.</summary>
public enum Provider
{
    Sqlite,
    Postgres,
}

/// <summary>Runs a test once on each database. The test takes the <see cref="Provider"/> and opens a <see cref="TestRecord"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryDatabaseAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow<Provider>(Provider.Sqlite), new TheoryDataRow<Provider>(Provider.Postgres)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}

/// <summary>A record of the test's own, gone when the test is over.</summary>
public sealed class TestRecord : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly string? _name;

    private TestRecord(Provider provider, bool shipped)
    {
        if (provider == Provider.Postgres)
        {
            var server = PostgresServer.OrSkip();
            _name = "palermo_test_" + Guid.NewGuid().ToString("N");
            server.Create(_name, shipped);
            Connection = server.ConnectionTo(_name);
        }
        else
        {
            Connection = _folder.File("record.db");
            if (shipped) File.Copy(SqliteTemplate.Path, Connection);
        }

        Database = PalermoDatabase.At(Connection);
    }

    /// <summary>What <c>--data</c> takes.</summary>
    public string Connection { get; }

    public PalermoDatabase Database { get; }

    /// <summary>A folder that goes with the record.</summary>
    public string Folder => _folder.Path;

    public TestClock Clock { get; } = new();

    /// <summary>A record that holds the shipped facts.</summary>
    public static TestRecord Shipped(Provider provider) => new(provider, shipped: true);

    /// <summary>A database without any table.</summary>
    public static TestRecord Empty(Provider provider) => new(provider, shipped: false);

    /// <summary>The module on this record.</summary>
    public TreatyModule Open(string? dataFolder = null) => TreatyModule.Open(Database, dataFolder ?? Repository.Data, Support.Shipped.Texts, Clock);

    public int Head()
    {
        using var context = Database.Connect();
        return FactLog.Head(context);
    }

    public void Dispose()
    {
        if (_name is not null) PostgresServer.OrSkip().Drop(_name);
        else
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Connection, DefaultTimeout = 20 }.ConnectionString);
            SqliteConnection.ClearPool(connection);
        }

        _folder.Dispose();
    }
}

/// <summary>A SQLite file that holds the shipped facts, made once per run and copied for each test.</summary>
internal static class SqliteTemplate
{
    private static readonly Lazy<TestFolder> Prepared = new(Prepare);

    internal static string Path => Prepared.Value.File("template.db");

    internal static void Delete()
    {
        if (Prepared.IsValueCreated) Prepared.Value.Dispose();
    }

    private static TestFolder Prepare()
    {
        var folder = new TestFolder();
        TreatyModule.Open(PalermoDatabase.At(folder.File("template.db")), Repository.Data, Shipped.Texts, new TestClock());
        SqliteConnection.ClearAllPools();
        return folder;
    }
}

/// <summary>Stops and deletes what the run started.</summary>
public sealed class RunEnd : IDisposable
{
    public void Dispose()
    {
        SqliteTemplate.Delete();
        PostgresServer.Stop();
    }
}
