using AvaConsole.Web.Features.Apis.Code;
using AvaConsole.Web.Features.Apis.Form;
using AvaConsole.Web.Infrastructure.Browser;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AvaConsole.Web.Features.Apis;

/// <summary>What the page and the browser say to each other: keys, focus, composition, and which panes the address names.</summary>
public sealed partial class ApiDesignerPage
{
    public const string FormPaneId = "form";
    public const string CodePaneId = "code";
    public const string PreviewPaneId = "preview";
    public const string CheckPaneId = "check";

    private ElementReference _root;
    private DesignForm? _form;
    private CodePane? _code;
    private IJSObjectReference? _module;
    private IJSObjectReference? _attached;
    private DotNetObjectReference<ApiDesignerPage>? _self;
    private bool _attaching;
    private string _field = "";

    /// <summary>One of the panes' ids. Beside the form where there is room, in its place where there is not.</summary>
    [SupplyParameterFromQuery(Name = "pane")]
    public string? Pane { get; set; }

    /// <summary>Format of the code pane.</summary>
    [SupplyParameterFromQuery(Name = "code")]
    public string? CodeFormat { get; set; }

    /// <summary>Tab of the preview.</summary>
    [SupplyParameterFromQuery(Name = "preview")]
    public string? Preview { get; set; }

    private string NarrowPane => Pane is CodePaneId or PreviewPaneId or CheckPaneId ? Pane : FormPaneId;

    private string SidePane => Pane is PreviewPaneId or CheckPaneId ? Pane : CodePaneId;

    /// <summary>Code that cannot be read is no step yet: it is what is taken back first.</summary>
    [JSInvokable]
    public Task UndoAsync() => _code is { IsBroken: true } && CanEdit ? _code.TakeFormAsync() : WalkAsync(editor => editor.Undo());

    [JSInvokable]
    public Task RedoAsync() => WalkAsync(editor => editor.Redo());

    /// <summary>An input method began or ended composing.</summary>
    [JSInvokable]
    public void SetComposingAsync(bool composing)
    {
        if (_session is not null)
        {
            _session.IsComposing = composing;
            if (!composing)
            {
                // What other people saved meanwhile was put off.
                Wake();
            }
        }
    }

    /// <summary>The focus moved to the element with this id; <c>code</c> for the code pane, empty for nowhere.</summary>
    [JSInvokable]
    public void FocusedAsync(string id)
    {
        if (_session is not null)
        {
            _field = FieldPlaces.Path(Editor.Schema, id);
            Wake();
            Presence.Announce(Id);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // An earlier rendering may be reported when the draft is there already, but its element is not.
        if (_root.Id is not null && !_attaching)
        {
            _attaching = true;
            _self = DotNetObjectReference.Create(this);
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "/Features/Apis/ApiDesignerPage.razor.js");
            _attached = await _module.InvokeAsync<IJSObjectReference>("attach", _root, _self);
        }
    }

    private Task WalkAsync(Action<DraftEditor> step)
    {
        if (_session is not null && CanEdit)
        {
            step(Editor);
        }

        return Task.CompletedTask;
    }

    private async Task LeaveBrowserAsync()
    {
        try
        {
            if (_attached is not null)
            {
                await _attached.InvokeVoidAsync("dispose");
            }
        }
        catch (JSDisconnectedException)
        {
            // The tab is gone, and its listeners with it.
        }

        await _attached.SafeDisposeAsync();
        await _module.SafeDisposeAsync();
        _self?.Dispose();
    }

    private List<(string Id, string Text)> PaneTabs(bool withForm)
    {
        var count = _problems.All.Count;
        List<(string, string)> tabs = [(CodePaneId, D["PaneCode"]), (PreviewPaneId, D["PanePreview"]), (CheckPaneId, count == 0 ? D["PaneCheck"] : D["PaneCheckCount", count])];
        return withForm ? [(FormPaneId, D["PaneForm"]), .. tabs] : tabs;
    }

    private void SelectPane(string pane) => Go(pane == FormPaneId ? null : pane, CodeFormat, Preview);

    private void SelectFormat(string format) => Go(Pane, format, Preview);

    private void SelectPreview(string tab) => Go(Pane, CodeFormat, tab);

    private void Go(string? pane, string? code, string? preview) =>
        Navigation.NavigateTo(ApiUrls.Details(Id, pane, code, Version, Compare, preview), replace: true);

    private async Task JumpAsync(string field)
    {
        if (NarrowPane != FormPaneId)
        {
            SelectPane(FormPaneId);
            await Task.Yield();
        }

        await (_form?.RevealAsync(field) ?? Task.CompletedTask);
    }
}
