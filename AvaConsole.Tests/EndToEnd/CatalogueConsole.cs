using AvaConsole.Tests.Support;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace AvaConsole.Tests.EndToEnd;

/// <summary>A console whose catalogue was generated.</summary>
internal sealed class CatalogueConsole : IAsyncDisposable
{
    private readonly ConsoleProcess _process;
    private readonly string _database;

    private CatalogueConsole(ConsoleProcess process, string database) => (_process, _database) = (process, database);

    public string BaseUrl => _process.BaseUrl.GetLeftPart(UriPartial.Authority);

    public Uri SignInLink => _process.SignInLink!;

    public static async Task<CatalogueConsole> StartAsync(int images, int tags)
    {
        var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        var process = await ConsoleProcess.StartAsync(settings: new Dictionary<string, string> { ["ConnectionStrings:Postgres"] = database });
        try
        {
            await new CatalogueGenerator(images, tags, DateTimeOffset.UtcNow).WriteAsync(database);
            return new CatalogueConsole(process, database);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Every registry of the catalogue is this server now, so that it would see each request.</summary>
    public async Task PointAtAsync(LoopbackServer server)
    {
        await using var database = NpgsqlDataSource.Create(_database);
        await using var command = database.CreateCommand($"UPDATE image_registries SET address = '{server.Url().GetLeftPart(UriPartial.Authority)}/' || left(host, 3)");
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Waits until the console has all images in memory.</summary>
    public static async Task IsReadAsync(Visitor visitor, int images)
    {
        await visitor.Page.GotoAsync("/images");
        await Expect(visitor.Page.GetByTestId("found")).ToContainTextAsync(images.ToString("N0", System.Globalization.CultureInfo.InvariantCulture));
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
