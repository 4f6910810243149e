using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Publication;
using AvaConsole.Core.Schemas.Versions;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Apis.Versions;

// The namespace of the HTTP endpoints has the same name and is nearer.
using Api = AvaConsole.Core.Schemas.Api;

/// <summary>The versions of an API: which are live, how they differ, and the steps that publish and withdraw them.</summary>
public sealed partial class VersionsPanel
{
    /// <summary>In the address: compare with the draft.</summary>
    public const string Draft = "draft";

    /// <summary>In the address, before an app's name: compare with what that app is validated by now.</summary>
    private const string LivePrefix = "live:";

    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private IReadOnlyList<VersionPublication> _publications = [];
    private IReadOnlyList<LiveSchema> _live = [];
    private (ApiVersion Version, PublicationStep Step)? _acting;
    private (Guid, int)? _loaded;

    [Inject]
    public required IStringLocalizer<ApisText> L { get; init; }

    [Inject]
    public required IStringLocalizer<VersionsText> T { get; init; }

    [Inject]
    public required PublicationReader Publications { get; init; }

    [Parameter, EditorRequired]
    public required Api Api { get; set; }

    /// <summary>The draft as it is on the page.</summary>
    [Parameter, EditorRequired]
    public required ApiSchema Current { get; set; }

    [Parameter]
    public string? Version { get; set; }

    [Parameter]
    public string? Compare { get; set; }

    private ApiVersion? Selected => Find(Version);

    private ApiSchema? CompareSchema => Compare == Draft ? Current : CompareLive?.Schema ?? Find(Compare)?.Schema;

    private LiveSchema? CompareLive => _live.FirstOrDefault(live => LivePrefix + live.App == Compare);

    private string CompareName => Compare == Draft ? L["TheDraft"] : CompareLive is { } live ? NameOf(live) : Compare ?? "";

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic == "change" || (happened.Topic == "api" && happened.Id == Api.Id);

    protected override async Task OnParametersSetAsync()
    {
        if (_loaded != (Api.Id, Api.Versions.Count))
        {
            _loaded = (Api.Id, Api.Versions.Count);
            await RefreshAsync();
        }
    }

    protected override async Task RefreshAsync()
    {
        if (Api.Versions.Count > 0)
        {
            _publications = await Publications.ListAsync(Api.Id, Token);

            // The same objects as long as nothing moved: what is compared is not compared again.
            var live = await Publications.ListLiveAsync(Api.Id, Token);
            _live = live.Count == _live.Count && live.Zip(_live).All(pair => IsSame(pair.First, pair.Second)) ? _live : live;
        }
    }

    private static bool IsSame(LiveSchema left, LiveSchema right) =>
        (left.App, left.Release) == (right.App, right.Release) && ApiSchemaJson.Write(left.Schema).AsSpan().SequenceEqual(ApiSchemaJson.Write(right.Schema));

    private ApiVersion? Find(string? version) => Api.Versions.FirstOrDefault(known => known.Version == version);

    private VersionPublication? Find(ApiVersion version) => _publications.FirstOrDefault(known => known.VersionId == version.Id);

    private PublicationStep? StepFor(VersionPublication? publication) => !Can(Permission.DesignApi) ? null : publication switch
    {
        { State: PublicationState.NotPublished or PublicationState.Withdrawn } => PublicationStep.Publish,
        { State: PublicationState.Live, UsedBy.Count: 0 } => PublicationStep.Withdraw,
        _ => null,
    };

    private string NameOf(LiveSchema live) => live.App.Length > 0 ? T["LiveOf", live.App, live.Release] : T["LivePublished", live.Schema.Version];

    private List<(string, string)> CompareOptions(ApiVersion selected) =>
    [
        ("", L["CompareNothing"].Value),
        (Draft, L["TheDraft"].Value),
        .. _live.Select(live => (LivePrefix + live.App, NameOf(live))),
        .. Api.Versions.Where(version => version != selected).Select(version => (version.Version, version.Version)),
    ];

    /// <summary>The other side is an earlier version: what it changes is told from there.</summary>
    private bool CompareIsOlder(ApiVersion selected) =>
        Compare != Draft
        && SemanticVersion.TryParse(CompareSchema?.Version ?? "", out var other)
        && SemanticVersion.TryParse(selected.Version, out var own)
        && other < own;

    // Closed, it compares nothing.
    private void Toggle(LiveSchema live)
    {
        if (!_open.Remove(live.App))
        {
            _open.Add(live.App);
        }
    }

    private void OnCompare(string other) => Navigation.NavigateTo(ApiUrls.Details(Api.Id, version: Version, compare: other));

    private async Task CloseAsync()
    {
        _acting = null;
        await RefreshAsync();
    }
}
