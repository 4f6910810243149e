using System.Text.Json;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Core.Images.Registries;
using AvaConsole.Web.Account;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Features.Images;
using AvaConsole.Web.Features.Images.Registries;
using AvaConsole.Web.Infrastructure;
using AvaConsole.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Api;

/// <summary>
/// Tells <c>asectl image registries</c> how the indexes of the team's registries stand, and takes the wish for a refresh from <c>asectl image refresh</c>.
/// </summary>
public static class RegistryEndpoints
{
    public const string Path = "/api/registries";

    /// <summary>Takes <c>name</c> in the query.</summary>
    public const string RefreshPath = Path + "/refresh";

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static IEndpointRouteBuilder MapRegistries(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Path, ListAsync).AllowAnonymous().RequireRateLimiting(SignInLimit.Policy);
        endpoints.MapPost(RefreshPath, RefreshAsync).AllowAnonymous().DisableAntiforgery().RequireRateLimiting(SignInLimit.Policy);
        return endpoints;
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, SignInService signIn, RegistryService registries, ErrorPresenter presenter, IStringLocalizer<RegistriesText> texts, TimeProvider clock, CancellationToken ct)
    {
        if (await BasicCaller.FindAsync(context, signIn, ct) is null) return ApiProblems.SignedOut(presenter);
        var found = await registries.ListAsync(ct);
        return TypedResults.Json(new { registries = found.Select(info => Describe(info, presenter, texts, clock)) }, s_options);
    }

    private static async Task<IResult> RefreshAsync(string name, HttpContext context, SignInService signIn, RegistryService registries, ErrorPresenter presenter, CancellationToken ct)
    {
        if (await BasicCaller.FindAsync(context, signIn, ct) is not { } user) return ApiProblems.SignedOut(presenter);
        var known = (await registries.ListAsync(ct)).FirstOrDefault(info => info.Registry.Name == name);
        var id = known?.Registry.Id ?? Guid.Empty;
        var asked = await registries.RefreshAsync(id, CurrentActor.From(user, context.Connection.RemoteIpAddress?.ToString()), ct);
        return asked.IsSuccess ? TypedResults.Json(new { name, page = ImageUrls.Registry(id) }, s_options, statusCode: StatusCodes.Status202Accepted) : ApiProblems.Of(asked.Error, presenter);
    }

    private static RegistryAnswer Describe(RegistryInfo info, ErrorPresenter presenter, IStringLocalizer<RegistriesText> texts, TimeProvider clock)
    {
        var (registry, report) = (info.Registry, info.Registry.Refresh);
        var state = RegistryStates.Of(info, clock.GetUtcNow());
        return new RegistryAnswer(
            registry.Name,
            registry.Address,
            registry.Host,
            registry.Namespace,
            JsonNamingPolicy.CamelCase.ConvertName(state.ToString()),
            texts["State" + state],
            report.ErrorCode.Length > 0 ? report.ErrorCode : null,
            report.ErrorCode.Length > 0 ? presenter.Text(report.ErrorCode, report.ErrorArgs) : null,
            info.Repositories,
            info.Tags,
            info.Dangling,
            info.Unreadable,
            report.EndedAt,
            report.CompletedAt,
            registry.Enabled ? registry.NextRefreshAt : null,
            report.RateLimit,
            report.Warnings);
    }

    /// <param name="State">One of <see cref="RegistryState"/>; <paramref name="StateText"/> says it in the caller's language.</param>
    /// <param name="Error">Why the last refresh stopped early, a code; null where it did not.</param>
    /// <param name="CompletedAt">When the whole registry had last been seen.</param>
    private sealed record RegistryAnswer(
        string Name,
        string Address,
        string Host,
        string Namespace,
        string State,
        string StateText,
        string? Error,
        string? ErrorText,
        int Repositories,
        int Tags,
        int Dangling,
        int Unreadable,
        DateTimeOffset? RefreshedAt,
        DateTimeOffset? CompletedAt,
        DateTimeOffset? NextRefreshAt,
        RegistryRateLimit? RateLimit,
        IReadOnlyList<string> Warnings);
}
