using AvaConsole.Web.Resources;
using Microsoft.Extensions.Localization;
using Radzen;

namespace AvaConsole.Web.Components.Shared;

/// <summary>Asks before something that cannot simply be taken back.</summary>
public interface IConfirm
{
    /// <summary>True only where the verb's button was pressed; closing, Esc and navigation count as no.</summary>
    /// <param name="title">Names the object: <c>Delete test case digit-3-1?</c></param>
    /// <param name="text">The effect.</param>
    /// <param name="verb">The button's text, never <c>OK</c>.</param>
    /// <param name="danger">The button is shown as dangerous, and is not the one with the focus.</param>
    Task<bool> AskAsync(string title, string text, string verb, bool danger = false);
}

/// <inheritdoc />
public sealed class Confirm(DialogService dialogs, IStringLocalizer<SharedText> shared) : IConfirm
{
    public async Task<bool> AskAsync(string title, string text, string verb, bool danger = false)
    {
        var parameters = new Dictionary<string, object?>
        {
            [nameof(ConfirmDialog.Text)] = text,
            [nameof(ConfirmDialog.Verb)] = verb,
            [nameof(ConfirmDialog.Danger)] = danger,
        };
        var options = new DialogOptions { Width = "min(30rem, calc(100vw - 2rem))", CloseDialogOnEsc = true, CloseDialogOnOverlayClick = false };
        options.CloseAriaLabel = shared["Close"];
        object? answer = await dialogs.OpenAsync<ConfirmDialog>(title, parameters, options);
        return answer is true;
    }
}
