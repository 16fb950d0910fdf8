using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;
using Palermo.Data;
using Palermo.Requests.Search;

namespace Palermo.Bench.Record;

/// <summary>Writes the words of cases and requests as <see cref="SearchIndex"/> keeps them.</summary>
internal sealed class WordRows : IDisposable
{
    private readonly SqliteCommand? _row, _words;
    private readonly NpgsqlConnection? _connection;
    private readonly NpgsqlBinaryImporter? _copy;
    private long _number;

    internal WordRows(PalermoDatabase database, SqliteConnection? sqlite)
    {
        if (sqlite is not null)
        {
            _row = Command(sqlite, "INSERT INTO search_rows (id, subject, \"case\", request) VALUES ($p0, $p1, $p2, $p3)", 4);
            _words = Command(sqlite, "INSERT INTO search_words (rowid, words) VALUES ($p0, $p1)", 2);
            return;
        }

        _connection = (NpgsqlConnection)database.Open();
        Execute("DROP INDEX search_rows_words; CREATE TEMP TABLE came (id bigint GENERATED ALWAYS AS IDENTITY, subject uuid, file uuid, request uuid, words text[])");
        _copy = _connection.BeginBinaryImport("COPY came (subject, file, request, words) FROM STDIN (FORMAT BINARY)");
    }

    internal void Add(Guid subject, Guid file, Guid? request, IEnumerable<string?> texts)
    {
        var words = SearchWords.Of(texts);
        if (_copy is not null)
        {
            _copy.StartRow();
            _copy.Write(subject, NpgsqlDbType.Uuid);
            _copy.Write(file, NpgsqlDbType.Uuid);
            if (request is { } id) _copy.Write(id, NpgsqlDbType.Uuid);
            else _copy.WriteNull();
            _copy.Write(words.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
            return;
        }

        _number++;
        Run(_row!, _number, subject, file, request);
        Run(_words!, _number, string.Join(' ', words));
    }

    public void Dispose()
    {
        _row?.Dispose();
        _words?.Dispose();
        if (_copy is null) return;
        _copy.Complete();
        _copy.Dispose();
        Execute("INSERT INTO search_rows (subject, \"case\", request, words) SELECT subject, file, request, array_to_tsvector(words) FROM came ORDER BY id; CREATE INDEX search_rows_words ON search_rows USING gin (words) WITH (fastupdate = off)");
        _connection!.Dispose();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var i in Enumerable.Range(0, parameters)) command.Parameters.Add(new SqliteParameter($"$p{i}", null));
        return command;
    }

    private static void Run(SqliteCommand command, params object?[] values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }

    private void Execute(string sql)
    {
#pragma warning disable CA2100 // Constants of this file.
        using var command = new NpgsqlCommand(sql, _connection) { CommandTimeout = 600 };
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
