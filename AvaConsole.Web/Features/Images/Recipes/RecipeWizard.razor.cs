using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Recipes;
using AvaConsole.Core.Images.Recipes.Builds;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Images.Recipes;

/// <summary>A recipe in steps, with its Dockerfile beside them; whichever side is typed into, the other follows.</summary>
public sealed partial class RecipeWizard
{
    private const string FormSide = "form";
    private const string CodeSide = "code";
    private const string AptField = "/apt";
    private const string PipField = "/pip";

    private DockerfilePane? _pane;
    private string _side = FormSide;

    [Inject]
    public required IStringLocalizer<RecipesText> L { get; init; }

    [Inject]
    public required ErrorPresenter Presenter { get; init; }

    [Parameter, EditorRequired]
    public required RecipeWork Work { get; set; }

    /// <summary>Where the browser keeps what is typed into the Dockerfile.</summary>
    [Parameter, EditorRequired]
    public required string Keep { get; set; }

    /// <summary>One of <see cref="RecipeSteps"/>.</summary>
    [Parameter, EditorRequired]
    public required string Current { get; set; }

    [Parameter]
    public IReadOnlyList<PushRegistry> Registries { get; set; } = [];

    /// <summary>The last step.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment Result { get; set; }

    /// <summary>What saving found besides the recipe's own problems.</summary>
    [Parameter]
    public Error? Error { get; set; }

    [Parameter]
    public EventCallback<string> OnStep { get; set; }

    [Parameter]
    public EventCallback OnChange { get; set; }

    private RecipeForm Form => Work.Form;

    private bool KeptFrom => Form.Base.Length == 0 && Form.Rest.Any(rest => rest.After == RecipePart.Head);

    private string? CommandProblem => Work.Problems.Where(problem => problem.Field.StartsWith("/command", StringComparison.Ordinal)).Select(problem => Presenter.Text(problem.Code, problem.Args)).FirstOrDefault();

    /// <summary>What was typed last is known before this returns.</summary>
    public Task FlushAsync() => _pane?.FlushAsync() ?? Task.CompletedTask;

    /// <summary>The browser need not keep what was typed into the Dockerfile.</summary>
    public Task ForgetAsync() => _pane?.ForgetAsync() ?? Task.CompletedTask;

    private static PackageRow ParseApt(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? new PackageRow { Name = text } : new PackageRow { Name = text[..equals], Version = text[(equals + 1)..] };
    }

    private static PackageRow ParsePip(string text) => PipPackage.TryParse(text, out var package) ? PipText.ToRow(package) : new PackageRow { Name = text };

    private bool HasProblem(string step) =>
        Work.Problems.Any(problem => RecipeSteps.Of(problem.Field) == step && !(problem.Code == "recipe.base_missing" && Work.Text.Length == 0))
        || (Error is InvalidError invalid && invalid.Problems.Any(problem => RecipeSteps.Of(problem.Field) == step));

    private string? Problem(string field) =>
        field == "/base" && Form.Base.Length == 0 ? Presenter.For(Error, field) : Work.ProblemText(field, Presenter.Text) ?? Presenter.For(Error, field);

    private string? PackageProblem(PackageRow row, string field) => Form.IndexOf(row) is var index and >= 0 ? Problem($"{field}/{index}") ?? Twice(row, field) : null;

    /// <summary>Which of them is too many is said at each.</summary>
    private string? Twice(PackageRow row, string field) => Work.Problems
        .Where(problem => problem.Field == field && problem.Code == "recipe.twice" && problem.Args is [_, string name] && name == KeyOf(row, field))
        .Select(problem => Presenter.Text(problem.Code, problem.Args))
        .FirstOrDefault();

    private static string KeyOf(PackageRow row, string field) => field == PipField ? PipText.ToPackage(row).Key : row.Name.Trim();

    private string? FileProblem(FileRow row, string part)
    {
        if (Form.IndexOf(row) is not (var index and >= 0))
        {
            return null;
        }

        var key = row.To.EndsWith('/') ? row.To.Trim() + row.From.Trim() : row.To.Trim();
        return Problem(part.Length == 0 ? $"/files/{index}" : $"/files/{index}/{part}")
            ?? (part == "to" && Work.Problems.FirstOrDefault(problem => problem is { Field: "/files", Code: "recipe.twice", Args: [_, string twice] } && twice == key) is { } found ? Presenter.Text(found.Code, found.Args) : null);
    }

    private Task Set(Action change)
    {
        change();
        return Changed();
    }

    private Task Changed() => ApplyAsync(Work.FormChanged);

    private Task SwapAsync(ImageRecipe swapped) => ApplyAsync(() => Work.Replace(swapped));

    private Task OnFix(string text) => ApplyAsync(() => Work.TextChanged(text));

    private Task OnBack() => ApplyAsync(Work.BackToForm);

    private Task OnTyped(string text)
    {
        Work.TextChanged(text);
        return OnChange.InvokeAsync();
    }

    /// <summary>The text is no longer what was typed last: the draft keeps it, and the editor need not.</summary>
    private async Task ApplyAsync(Action change)
    {
        change();
        await OnChange.InvokeAsync();
        await ForgetAsync();
    }
}
