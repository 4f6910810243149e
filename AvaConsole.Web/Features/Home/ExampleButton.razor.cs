using AvaConsole.Core.Common;
using Microsoft.AspNetCore.Components;

namespace AvaConsole.Web.Features.Home;

public sealed partial class ExampleButton
{
    private ExampleProgress? _progress;
    private Error? _error;
    private bool _busy;
    private bool _disposed;

    /// <summary>True when loading begins, false when it ended. The page stays as it is in between, and this button with it.</summary>
    [Parameter]
    public EventCallback<bool> OnBusy { get; set; }

    public void Dispose() => _disposed = true;

    /// <summary>Steps done, and the part of the present one.</summary>
    private static double Value(ExampleProgress progress) => (int)progress.Step + (progress.Total == 0 ? 0 : (double)progress.Done / progress.Total);

    private async Task LoadAsync()
    {
        if (_busy)
        {
            return;
        }

        (_busy, _error) = (true, null);
        await OnBusy.InvokeAsync(true);
        try
        {
            // Whoever leaves the page meanwhile finds the example complete: what was begun is finished.
            var result = await Loader.LoadAsync(await CurrentActor.GetAsync(), new Steps(this), CancellationToken.None);
            _error = result.Error;
            if (result.IsSuccess && !_disposed)
            {
                Toaster.Success(L["ExampleLoaded"]);
            }
        }
        finally
        {
            (_busy, _progress) = (false, null);
            await OnBusy.InvokeAsync(false);
        }
    }

    private sealed class Steps(ExampleButton owner) : IProgress<ExampleProgress>
    {
        public void Report(ExampleProgress value) => _ = owner.InvokeAsync(() =>
        {
            if (!owner._disposed)
            {
                owner._progress = value;
                owner.StateHasChanged();
            }
        });
    }
}
