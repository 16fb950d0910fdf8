using Microsoft.EntityFrameworkCore.Migrations;

namespace Palermo.Data.Migrations;

/// <summary>Has the database itself refuse to change or delete what was recorded, whatever program asks.</summary>
internal static class AppendOnly
{
    private const string Refusal = "the record only grows";

    /// <summary>Protects the tables of the first migration.</summary>
    internal static void Protect(MigrationBuilder migration, params string[] tables)
    {
        if (IsPostgres(migration))
            migration.Sql($"CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{Refusal}'; END $$");
        foreach (var table in tables)
        {
            var key = table == "batches" ? "number" : "id";
            ProtectAlso(migration, table, $"{key} = NEW.{key}" + (table == "withdrawals" ? " OR (fact_table = NEW.fact_table AND fact_id = NEW.fact_id)" : ""));
        }
    }

    /// <summary>Protects one more table.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="table">The table.</param>
    /// <param name="taken">Condition under which a new row would take an old one's place; in it NEW is the new row.</param>
    internal static void ProtectAlso(MigrationBuilder migration, string table, string taken)
    {
        if (IsPostgres(migration))
        {
            migration.Sql($"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()");
            return;
        }

        foreach (var act in new[] { "UPDATE", "DELETE" })
            migration.Sql($"CREATE TRIGGER {table}_no_{act.ToLowerInvariant()} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{Refusal}'); END");

        // INSERT OR REPLACE deletes without asking the DELETE trigger.
        migration.Sql($"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken}) BEGIN SELECT RAISE(ABORT, '{Refusal}'); END");
    }

    /// <summary>Protects the audit trail and what keeps versions of cases, and makes what EF Core cannot model of them.</summary>
    internal static void ProtectCases(MigrationBuilder migration)
    {
        ProtectAlso(migration, "audit", "number = NEW.number");
        ProtectAlso(migration, "step_versions", "subject = NEW.subject AND step = NEW.step AND version = NEW.version");
        ProtectAlso(migration, "frozen_requests", "id = NEW.id");
        ProtectAlso(migration, "request_events", "id = NEW.id OR (request = NEW.request AND number = NEW.number)");
        ProtectAlso(migration, "thread_messages", "id = NEW.id");
        CaseSearch.Create(migration);
    }

    /// <summary>Protects what the directory of authorities said at any time.</summary>
    internal static void ProtectDirectory(MigrationBuilder migration)
    {
        ProtectAlso(migration, "authority_versions", "authority = NEW.authority AND version = NEW.version");
        ProtectAlso(migration, "authority_confirmations", "id = NEW.id");
    }

    /// <summary>Protects the custody record of evidence.</summary>
    internal static void ProtectExchange(MigrationBuilder migration) => ProtectAlso(migration, "custody_entries", "package = NEW.package AND number = NEW.number");

    private static bool IsPostgres(MigrationBuilder migration) => migration.ActiveProvider!.Contains("Npgsql", StringComparison.Ordinal);
}
