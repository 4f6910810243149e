using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Images.Registries;

public sealed partial class NewRegistryPage
{
    private readonly RegistryForm _form = new();
    private Error? _error;
    private bool _busy;
    private bool _dirty;

    [Inject]
    public required IStringLocalizer<RegistriesText> L { get; init; }

    [Inject]
    public required RegistryService Registries { get; init; }

    [Inject]
    public required IConfirm Confirm { get; init; }

    private async Task AddAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        var result = await Registries.AddAsync(_form.ToRequest(), Actor!, Token);
        (_busy, _error) = (false, result.Error);
        if (result.IsSuccess)
        {
            _dirty = false;
            Navigation.NavigateTo(ImageUrls.Registry(result.Value.Registry.Id));
        }
    }

    private async Task OnLeavingAsync(LocationChangingContext context)
    {
        if (_dirty && !await Confirm.AskAsync(L["LeaveTitle"], L["LeaveText"], L["LeaveVerb"], danger: true))
        {
            context.PreventNavigation();
        }
    }
}
