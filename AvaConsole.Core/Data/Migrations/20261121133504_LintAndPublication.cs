using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AvaConsole.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class LintAndPublication : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "api_version_id",
                table: "change_plans",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "notice_args",
                table: "change_plans",
                type: "text[]",
                nullable: false,
                defaultValue: new string[0]);

            migrationBuilder.AddColumn<string>(
                name: "notice_code",
                table: "change_plans",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "subject",
                table: "change_plans",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "proposed_version",
                table: "api_versions",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "smaller_reason",
                table: "api_versions",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "lint_settings",
                columns: table => new
                {
                    group_name = table.Column<string>(type: "text", nullable: false),
                    project_name = table.Column<string>(type: "text", nullable: false),
                    settings = table.Column<string>(type: "jsonb", nullable: false),
                    updated_by = table.Column<string>(type: "text", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lint_settings", x => new { x.group_name, x.project_name });
                });

            migrationBuilder.CreateIndex(
                name: "ix_change_plans_api_version_id",
                table: "change_plans",
                column: "api_version_id");

            migrationBuilder.AddForeignKey(
                name: "fk_change_plans_api_versions_api_version_id",
                table: "change_plans",
                column: "api_version_id",
                principalTable: "api_versions",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_change_plans_api_versions_api_version_id",
                table: "change_plans");

            migrationBuilder.DropTable(
                name: "lint_settings");

            migrationBuilder.DropIndex(
                name: "ix_change_plans_api_version_id",
                table: "change_plans");

            migrationBuilder.DropColumn(
                name: "api_version_id",
                table: "change_plans");

            migrationBuilder.DropColumn(
                name: "notice_args",
                table: "change_plans");

            migrationBuilder.DropColumn(
                name: "notice_code",
                table: "change_plans");

            migrationBuilder.DropColumn(
                name: "subject",
                table: "change_plans");

            migrationBuilder.DropColumn(
                name: "proposed_version",
                table: "api_versions");

            migrationBuilder.DropColumn(
                name: "smaller_reason",
                table: "api_versions");
        }
    }
}
