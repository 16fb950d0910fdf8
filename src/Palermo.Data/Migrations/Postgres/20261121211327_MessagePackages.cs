using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Palermo.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class MessagePackages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "message_id",
                table: "relayed_messages",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<Guid>(
                name: "package",
                table: "outgoing_messages",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_outgoing_messages_package",
                table: "outgoing_messages",
                column: "package");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_outgoing_messages_package",
                table: "outgoing_messages");

            migrationBuilder.DropColumn(
                name: "message_id",
                table: "relayed_messages");

            migrationBuilder.DropColumn(
                name: "package",
                table: "outgoing_messages");
        }
    }
}
