namespace AvaConsole.Web.Features.Images.Recipes;

/// <summary>The wizard's steps, as addresses name them.</summary>
public static class RecipeSteps
{
    public const string Base = "base";
    public const string Packages = "packages";
    public const string Files = "files";
    public const string Labels = "labels";
    public const string Run = "run";
    public const string Result = "result";

    /// <summary>In their order.</summary>
    public static IReadOnlyList<string> All { get; } = [Base, Packages, Files, Labels, Run, Result];

    /// <summary>The first where there is no such step.</summary>
    public static string Parse(string? text) => text is not null && All.Contains(text) ? text : Base;

    public static string? Before(string step) => All.TakeWhile(known => known != step).LastOrDefault();

    public static string? After(string step) => All.SkipWhile(known => known != step).Skip(1).FirstOrDefault();

    /// <summary>Where the field of a problem is typed.</summary>
    /// <param name="field">As <c>RecipeCheck</c> and <c>RecipeRules</c> name it.</param>
    public static string Of(string field) => field.TrimStart('/').Split('/')[0] switch
    {
        "base" or "rest" => Base,
        "apt" or "pip" => Packages,
        "files" => Files,
        "labels" or "environment" => Labels,
        "user" or "workingDirectory" or "command" => Run,
        _ => Result,
    };
}
