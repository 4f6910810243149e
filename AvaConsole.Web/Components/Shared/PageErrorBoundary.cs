using System.Diagnostics;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace AvaConsole.Web.Components.Shared;

/// <summary>Keeps a fault in one part of the page from ending the circuit. Wrap pages, cards and dialog contents.</summary>
public sealed class PageErrorBoundary : ErrorBoundaryBase
{
    private string _reference = "";

    [Inject] public required ILogger<PageErrorBoundary> Logger { get; init; }

    protected override Task OnErrorAsync(Exception exception)
    {
        _reference = Activity.Current?.TraceId.ToString() ?? Guid.NewGuid().ToString("n");
        Logger.LogError(exception, "A component failed; the page shows reference {Reference}", _reference);
        return Task.CompletedTask;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }

        builder.OpenComponent<ErrorBoundaryContent>(1);
        builder.AddComponentParameter(2, nameof(ErrorBoundaryContent.Reference), _reference);
        builder.AddComponentParameter(3, nameof(ErrorBoundaryContent.OnRetry), EventCallback.Factory.Create(this, Recover));
        builder.CloseComponent();
    }
}
