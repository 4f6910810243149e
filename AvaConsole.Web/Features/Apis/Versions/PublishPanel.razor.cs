using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Versions;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apis.Versions;

/// <summary>The number that the draft's changes call for, and the step that makes it a version.</summary>
public sealed partial class PublishPanel
{
    /// <summary>A comparison takes as long as many key strokes: it waits until nobody types.</summary>
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(1);

    private (ApiSchema Draft, int Versions)? _compared;
    private ProposedVersion? _proposed;
    private SemanticDiff? _diff;
    private string _reason = "";

    [Inject]
    public required IStringLocalizer<VersionsText> L { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>The draft as it is on the page.</summary>
    [Parameter, EditorRequired]
    public required ApiSchema Draft { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ApiVersion> Versions { get; set; }

    /// <summary>Findings that refuse a version.</summary>
    [Parameter]
    public int Errors { get; set; }

    [Parameter]
    public bool ReadOnly { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Why the last try was refused.</summary>
    [Parameter]
    public Error? Error { get; set; }

    /// <summary>The reason for a smaller number; empty where none is needed.</summary>
    [Parameter]
    public EventCallback<string> OnCreate { get; set; }

    /// <summary>The number to give the draft.</summary>
    [Parameter]
    public EventCallback<string> OnUseNumber { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var (draft, versions) = (Draft, Versions);
        if (_compared is { } compared && ReferenceEquals(compared.Draft, draft) && compared.Versions == versions.Count)
        {
            return;
        }

        var isTyped = _compared?.Versions == versions.Count;
        _compared = (draft, versions.Count);
        if (isTyped)
        {
            await Task.Delay(s_quiet, Clock);
            if (!ReferenceEquals(_compared?.Draft, draft))
            {
                return;
            }
        }

        SemanticDiff? diff = null;

        // Not on the page's own thread: whoever types must not wait for a comparison.
        var proposed = await Task.Run(() => ProposedVersion.For(draft, versions, (from, to) => diff = SemanticDiff.Compare(from, to)));
        if (ReferenceEquals(_compared?.Draft, draft))
        {
            (_proposed, _diff) = (proposed, diff);
        }
    }

    private bool CanCreate(ProposedVersion proposed) => !Busy && Errors == 0 && !proposed.IsTaken && (!proposed.IsSmaller || !string.IsNullOrWhiteSpace(_reason));

    private string Explain(ProposedVersion proposed)
    {
        if (proposed.Base is not { } from || _diff is not { } diff)
        {
            return L["ProposedFirst", proposed.Number];
        }

        return diff.Changes.Count == 0
            ? L["ProposedNothing", from.Version, proposed.Number]
            : L["Proposed", from.Version, Count(ChangeVerdict.Breaking), Count(ChangeVerdict.Risky), Count(ChangeVerdict.Safe), proposed.Number];

        int Count(ChangeVerdict verdict) => diff.Changes.Count(change => change.Verdict == verdict);
    }
}
