using Microsoft.EntityFrameworkCore.Migrations;

namespace Palermo.Data.Migrations;

/// <summary>Has the database itself refuse to change or delete what was recorded, whatever program asks.</summary>
internal static class AppendOnly
{
    private const string Refusal = "the record only grows";

    internal static void Protect(MigrationBuilder migration, params string[] tables)
    {
        if (migration.ActiveProvider!.Contains("Npgsql", StringComparison.Ordinal))
        {
            migration.Sql($"CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{Refusal}'; END $$");
            foreach (var table in tables)
                migration.Sql($"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()");
            return;
        }

        foreach (var table in tables)
        {
            foreach (var act in new[] { "UPDATE", "DELETE" })
                migration.Sql($"CREATE TRIGGER {table}_no_{act.ToLowerInvariant()} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{Refusal}'); END");

            // INSERT OR REPLACE deletes without asking the DELETE trigger.
            var key = table == "batches" ? "number" : "id";
            var taken = $"{key} = NEW.{key}" + (table == "withdrawals" ? " OR (fact_table = NEW.fact_table AND fact_id = NEW.fact_id)" : "");
            migration.Sql($"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken}) BEGIN SELECT RAISE(ABORT, '{Refusal}'); END");
        }
    }
}
