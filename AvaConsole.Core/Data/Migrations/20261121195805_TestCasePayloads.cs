using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AvaConsole.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class TestCasePayloads : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "entry",
                table: "test_cases",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "expected",
                table: "test_cases",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "test_cases",
                type: "text",
                nullable: false,
                defaultValue: "Label");

            migrationBuilder.AddColumn<string>(
                name: "more",
                table: "test_cases",
                type: "jsonb",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<double>(
                name: "tolerance",
                table: "test_cases",
                type: "double precision",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "entry",
                table: "test_cases");

            migrationBuilder.DropColumn(
                name: "expected",
                table: "test_cases");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "test_cases");

            migrationBuilder.DropColumn(
                name: "more",
                table: "test_cases");

            migrationBuilder.DropColumn(
                name: "tolerance",
                table: "test_cases");
        }
    }
}
