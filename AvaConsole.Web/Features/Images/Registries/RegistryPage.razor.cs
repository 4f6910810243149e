using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Images.Registries;

public sealed partial class RegistryPage
{
    private RegistryForm _form = new();
    private int _revision;
    private RegistryInfo? _info;
    private IReadOnlyList<IndexedRepository> _failures = [];
    private Error? _loadError;
    private Error? _askError;
    private Error? _saveError;
    private bool _asking;
    private bool _saving;
    private bool _dirty;

    [Inject]
    public required IStringLocalizer<RegistriesText> L { get; init; }

    [Inject]
    public required RegistryService Registries { get; init; }

    [Inject]
    public required IConfirm Confirm { get; init; }

    [Inject]
    public required IToaster Toaster { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>Another console may be the one that refreshes.</summary>
    protected override TimeSpan PollInterval => Running ? TimeSpan.FromSeconds(2) : base.PollInterval;

    private bool Running => _info?.Registry.Refresh.IsRunning(Clock.GetUtcNow()) ?? false;

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic == "registry" && happened.Id == Id;

    protected override async Task OnParametersSetAsync()
    {
        if (_info?.Registry.Id != Id)
        {
            _info = null;
            await ReloadAsync();
        }
    }

    protected override async Task RefreshAsync()
    {
        var found = await Registries.GetAsync(Id, Token);
        (_info, _loadError) = (found.Value, found.Error);
        _failures = found.IsSuccess ? await Registries.ListFailuresAsync(Id, Token) : [];
    }

    /// <summary>With the form, whose typed values are lost.</summary>
    private async Task ReloadAsync()
    {
        await RefreshAsync();
        (_saveError, _dirty) = (null, false);
        if (_info is not null)
        {
            (_form, _revision) = (RegistryForm.From(_info.Registry), _info.Registry.Revision);
        }
    }

    private async Task RefreshNowAsync()
    {
        _asking = true;
        _askError = (await Registries.RefreshAsync(Id, Actor!, Token)).Error;
        _asking = false;
        await RefreshAsync();
    }

    private void Allow(string host)
    {
        _form.Allow(host);
        _dirty = true;
        Toaster.Success(L["AllowedToast", host]);
    }

    private async Task SaveAsync()
    {
        if (_saving)
        {
            return;
        }

        _saving = true;
        var result = await Registries.UpdateAsync(Id, _revision, _form.ToRequest(), Actor!, Token);
        (_saving, _saveError) = (false, result.Error);
        if (result.IsSuccess)
        {
            Toaster.Success(L["Saved", result.Value.Registry.Name]);
            await ReloadAsync();
        }
    }

    private async Task RemoveAsync()
    {
        var name = _info!.Registry.Name;
        if (!await Confirm.AskAsync(L["RemoveTitle", name], L["RemoveText", _info.Repositories, _info.Tags], L["RemoveVerb"], danger: true))
        {
            return;
        }

        var result = await Registries.RemoveAsync(Id, Actor!, Token);
        if (result.Error is { } error)
        {
            Toaster.Error(error);
            return;
        }

        _dirty = false;
        Toaster.Success(L["Removed", name]);
        Navigation.NavigateTo(ImageUrls.RegistriesPath);
    }

    private async Task OnLeavingAsync(LocationChangingContext context)
    {
        if (_dirty && !await Confirm.AskAsync(L["LeaveTitle"], L["LeaveText"], L["LeaveVerb"], danger: true))
        {
            context.PreventNavigation();
        }
    }
}
