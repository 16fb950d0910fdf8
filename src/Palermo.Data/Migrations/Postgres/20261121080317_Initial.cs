using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Palermo.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "batches",
                columns: table => new
                {
                    number = table.Column<int>(type: "integer", nullable: false),
                    origin = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    recorded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_batches", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "withdrawals",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    batch = table.Column<int>(type: "integer", nullable: false),
                    learned_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    fact_table = table.Column<string>(type: "text", nullable: false),
                    fact_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_withdrawals", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "bilateral_treaties",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    treaty = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    party_a = table.Column<string>(type: "text", nullable: false),
                    party_b = table.Column<string>(type: "text", nullable: false),
                    kinds = table.Column<string>(type: "text", nullable: false),
                    provisions = table.Column<string>(type: "text", nullable: false),
                    signed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    in_force_from = table.Column<DateOnly>(type: "date", nullable: true),
                    in_force_until = table.Column<DateOnly>(type: "date", nullable: true),
                    minimum_penalty_years = table.Column<decimal>(type: "numeric(6,2)", precision: 6, scale: 2, nullable: true),
                    batch = table.Column<int>(type: "integer", nullable: false),
                    learned_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bilateral_treaties", x => x.id);
                    table.ForeignKey(
                        name: "FK_bilateral_treaties_batches_batch",
                        column: x => x.batch,
                        principalTable: "batches",
                        principalColumn: "number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "declarations",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    instrument = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: true),
                    kind = table.Column<string>(type: "text", nullable: false),
                    article = table.Column<string>(type: "text", nullable: false),
                    topic = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: false),
                    paraphrase = table.Column<string>(type: "text", nullable: false),
                    batch = table.Column<int>(type: "integer", nullable: false),
                    learned_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_declarations", x => x.id);
                    table.ForeignKey(
                        name: "FK_declarations_batches_batch",
                        column: x => x.batch,
                        principalTable: "batches",
                        principalColumn: "number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "knowledge",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    instrument = table.Column<string>(type: "text", nullable: false),
                    as_at = table.Column<DateOnly>(type: "date", nullable: false),
                    dated = table.Column<bool>(type: "boolean", nullable: false),
                    batch = table.Column<int>(type: "integer", nullable: false),
                    learned_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_knowledge", x => x.id);
                    table.ForeignKey(
                        name: "FK_knowledge_batches_batch",
                        column: x => x.batch,
                        principalTable: "batches",
                        principalColumn: "number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "known_parties",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    instrument = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    known_by = table.Column<DateOnly>(type: "date", nullable: true),
                    note = table.Column<string>(type: "text", nullable: false),
                    batch = table.Column<int>(type: "integer", nullable: false),
                    learned_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_known_parties", x => x.id);
                    table.ForeignKey(
                        name: "FK_known_parties_batches_batch",
                        column: x => x.batch,
                        principalTable: "batches",
                        principalColumn: "number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "participation",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    instrument = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    date_basis = table.Column<string>(type: "text", nullable: false),
                    confidence = table.Column<string>(type: "text", nullable: false),
                    note = table.Column<string>(type: "text", nullable: false),
                    batch = table.Column<int>(type: "integer", nullable: false),
                    learned_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_participation", x => x.id);
                    table.ForeignKey(
                        name: "FK_participation_batches_batch",
                        column: x => x.batch,
                        principalTable: "batches",
                        principalColumn: "number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "territorial",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    instrument = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    territory = table.Column<string>(type: "text", nullable: false),
                    territory_code = table.Column<string>(type: "text", nullable: false),
                    effect = table.Column<string>(type: "text", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: true),
                    note = table.Column<string>(type: "text", nullable: false),
                    batch = table.Column<int>(type: "integer", nullable: false),
                    learned_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_territorial", x => x.id);
                    table.ForeignKey(
                        name: "FK_territorial_batches_batch",
                        column: x => x.batch,
                        principalTable: "batches",
                        principalColumn: "number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "treaty_texts",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    instrument = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    section = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    batch = table.Column<int>(type: "integer", nullable: false),
                    learned_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_treaty_texts", x => x.id);
                    table.ForeignKey(
                        name: "FK_treaty_texts_batches_batch",
                        column: x => x.batch,
                        principalTable: "batches",
                        principalColumn: "number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_bilateral_treaties_batch",
                table: "bilateral_treaties",
                column: "batch");

            migrationBuilder.CreateIndex(
                name: "IX_declarations_batch",
                table: "declarations",
                column: "batch");

            migrationBuilder.CreateIndex(
                name: "IX_knowledge_batch",
                table: "knowledge",
                column: "batch");

            migrationBuilder.CreateIndex(
                name: "IX_known_parties_batch",
                table: "known_parties",
                column: "batch");

            migrationBuilder.CreateIndex(
                name: "IX_participation_batch",
                table: "participation",
                column: "batch");

            migrationBuilder.CreateIndex(
                name: "IX_participation_instrument",
                table: "participation",
                column: "instrument");

            migrationBuilder.CreateIndex(
                name: "IX_territorial_batch",
                table: "territorial",
                column: "batch");

            migrationBuilder.CreateIndex(
                name: "IX_treaty_texts_batch",
                table: "treaty_texts",
                column: "batch");

            migrationBuilder.CreateIndex(
                name: "IX_treaty_texts_instrument_state",
                table: "treaty_texts",
                columns: new[] { "instrument", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_withdrawals_fact_table_fact_id",
                table: "withdrawals",
                columns: new[] { "fact_table", "fact_id" },
                unique: true);
        
            AppendOnly.Protect(
                migrationBuilder,
                "batches", "withdrawals", "participation", "known_parties", "declarations", "territorial", "knowledge",
                "treaty_texts", "bilateral_treaties");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "bilateral_treaties");

            migrationBuilder.DropTable(
                name: "declarations");

            migrationBuilder.DropTable(
                name: "knowledge");

            migrationBuilder.DropTable(
                name: "known_parties");

            migrationBuilder.DropTable(
                name: "participation");

            migrationBuilder.DropTable(
                name: "territorial");

            migrationBuilder.DropTable(
                name: "treaty_texts");

            migrationBuilder.DropTable(
                name: "withdrawals");

            migrationBuilder.DropTable(
                name: "batches");
        }
    }
}
