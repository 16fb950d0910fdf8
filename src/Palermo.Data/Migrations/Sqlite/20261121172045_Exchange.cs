using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Palermo.Data.Migrations.Sqlite
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
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "custody_entries",
                columns: table => new
                {
                    package = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    organization = table.Column<string>(type: "TEXT", nullable: false),
                    act = table.Column<string>(type: "TEXT", nullable: false),
                    item = table.Column<int>(type: "INTEGER", nullable: false),
                    tool = table.Column<string>(type: "TEXT", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_custody_entries", x => new { x.package, x.number });
                });

            migrationBuilder.CreateTable(
                name: "evidence_packages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    request = table.Column<Guid>(type: "TEXT", nullable: false),
                    @case = table.Column<Guid>(name: "case", type: "TEXT", nullable: false),
                    outgoing = table.Column<bool>(type: "INTEGER", nullable: false),
                    party = table.Column<string>(type: "TEXT", nullable: false),
                    manifest = table.Column<byte[]>(type: "BLOB", nullable: false),
                    signature = table.Column<byte[]>(type: "BLOB", nullable: false),
                    stamp = table.Column<byte[]>(type: "BLOB", nullable: true),
                    manifest_sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    files = table.Column<int>(type: "INTEGER", nullable: false),
                    length = table.Column<long>(type: "INTEGER", nullable: false),
                    arrived = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    problem = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    changed_at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_evidence_packages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "incoming_messages",
                columns: table => new
                {
                    message_id = table.Column<string>(type: "TEXT", nullable: false),
                    from = table.Column<string>(type: "TEXT", nullable: false),
                    payload = table.Column<Guid>(type: "TEXT", nullable: false),
                    request = table.Column<Guid>(type: "TEXT", nullable: false),
                    sequence = table.Column<int>(type: "INTEGER", nullable: false),
                    act = table.Column<string>(type: "TEXT", nullable: false),
                    content = table.Column<string>(type: "TEXT", nullable: false),
                    envelope = table.Column<string>(type: "TEXT", nullable: false),
                    receipt = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    taken_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    problem = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incoming_messages", x => x.message_id);
                });

            migrationBuilder.CreateTable(
                name: "outgoing_messages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    request = table.Column<Guid>(type: "TEXT", nullable: false),
                    @case = table.Column<Guid>(name: "case", type: "TEXT", nullable: false),
                    to = table.Column<string>(type: "TEXT", nullable: false),
                    sequence = table.Column<int>(type: "INTEGER", nullable: false),
                    act = table.Column<string>(type: "TEXT", nullable: false),
                    payload = table.Column<string>(type: "TEXT", nullable: false),
                    files = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    give_up_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    not_before = table.Column<DateTime>(type: "TEXT", nullable: true),
                    digests = table.Column<string>(type: "TEXT", nullable: false),
                    received_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    receipt = table.Column<string>(type: "TEXT", nullable: false),
                    problem = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outgoing_messages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "relayed_messages",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    from = table.Column<string>(type: "TEXT", nullable: false),
                    to = table.Column<string>(type: "TEXT", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    content_type = table.Column<string>(type: "TEXT", nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    fetched_at = table.Column<DateTime>(type: "TEXT", nullable: true)
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
