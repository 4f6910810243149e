using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AvaConsole.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class Benchmarks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "benchmark_runs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    release_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content_hash = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    host = table.Column<string>(type: "text", nullable: false),
                    settings = table.Column<string>(type: "jsonb", nullable: false),
                    report = table.Column<string>(type: "jsonb", nullable: false),
                    failure_code = table.Column<string>(type: "text", nullable: false),
                    failure_args = table.Column<string[]>(type: "text[]", nullable: false),
                    started_by = table.Column<string>(type: "text", nullable: false),
                    cancelled_by = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_benchmark_runs", x => x.id);
                    table.ForeignKey(
                        name: "fk_benchmark_runs_releases_release_id",
                        column: x => x.release_id,
                        principalTable: "releases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_benchmark_runs_release_id",
                table: "benchmark_runs",
                column: "release_id");

            migrationBuilder.CreateIndex(
                name: "ux_benchmark_runs_active",
                table: "benchmark_runs",
                column: "release_id",
                unique: true,
                filter: "state IN ('Pending', 'Running')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "benchmark_runs");
        }
    }
}
