using AvaConsole.Core.Releases;
using AvaConsole.Web.Api;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Infrastructure.Browser;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace AvaConsole.Web.Features.Releases;

/// <summary>Sends a package from the browser to the server by HTTP, past the circuit: gigabytes with progress, and a way to stop.</summary>
public sealed partial class PackageUpload
{
    private readonly CancellationTokenSource _cts = new();
    private ElementReference _root;
    private IJSObjectReference? _module;
    private DotNetObjectReference<PackageUpload>? _self;
    private string? _name;
    private string? _problem;
    private long _done;
    private long _total;

    [Inject]
    public required IStringLocalizer<ReleasesText> L { get; init; }

    [Inject]
    public required PackageService Packages { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Inject]
    public required AntiforgeryStateProvider Antiforgery { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    [Parameter]
    public EventCallback<ModelPackage> OnReady { get; set; }

    [JSInvokable]
    public void Start(string name, long total)
    {
        (_name, _total, _done, _problem) = (name, total, 0, null);
        StateHasChanged();
    }

    [JSInvokable]
    public void Progress(long done)
    {
        _done = done;
        StateHasChanged();
    }

    /// <param name="id">The package, where the server took it.</param>
    /// <param name="message">Why it did not, in the reader's language; empty where no answer came.</param>
    [JSInvokable]
    public async Task EndAsync(string? id, string? message)
    {
        _name = null;
        if (!Guid.TryParse(id, out var package))
        {
            _problem = string.IsNullOrEmpty(message) ? L["UploadInterrupted"] : message;
            StateHasChanged();
            return;
        }

        var found = await Packages.GetAsync(package, _cts.Token);
        _problem = found.Error is null ? null : Presenter.Text(found.Error);
        if (found.IsSuccess)
        {
            await OnReady.InvokeAsync(found.Value);
        }

        StateHasChanged();
    }

    [JSInvokable]
    public void Cancelled()
    {
        _name = null;
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        await _cts.CancelAsync();
        _self?.Dispose();
        await _module.SafeDisposeAsync();
        _cts.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "/Features/Releases/PackageUpload.razor.js");
            await _module.InvokeVoidAsync("attach", _root, PackageEndpoints.Path, Antiforgery.GetAntiforgeryToken()?.Value, _self);

            // Until now nothing would have heard of a chosen file: the input was disabled.
            StateHasChanged();
        }
    }

    private async Task CancelAsync()
    {
        if (_module is not null)
        {
            await _module.InvokeVoidAsync("cancel", _root);
        }
    }
}
