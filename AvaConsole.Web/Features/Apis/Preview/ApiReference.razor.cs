using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Examples;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apis.Preview;

/// <summary>What callers of an API read: beside the draft and at <c>/docs/{app}</c> alike.</summary>
public sealed partial class ApiReference
{
    // As the serving routes answer; see ContentForm.
    private static readonly (int Status, int Code, string Meaning)[] s_errors =
    [
        (400, 10163, "invalid"),
        (400, 10161, "picture"),
        (401, 10313, "access"),
        (404, 10404, "app"),
        (413, 10200, "size"),
        (415, 10160, "type"),
        (429, 429, "busy"),
        (503, 11502, "schema"),
        (503, 11503, "model"),
        (504, 10114, "timeout"),
        (500, 12000, "internal"),
    ];

    [Inject]
    public required IStringLocalizer<PreviewText> L { get; init; }

    [Inject]
    public required IStringLocalizer<FormText> Form { get; init; }

    [Parameter, EditorRequired]
    public required ApiSchema Schema { get; set; }

    [Parameter, EditorRequired]
    public required Uri BaseUrl { get; set; }

    /// <summary>The app's command; empty for the service's name.</summary>
    [Parameter]
    public string App { get; set; } = "";

    /// <summary>The release that answers; null for the version of the API.</summary>
    [Parameter]
    public string? Version { get; set; }

    [Parameter]
    public bool Grey { get; set; }

    /// <summary>Callers present the owner's keys.</summary>
    [Parameter]
    public bool NeedsKeys { get; set; }

    /// <summary>Of the first heading.</summary>
    [Parameter]
    public int Level { get; set; } = 2;

    /// <summary>The page has said it already.</summary>
    [Parameter]
    public bool HideTitle { get; set; }

    private string Path => $"/api/{(Grey ? "grey/" : "")}content/{(App.Length > 0 ? App : Schema.Service)}";

    private IEnumerable<(string Name, string Text)> Examples
    {
        get
        {
            var options = new CallOptions { App = App, Grey = Grey, NeedsKeys = NeedsKeys };
            yield return (PreviewTabs.Request, PreviewContent.Of(Schema, PreviewTabs.Request, BaseUrl).Text);
            yield return (PreviewTabs.Response, PreviewContent.Of(Schema, PreviewTabs.Response, BaseUrl).Text);
            yield return (PreviewTabs.Curl, CallSnippets.Curl(Schema, BaseUrl, options));
            yield return (PreviewTabs.Python, CallSnippets.Python(Schema, BaseUrl, options));
            yield return (PreviewTabs.CSharp, CallSnippets.CSharp(Schema, BaseUrl, options));
        }
    }
}
