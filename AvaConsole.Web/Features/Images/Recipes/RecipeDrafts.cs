using System.Globalization;
using System.Text.Json;
using AvaConsole.Web.Infrastructure.Browser;

namespace AvaConsole.Web.Features.Images.Recipes;

/// <summary>What is being typed, as the browser keeps it.</summary>
/// <param name="From">The version that editing began with; 0 for a new recipe.</param>
public sealed record RecipeDraft(RecipeForm Form, string Text, string Note, int From);

/// <summary>
/// Keeps drafts in the browser until they are saved or given up. They travel in pieces: what comes from the browser has to fit into one message of 32 KB.
/// </summary>
public sealed class RecipeDrafts(BrowserModule browser)
{
    /// <summary>Characters of a piece. All are ASCII, and what is quoted takes two bytes on its way.</summary>
    private const int Piece = 12_000;

    /// <summary>Beyond this, browsers keep nothing more.</summary>
    private const int MaxPieces = 300;

    /// <summary>Pieces of two drafts do not make one.</summary>
    private Task _last = Task.CompletedTask;

    public async Task<RecipeDraft?> ReadAsync(string key)
    {
        if (!int.TryParse(await browser.ReadStorageAsync(key), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is 0 or > MaxPieces)
        {
            return null;
        }

        var text = new System.Text.StringBuilder();
        for (var index = 0; index < count; index++)
        {
            text.Append(await browser.ReadStorageAsync(KeyOf(key, index)));
        }

        try
        {
            return JsonSerializer.Deserialize<RecipeDraft>(text.ToString());
        }
        catch (JsonException)
        {
            // Another version of the console wrote it, or the browser lost a piece.
            return null;
        }
    }

    public async Task KeepAsync(string key, RecipeDraft draft)
    {
        var text = JsonSerializer.Serialize(draft);
        var count = (text.Length + Piece - 1) / Piece;
        if (count > MaxPieces)
        {
            return;
        }

        await AloneAsync(async () =>
        {
            // Without its count there is no draft: one that is cut short in the middle is none.
            await browser.WriteStorageAsync(key, "");
            for (var index = 0; index < count; index++)
            {
                await browser.WriteStorageAsync(KeyOf(key, index), text.Substring(index * Piece, Math.Min(Piece, text.Length - (index * Piece))));
            }

            await browser.WriteStorageAsync(key, count.ToString(CultureInfo.InvariantCulture));
        });
    }

    public Task ForgetAsync(string key) => AloneAsync(async () =>
    {
        var count = int.TryParse(await browser.ReadStorageAsync(key), NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? known : 0;
        await browser.WriteStorageAsync(key, "");
        for (var index = 0; index < Math.Min(count, MaxPieces); index++)
        {
            await browser.WriteStorageAsync(KeyOf(key, index), "");
        }
    });

    private async Task AloneAsync(Func<Task> act)
    {
        var (before, mine) = (_last, new TaskCompletionSource());
        _last = mine.Task;
        await before;
        try
        {
            await act();
        }
        finally
        {
            mine.SetResult();
        }
    }

    private static string KeyOf(string key, int index) => string.Create(CultureInfo.InvariantCulture, $"{key}.{index}");
}
