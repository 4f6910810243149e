using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Core.Naming;
using AvaConsole.Core.Releases;
using AvaConsole.Web.Account;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Infrastructure;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AvaConsole.Web.Api;

/// <summary>Tells <c>asectl names check</c> what the wizards tell, without holding the name. Any account may ask.</summary>
public static class NameEndpoints
{
    public const string Path = "/api/names/check";

    private const int MaxBytes = 16 * 1024;

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static IEndpointRouteBuilder MapNameChecks(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(Path, CheckAsync)
            .AllowAnonymous()
            .DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytes))
            .RequireRateLimiting(SignInLimit.Policy);
        return endpoints;
    }

    private static async Task<IResult> CheckAsync(
        HttpContext context, SignInService signIn, NamingService naming, AppService apps, ErrorPresenter presenter, CancellationToken ct)
    {
        if (await BasicCaller.FindAsync(context, signIn, ct) is null)
        {
            return ApiProblems.SignedOut(presenter);
        }

        if (await ReadAsync(context.Request, ct) is not { Name: { } name } question)
        {
            return ApiProblems.Of(new InvalidError("", "name.question_invalid"), presenter);
        }

        switch (question.Kind)
        {
            case "app":
                var app = await naming.CheckAppAsync(new AppNameQuery(name, question.Instance ?? ""), null, ct);
                return Answer(app, question.Kind, presenter, app.Instance);
            case "image":
                var query = new ImageNameQuery(ImageNameForm.Free) { Text = name, Registry = question.Registry ?? "", Namespace = question.Namespace ?? "" };
                var image = await naming.CheckImageAsync(query, null, ct);
                return Answer(image, question.Kind, presenter, reference: image.Reference);
            case "version":
                var owner = await apps.GetAsync(question.App ?? "", ct);
                return owner.IsSuccess ? await CheckVersionAsync(owner.Value, question, naming, presenter, ct) : ApiProblems.Of(owner.Error, presenter);
            default:
                return ApiProblems.Of(new InvalidError("", "name.question_invalid"), presenter);
        }
    }

    private static async Task<IResult> CheckVersionAsync(App app, NameQuestion question, NamingService naming, ErrorPresenter presenter, CancellationToken ct)
    {
        var verdict = await naming.CheckVersionAsync(new VersionNameQuery(app.Id, question.Image ?? "") { Typed = question.Name! }, null, ct);
        return verdict.IsSuccess
            ? Answer(verdict.Value, "version", presenter, readings: verdict.Value.Readings)
            : ApiProblems.Of(verdict.Error, presenter);
    }

    private static async Task<NameQuestion?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            return request.HasJsonContentType() ? await request.ReadFromJsonAsync<NameQuestion>(ct) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonHttpResult<NameAnswer> Answer(
        NameVerdict verdict, string kind, ErrorPresenter presenter, string? instance = null, string? reference = null, IReadOnlyList<AppVersion>? readings = null) => TypedResults.Json(
        new NameAnswer(
            kind,
            verdict.Name,
            instance is { Length: > 0 } ? instance : null,
            reference is { Length: > 0 } ? reference : null,
            verdict.Problems.Count == 0,
            verdict.NeedsReason,
            verdict.Recommended.Length > 0 ? verdict.Recommended : null,
            verdict.Proposal.Length > 0 ? verdict.Proposal : null,
            [.. verdict.Problems.Select(problem => new NameFinding(problem.Code, presenter.Text(problem.Code, problem.Args)))],
            [.. verdict.Warnings.Select(warning => new NameFinding(warning.Code, presenter.Text(warning.Code, warning.Args)))],
            readings is { Count: > 0 } ? readings : null,
            [.. verdict.Keys.Select(key => key.Text)],
            [.. verdict.Routes.Select(route => route.Text)],
            [.. verdict.Commands.Select(command => command.Text)]),
        s_options);

    /// <param name="Kind"><c>app</c>, <c>version</c> or <c>image</c>.</param>
    /// <param name="App">Command of the app that a version is for.</param>
    /// <param name="Image">Reference of the image that a version is of; null where it is not known.</param>
    /// <param name="Instance">Of an app; null for the recommended name.</param>
    private sealed record NameQuestion(string? Name, string? Kind, string? App, string? Image, string? Instance, string? Registry, string? Namespace);

    private sealed record NameFinding(string Code, string Text);

    /// <param name="Free">It breaks no rule and nobody has it.</param>
    /// <param name="NeedsReason">It is not of the recommended form.</param>
    private sealed record NameAnswer(
        string Kind,
        string Name,
        string? Instance,
        string? Reference,
        bool Free,
        bool NeedsReason,
        string? Recommended,
        string? Proposal,
        IReadOnlyList<NameFinding> Problems,
        IReadOnlyList<NameFinding> Warnings,
        IReadOnlyList<AppVersion>? Readings,
        IReadOnlyList<string> Keys,
        IReadOnlyList<string> Routes,
        IReadOnlyList<string> Commands);
}
