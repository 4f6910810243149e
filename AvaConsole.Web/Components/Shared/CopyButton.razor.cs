using Microsoft.AspNetCore.Components;

namespace AvaConsole.Web.Components.Shared;

public sealed partial class CopyButton : IDisposable
{
    private static readonly TimeSpan s_confirmation = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _disposed = new();
    private bool _copied;

    [Parameter, EditorRequired] public required string Text { get; set; }

    /// <summary>What is copied, for the button's name; the text itself by default.</summary>
    [Parameter] public string? Label { get; set; }

    private string Title => _copied ? Shared["Copied"] : Shared["CopyValue", Label ?? Shorten(Text)];

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private async Task CopyAsync()
    {
        if (!await Browser.CopyAsync(Text))
        {
            Toaster.Error(Shared["CopyFailed"]);
            return;
        }

        var token = _disposed.Token;
        _copied = true;
        StateHasChanged();
        try
        {
            await Task.Delay(s_confirmation, token);
            _copied = false;
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
    }
}
