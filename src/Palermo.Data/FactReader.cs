using System.Data.Common;
using Palermo.Data.Facts;

namespace Palermo.Data;

/// <summary>
/// Reads the whole record into memory with plain SQL: the one path that every command takes first, where building
/// EF Core's model and compiling its queries would cost most of a second (see docs/decisions/0004-reading-without-ef.md).
/// </summary>
internal static class FactReader
{
    internal static int Head(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT max(number) FROM batches";
        return command.ExecuteScalar() is { } value and not DBNull ? Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>Hash of the last batch of an origin, or null.</summary>
    internal static string? LastHash(DbConnection connection, string origin)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT hash FROM batches WHERE origin = @origin ORDER BY number DESC LIMIT 1";
        Parameter(command, "@origin", origin);
        return command.ExecuteScalar() as string;
    }

    internal static List<Fact> Read(DbConnection connection, DateTime? knownBefore, DbTransaction? transaction)
    {
        var facts = new List<Fact>(8000);
        var withdrawn = new HashSet<(string, long)>();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = knownBefore is null
            ? "SELECT fact_table, fact_id FROM withdrawals"
            : "SELECT fact_table, fact_id FROM withdrawals WHERE learned_at < @until";
        if (knownBefore is { } until) Parameter(command, "@until", until);
        using (var reader = command.ExecuteReader())
            while (reader.Read()) withdrawn.Add((reader.GetString(0), reader.GetInt64(1)));

        Add("participation", "instrument, state, action, date, date_basis, confidence, note", r => new ParticipationFact
        {
            Id = r.GetInt64(0), Instrument = r.GetString(4), State = r.GetString(5), Action = r.GetString(6), Date = r.GetFieldValue<DateOnly>(7),
            DateBasis = r.GetString(8), Confidence = r.GetString(9), Note = r.GetString(10),
        });
        Add("known_parties", "instrument, state, status, known_by, note", r => new KnownPartyFact
        {
            Id = r.GetInt64(0), Instrument = r.GetString(4), State = r.GetString(5), Status = r.GetString(6), KnownBy = Day(r, 7), Note = r.GetString(8),
        });
        Add("declarations", "instrument, state, date, kind, article, topic, value, paraphrase", r => new DeclarationFact
        {
            Id = r.GetInt64(0), Instrument = r.GetString(4), State = r.GetString(5), Date = Day(r, 6), Kind = r.GetString(7),
            Article = r.GetString(8), Topic = r.GetString(9), Value = r.GetString(10), Paraphrase = r.GetString(11),
        });
        Add("territorial", "instrument, state, territory, territory_code, effect, \"from\", note", r => new TerritorialFact
        {
            Id = r.GetInt64(0), Instrument = r.GetString(4), State = r.GetString(5), Territory = r.GetString(6), TerritoryCode = r.GetString(7),
            Effect = r.GetString(8), From = Day(r, 9), Note = r.GetString(10),
        });
        Add("knowledge", "instrument, as_at, dated", r => new KnowledgeFact
        {
            Id = r.GetInt64(0), Instrument = r.GetString(4), AsAt = r.GetFieldValue<DateOnly>(5), Dated = r.GetBoolean(6),
        });
        Add("bilateral_treaties", "treaty, title, party_a, party_b, kinds, provisions, signed_on, in_force_from, in_force_until, minimum_penalty_years", r => new BilateralTreatyFact
        {
            Id = r.GetInt64(0), Treaty = r.GetString(4), Title = r.GetString(5), PartyA = r.GetString(6), PartyB = r.GetString(7), Kinds = r.GetString(8),
            Provisions = r.GetString(9), SignedOn = Day(r, 10), InForceFrom = Day(r, 11), InForceUntil = Day(r, 12),
            MinimumPenaltyYears = r.IsDBNull(13) ? null : r.GetDecimal(13),
        });
        return facts;

        void Add<T>(string table, string columns, Func<DbDataReader, T> read) where T : Fact
        {
            command.CommandText = $"SELECT id, batch, learned_at, source, {columns} FROM {table}{(knownBefore is null ? "" : " WHERE learned_at < @until")} ORDER BY id";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                var fact = read(reader);
                if (withdrawn.Contains((FactLog.TableOf(typeof(T)), fact.Id))) continue;
                fact.Batch = reader.GetInt32(1);
                fact.LearnedAt = DateTime.SpecifyKind(reader.GetDateTime(2), DateTimeKind.Utc);
                fact.Source = reader.GetString(3);
                facts.Add(fact);
            }
        }
    }

    private static DateOnly? Day(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateOnly>(column);

    private static void Parameter(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
