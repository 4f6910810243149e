using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Dockerfiles;
using AvaConsole.Core.Schemas.Lint;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Features.Apis.Code;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Images.Recipes;

/// <summary>The Dockerfile beside the form: written by it, edited by hand, with what the lint finds at its lines.</summary>
public sealed partial class DockerfilePane
{
    private const int MaxShown = 100;

    private CodeBox? _box;
    private string? _shown;
    private List<CodeMark> _marks = [];

    [Inject]
    public required IStringLocalizer<RecipesText> L { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Parameter, EditorRequired]
    public required RecipeWork Work { get; set; }

    /// <summary>Where the browser keeps what is typed here.</summary>
    [Parameter, EditorRequired]
    public required string Keep { get; set; }

    [Parameter]
    public bool ReadOnly { get; set; }

    /// <summary>Another text was typed.</summary>
    [Parameter]
    public EventCallback<string> OnTyped { get; set; }

    /// <summary>A fix made another text.</summary>
    [Parameter]
    public EventCallback<string> OnFix { get; set; }

    /// <summary>The form's own text is wanted.</summary>
    [Parameter]
    public EventCallback OnBack { get; set; }

    private string State => Work.TextError is not null ? "broken" : Work.Text.Length == 0 ? "empty" : Work.Problems.Count > 0 ? "behind" : "current";

    private string Kind => State switch
    {
        "broken" => "danger",
        "behind" => "warning",
        "current" => "success",
        _ => "neutral",
    };

    private int Fixable => Work.Findings.Count(finding => finding.Fix is not null);

    /// <summary>What cannot be read first, then what the lint finds, by lines.</summary>
    private List<Mark> Marks =>
    [
        .. Unreadable(Work.TextError),
        .. Work.Findings.Select(finding => new Mark(finding.Line, Presenter.Text(finding.Rule, finding.Args), finding.Severity == LintSeverity.Error, finding.Rule, finding.Fix)),
    ];

    /// <summary>What was typed last is told before this returns.</summary>
    public Task FlushAsync() => _box?.FlushAsync() ?? Task.CompletedTask;

    /// <summary>The browser need not keep what was typed here.</summary>
    public Task ForgetAsync() => _box?.ForgetAsync() ?? Task.CompletedTask;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_box is not null && _shown != Work.Text)
        {
            _shown = Work.Text;
            await _box.ShowAsync(Work.Text);
        }

        List<CodeMark> marks = [.. Marks.Where(mark => mark.Line > 0).Select(mark => new CodeMark(mark.Line, mark.Text, mark.Error))];
        if (!marks.SequenceEqual(_marks))
        {
            _marks = marks;
            await MarkAsync();
        }
    }

    private Task MarkAsync() => _box?.MarkAsync(_marks) ?? Task.CompletedTask;

    private Task RevealAsync(int line) => _box?.RevealAsync(line) ?? Task.CompletedTask;

    /// <summary>A problem's first value is its line where the text's reader made it; the recipe's own check knows no line.</summary>
    private IEnumerable<Mark> Unreadable(Error? error) => error switch
    {
        null => [],
        InvalidError invalid => invalid.Problems.Select(problem =>
            new Mark(problem.Args is [int line, ..] ? line : 0, Presenter.Text(problem.Code, problem.Args), Error: true, problem.Code, null)),
        _ => [new Mark(0, Presenter.Text(error), Error: true, error.Code, null)],
    };

    private sealed record Mark(int Line, string Text, bool Error, string Rule, DockerfileFix? Fix);
}
