using Microsoft.AspNetCore.Components;

namespace AvaConsole.Web.Components.Shared;

public sealed partial class DiffView
{
    private readonly HashSet<int> _unfolded = [];
    private IReadOnlyList<DiffSection> _sections = [];
    private (string? Old, string? New)? _compared;
    private int _added;
    private int _removed;

    /// <summary>Null: there was nothing.</summary>
    [Parameter] public string? Old { get; set; }

    /// <summary>Null: nothing is left.</summary>
    [Parameter] public string? New { get; set; }

    [Parameter] public string Title { get; set; } = "";

    private bool Split => Preferences.Current.DiffSplit;

    public void Dispose() => Preferences.Changed -= OnPreferencesChanged;

    protected override void OnInitialized() => Preferences.Changed += OnPreferencesChanged;

    protected override void OnParametersSet()
    {
        if (_compared == (Old, New))
        {
            return;
        }

        var lines = LineDiff.Compare(Old, New);
        _sections = LineDiff.Fold(lines);
        _added = lines.Count(line => line.Kind == DiffLineKind.Added);
        _removed = lines.Count(line => line.Kind == DiffLineKind.Removed);
        _unfolded.Clear();
        _compared = (Old, New);
    }

    private static string? Css(DiffLine? line) => line?.Kind switch
    {
        DiffLineKind.Added => "diff-added",
        DiffLineKind.Removed => "diff-removed",
        null => "diff-absent",
        _ => null,
    };

    private static string Sign(DiffLineKind kind) => kind switch
    {
        DiffLineKind.Added => "+",
        DiffLineKind.Removed => "−",
        _ => " ",
    };

    private static RenderFragment? Cell(DiffLine? line) => line is null ? null : builder =>
    {
        builder.OpenElement(0, "span");
        builder.AddAttribute(1, "class", "diff-sign");
        builder.AddContent(2, Sign(line.Kind));
        builder.CloseElement();
        builder.AddContent(3, line.Text);
    };

    private Task SetSplitAsync(bool split) => Preferences.UpdateAsync(current => current with { DiffSplit = split });

    private void OnPreferencesChanged() => InvokeAsync(StateHasChanged);
}
