using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Palermo.Data;

namespace Palermo.Bench.Record;

/// <summary>Writes rows of one table as fast as the database takes them: prepared inserts in SQLite's transaction, COPY on a connection of its own in PostgreSQL.</summary>
internal sealed class Bulk<T> : IDisposable
    where T : class
{
    private readonly DbCommand? _insert;
    private readonly NpgsqlConnection? _connection;
    private readonly NpgsqlBinaryImporter? _copy;
    private readonly IClrPropertyGetter[] _getters;

    internal Bulk(PalermoDatabase database, PalermoContext model, SqliteConnection? sqlite)
    {
        var entity = model.Model.FindEntityType(typeof(T))!;
        var table = entity.GetTableName()!;
        // Numbers the database gives are left to it.
        var properties = entity.GetProperties().Where(p => !(p.ValueGenerated == ValueGenerated.OnAdd && p.ClrType == typeof(long))).ToArray();
        _getters = [.. properties.Select(p => p.GetGetter())];
        var columns = string.Join(", ", properties.Select(p => $"\"{p.GetColumnName()}\""));
        if (sqlite is not null)
        {
            _insert = sqlite.CreateCommand();
            _insert.CommandText = $"INSERT INTO \"{table}\" ({columns}) VALUES ({string.Join(", ", properties.Select((_, i) => $"$p{i}"))})";
            foreach (var i in Enumerable.Range(0, properties.Length)) _insert.Parameters.Add(new SqliteParameter($"$p{i}", null));
            return;
        }

        _connection = (NpgsqlConnection)database.Open();
        _copy = _connection.BeginBinaryImport($"COPY \"{table}\" ({columns}) FROM STDIN (FORMAT BINARY)");
    }

    internal void Add(T row)
    {
        if (_copy is not null) _copy.StartRow();
        for (var i = 0; i < _getters.Length; i++)
        {
            var value = _getters[i].GetClrValue(row);
            if (_insert is not null) _insert.Parameters[i].Value = value ?? DBNull.Value;
            else if (value is null) _copy!.WriteNull();
            else _copy!.Write(value);
        }

        _insert?.ExecuteNonQuery();
    }

    /// <summary>Has PostgreSQL take what was added; SQLite's transaction is the caller's.</summary>
    public void Dispose()
    {
        _copy?.Complete();
        _copy?.Dispose();
        _connection?.Dispose();
        _insert?.Dispose();
    }
}
