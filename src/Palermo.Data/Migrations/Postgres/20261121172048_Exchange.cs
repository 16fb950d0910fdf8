using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Palermo.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Exchange : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "node",
                table: "requests",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "custody_entries",
                columns: table => new
                {
                    package = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    organization = table.Column<string>(type: "text", nullable: false),
                    act = table.Column<string>(type: "text", nullable: false),
                    item = table.Column<int>(type: "integer", nullable: false),
                    tool = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_custody_entries", x => new { x.package, x.number });
                });

            migrationBuilder.CreateTable(
                name: "evidence_packages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    request = table.Column<Guid>(type: "uuid", nullable: false),
                    @case = table.Column<Guid>(name: "case", type: "uuid", nullable: false),
                    outgoing = table.Column<bool>(type: "boolean", nullable: false),
                    party = table.Column<string>(type: "text", nullable: false),
                    manifest = table.Column<byte[]>(type: "bytea", nullable: false),
                    signature = table.Column<byte[]>(type: "bytea", nullable: false),
                    stamp = table.Column<byte[]>(type: "bytea", nullable: true),
                    manifest_sha256 = table.Column<string>(type: "text", nullable: false),
                    files = table.Column<int>(type: "integer", nullable: false),
                    length = table.Column<long>(type: "bigint", nullable: false),
                    arrived = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    problem = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evidence_packages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "incoming_messages",
                columns: table => new
                {
                    message_id = table.Column<string>(type: "text", nullable: false),
                    from = table.Column<string>(type: "text", nullable: false),
                    payload = table.Column<Guid>(type: "uuid", nullable: false),
                    request = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    act = table.Column<string>(type: "text", nullable: false),
                    content = table.Column<string>(type: "text", nullable: false),
                    envelope = table.Column<string>(type: "text", nullable: false),
                    receipt = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    taken_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    problem = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incoming_messages", x => x.message_id);
                });

            migrationBuilder.CreateTable(
                name: "outgoing_messages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    request = table.Column<Guid>(type: "uuid", nullable: false),
                    @case = table.Column<Guid>(name: "case", type: "uuid", nullable: false),
                    to = table.Column<string>(type: "text", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    act = table.Column<string>(type: "text", nullable: false),
                    payload = table.Column<string>(type: "text", nullable: false),
                    files = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    give_up_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    not_before = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    digests = table.Column<string>(type: "text", nullable: false),
                    received_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    receipt = table.Column<string>(type: "text", nullable: false),
                    problem = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outgoing_messages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "relayed_messages",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    from = table.Column<string>(type: "text", nullable: false),
                    to = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    fetched_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_relayed_messages", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_evidence_packages_request",
                table: "evidence_packages",
                column: "request");

            migrationBuilder.CreateIndex(
                name: "IX_evidence_packages_state",
                table: "evidence_packages",
                column: "state");

            migrationBuilder.CreateIndex(
                name: "IX_incoming_messages_from_payload",
                table: "incoming_messages",
                columns: new[] { "from", "payload" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_incoming_messages_request_from_sequence",
                table: "incoming_messages",
                columns: new[] { "request", "from", "sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_incoming_messages_taken_at",
                table: "incoming_messages",
                column: "taken_at");

            migrationBuilder.CreateIndex(
                name: "IX_outgoing_messages_request_sequence",
                table: "outgoing_messages",
                columns: new[] { "request", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_outgoing_messages_state_not_before",
                table: "outgoing_messages",
                columns: new[] { "state", "not_before" });

            migrationBuilder.CreateIndex(
                name: "IX_outgoing_messages_to_state_at",
                table: "outgoing_messages",
                columns: new[] { "to", "state", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_relayed_messages_to_fetched_at_id",
                table: "relayed_messages",
                columns: new[] { "to", "fetched_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_relayed_messages_to_sha256",
                table: "relayed_messages",
                columns: new[] { "to", "sha256" });

            AppendOnly.ProtectExchange(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "custody_entries");

            migrationBuilder.DropTable(
                name: "evidence_packages");

            migrationBuilder.DropTable(
                name: "incoming_messages");

            migrationBuilder.DropTable(
                name: "outgoing_messages");

            migrationBuilder.DropTable(
                name: "relayed_messages");

            migrationBuilder.DropColumn(
                name: "node",
                table: "requests");
        }
    }
}
