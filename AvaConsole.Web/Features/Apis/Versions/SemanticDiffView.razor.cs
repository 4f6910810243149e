using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Versions;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apis.Versions;

/// <summary>What a version changes for its callers: in words, with verdicts and, where there is one, a request that breaks.</summary>
public sealed partial class SemanticDiffView
{
    private static readonly ChangeVerdict[] s_verdicts = [ChangeVerdict.Breaking, ChangeVerdict.Risky, ChangeVerdict.Safe];

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A comparison takes as long as many key strokes: it waits until nobody types.</summary>
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(1);

    private (ApiSchema From, ApiSchema To)? _compared;
    private SemanticDiff? _diff;
    private ChangeVerdict? _only;
    private bool _raw;

    [Inject]
    public required IStringLocalizer<VersionsText> L { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Parameter, EditorRequired]
    public required ApiSchema From { get; set; }

    [Parameter, EditorRequired]
    public required ApiSchema To { get; set; }

    /// <summary>Names both sides.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    private static bool Chinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";

    private IEnumerable<SemanticChange> Shown => _diff!.Changes.Where(change => _only is null || change.Verdict == _only);

    protected override async Task OnParametersSetAsync()
    {
        var wanted = (From, To);
        if (IsLast(wanted))
        {
            return;
        }

        var isTyped = _diff is not null && ReferenceEquals(_compared?.From, wanted.From);
        _compared = wanted;
        if (isTyped)
        {
            await Task.Delay(s_quiet, Clock);
            if (!IsLast(wanted))
            {
                return;
            }
        }

        // Examples are found by trying: not on the page's own thread.
        var diff = await Task.Run(() => SemanticDiff.Compare(wanted.From, wanted.To));
        if (IsLast(wanted))
        {
            _diff = diff;
        }
    }

    private bool IsLast((ApiSchema From, ApiSchema To) wanted) =>
        ReferenceEquals(_compared?.From, wanted.From) && ReferenceEquals(_compared?.To, wanted.To);
}
