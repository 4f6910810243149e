using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Infrastructure;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Settings;

/// <summary>Under which roots an image has to be, or hosts cannot pull it: one a line.</summary>
public sealed partial class PullableRootsPanel : IDisposable
{
    private readonly CancellationTokenSource _cts = new();
    private string? _text;
    private string _saved = "";
    private Error? _error;
    private bool _busy;

    [Inject]
    public required CatalogueRoots Roots { get; init; }

    [Inject]
    public required CurrentActor Actor { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Inject]
    public required IToaster Toaster { get; init; }

    [Inject]
    public required IStringLocalizer<CatalogueText> L { get; init; }

    [Parameter]
    public bool Allowed { get; set; }

    public void Dispose()
    {
        _cts.Cancel();
        _cts.Dispose();
    }

    protected override async Task OnInitializedAsync() => _text = _saved = string.Join('\n', await Roots.GetAsync(_cts.Token));

    private void Type(string text) => (_text, _error) = (text, null);

    private async Task SaveAsync()
    {
        if (_busy || _text is null)
        {
            return;
        }

        _busy = true;
        var result = await Roots.SetAsync(_text.Split('\n'), await Actor.GetAsync(), _cts.Token);
        (_busy, _error) = (false, result.Error);
        if (result.IsSuccess)
        {
            _text = _saved = string.Join('\n', result.Value);
            Toaster.Success(L["RootsSaved"]);
        }
    }
}
