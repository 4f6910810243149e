using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AvaConsole.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class ImagesAndRecipes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "image_digest",
                table: "releases",
                type: "character varying(140)",
                maxLength: 140,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "version_reason",
                table: "releases",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string[]>(
                name: "pullable_roots",
                table: "console_settings",
                type: "text[]",
                nullable: false,
                defaultValue: new string[0]);

            migrationBuilder.AddColumn<string>(
                name: "time_zone",
                table: "console_settings",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "instance_name",
                table: "apps",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "name_reason",
                table: "apps",
                type: "text",
                nullable: false,
                defaultValue: "");

            // What existing rows have: the recommended instance name, and the digest at the end of the image's reference.
            migrationBuilder.Sql("UPDATE apps SET instance_name = 'ava-' || command");
            migrationBuilder.Sql("UPDATE releases SET image_digest = coalesce(substring(image from '@(.+)$'), '')");

            migrationBuilder.CreateTable(
                name: "image_recipes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    name_reason = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    is_template = table.Column<bool>(type: "boolean", nullable: false),
                    latest = table.Column<int>(type: "integer", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_image_recipes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "image_registries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    address = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false),
                    host = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    allowed_hosts = table.Column<string[]>(type: "text[]", nullable: false),
                    @namespace = table.Column<string>(name: "namespace", type: "text", nullable: false),
                    repositories = table.Column<string[]>(type: "text[]", nullable: false),
                    lists_repositories = table.Column<bool>(type: "boolean", nullable: false),
                    user_name = table.Column<string>(type: "text", nullable: false),
                    sealed_secret = table.Column<byte[]>(type: "bytea", nullable: false),
                    refresh_minutes = table.Column<int>(type: "integer", nullable: false),
                    request_budget = table.Column<int>(type: "integer", nullable: false),
                    enabled = table.Column<bool>(type: "boolean", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    index_revision = table.Column<long>(type: "bigint", nullable: false),
                    refresh = table.Column<string>(type: "jsonb", nullable: false),
                    next_refresh_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_image_registries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "images",
                columns: table => new
                {
                    digest = table.Column<string>(type: "character varying(140)", maxLength: 140, nullable: false),
                    media_type = table.Column<string>(type: "text", nullable: false),
                    artifact_type = table.Column<string>(type: "text", nullable: false),
                    size_bytes = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    platforms = table.Column<string>(type: "jsonb", nullable: false),
                    is_cut = table.Column<bool>(type: "boolean", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_images", x => x.digest);
                });

            migrationBuilder.CreateTable(
                name: "image_recipe_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    recipe_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    document = table.Column<string>(type: "text", nullable: false),
                    note = table.Column<string>(type: "text", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_image_recipe_versions", x => x.id);
                    table.ForeignKey(
                        name: "fk_image_recipe_versions_image_recipes_recipe_id",
                        column: x => x.recipe_id,
                        principalTable: "image_recipes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "image_repositories",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    registry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    path = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    listed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    is_cut = table.Column<bool>(type: "boolean", nullable: false),
                    error_code = table.Column<string>(type: "text", nullable: false),
                    error_args = table.Column<string[]>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_image_repositories", x => x.id);
                    table.ForeignKey(
                        name: "fk_image_repositories_image_registries_registry_id",
                        column: x => x.registry_id,
                        principalTable: "image_registries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "image_builds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    target = table.Column<string>(type: "text", nullable: false),
                    push = table.Column<bool>(type: "boolean", nullable: false),
                    log = table.Column<string>(type: "text", nullable: false),
                    digest = table.Column<string>(type: "text", nullable: false),
                    failure_code = table.Column<string>(type: "text", nullable: false),
                    failure_args = table.Column<string[]>(type: "text[]", nullable: false),
                    started_by = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_image_builds", x => x.id);
                    table.ForeignKey(
                        name: "fk_image_builds_image_recipe_versions_version_id",
                        column: x => x.version_id,
                        principalTable: "image_recipe_versions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "image_tags",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    repository_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    digest = table.Column<string>(type: "character varying(140)", maxLength: 140, nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    previous_digest = table.Column<string>(type: "character varying(140)", maxLength: 140, nullable: false),
                    moved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    checked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error_code = table.Column<string>(type: "text", nullable: false),
                    error_args = table.Column<string[]>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_image_tags", x => x.id);
                    table.ForeignKey(
                        name: "fk_image_tags_image_repositories_repository_id",
                        column: x => x.repository_id,
                        principalTable: "image_repositories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_releases_image_digest",
                table: "releases",
                column: "image_digest");

            migrationBuilder.CreateIndex(
                name: "ix_apps_instance_name",
                table: "apps",
                column: "instance_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_image_builds_version_id",
                table: "image_builds",
                column: "version_id");

            migrationBuilder.CreateIndex(
                name: "ix_image_recipe_versions_recipe_id_number",
                table: "image_recipe_versions",
                columns: new[] { "recipe_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_image_recipes_name",
                table: "image_recipes",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_image_registries_address",
                table: "image_registries",
                column: "address",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_image_registries_name",
                table: "image_registries",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_image_repositories_registry_id_path",
                table: "image_repositories",
                columns: new[] { "registry_id", "path" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_image_tags_digest",
                table: "image_tags",
                column: "digest");

            migrationBuilder.CreateIndex(
                name: "ix_image_tags_repository_id_name",
                table: "image_tags",
                columns: new[] { "repository_id", "name" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "image_builds");

            migrationBuilder.DropTable(
                name: "image_tags");

            migrationBuilder.DropTable(
                name: "images");

            migrationBuilder.DropTable(
                name: "image_recipe_versions");

            migrationBuilder.DropTable(
                name: "image_repositories");

            migrationBuilder.DropTable(
                name: "image_recipes");

            migrationBuilder.DropTable(
                name: "image_registries");

            migrationBuilder.DropIndex(
                name: "ix_releases_image_digest",
                table: "releases");

            migrationBuilder.DropIndex(
                name: "ix_apps_instance_name",
                table: "apps");

            migrationBuilder.DropColumn(
                name: "image_digest",
                table: "releases");

            migrationBuilder.DropColumn(
                name: "version_reason",
                table: "releases");

            migrationBuilder.DropColumn(
                name: "pullable_roots",
                table: "console_settings");

            migrationBuilder.DropColumn(
                name: "time_zone",
                table: "console_settings");

            migrationBuilder.DropColumn(
                name: "instance_name",
                table: "apps");

            migrationBuilder.DropColumn(
                name: "name_reason",
                table: "apps");
        }
    }
}
