using AvaConsole.Web.Infrastructure.Culture;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace AvaConsole.Web.Components;

/// <summary>The page around everything, rendered once per HTTP request: the only place that sees cookies and the caller's address.</summary>
public sealed partial class App
{
    // Prerendering would run every page's loading twice; the CSS shell paints the first moment instead.
    private static readonly InteractiveServerRenderMode s_interactive = new(prerender: false);

    private string _theme = ThemeNames.System;
    private string? _address;

    [CascadingParameter] public required HttpContext Context { get; set; }

    /// <summary>Account pages set cookies and are therefore static.</summary>
    private InteractiveServerRenderMode? RenderMode => Context.AcceptsInteractiveRouting() ? s_interactive : null;

    protected override void OnInitialized()
    {
        _theme = ThemeNames.Parse(Context.Request.Cookies[ThemeNames.CookieName]);
        _address = Context.Connection.RemoteIpAddress?.ToString();
    }
}
