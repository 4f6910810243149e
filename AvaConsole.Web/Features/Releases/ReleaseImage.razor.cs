using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Images;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Core.Releases;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Releases;

/// <summary>By what the catalogue holds: no registry is asked when a release is looked at.</summary>
public sealed partial class ReleaseImage : IDisposable
{
    private readonly CancellationTokenSource _cts = new();
    private ImagePin? _pin;
    private ReleaseSummary? _baseline;
    private ImageDiff? _diff;
    private Error? _error;
    private (string Image, Guid? Baseline) _shown;

    [Inject]
    public required IStringLocalizer<ReleaseImageText> L { get; init; }

    [Inject]
    public required IStringLocalizer<ReleasesText> R { get; init; }

    [Inject]
    public required CatalogueService Catalogue { get; init; }

    [Inject]
    public required ImagePins Pins { get; init; }

    [Parameter]
    [EditorRequired]
    public required Release Release { get; set; }

    /// <summary>All releases of the app, newest first.</summary>
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<ReleaseSummary> Siblings { get; set; }

    private List<ReleaseSummary> Others => [.. Siblings.Where(sibling => sibling.Id != Release.Id && sibling.Image.Length > 0)];

    private List<(string, string)> Options =>
        [("", L["ChooseRelease"].Value), .. Others.Select(other => (other.Id.ToString(), other.Phase is { Length: > 0 } phase ? L["ReleaseOption", other.Version, R["Phase_" + phase]].Value : other.Version))];

    public void Dispose()
    {
        _cts.Cancel();
        _cts.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown.Image != Release.Image)
        {
            _baseline = Usual();
            await ShowAsync();
        }
    }

    /// <summary>What callers get now, or else what was made before this one.</summary>
    private ReleaseSummary? Usual() =>
        Others.Find(other => other.Phase == Phases.Production)
        ?? Others.Find(other => other.CreatedAt < Release.CreatedAt)
        ?? Others.FirstOrDefault();

    private Task ChooseAsync(string id)
    {
        _baseline = Others.Find(other => other.Id.ToString() == id);
        return ShowAsync();
    }

    private async Task ShowAsync()
    {
        var wanted = _shown = (Release.Image, _baseline?.Id);
        var pin = ImageReference.TryParse(Release.Image, out var reference) ? await Pins.FindAsync(reference, _cts.Token) : null;
        var diff = _baseline is { } baseline && pin is not null ? await Catalogue.CompareAsync(baseline.Image, Release.Image, _cts.Token) : null;
        if (_shown == wanted)
        {
            (_pin, _diff, _error) = (pin, diff?.Value, diff?.Error);
        }
    }
}
