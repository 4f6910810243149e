using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Web.Account;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Features.Apis;
using AvaConsole.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;

namespace AvaConsole.Web.Api;

/// <summary>
/// Takes in API descriptions from <c>asectl api create --push</c>: a new API, or the next state of an API's draft. Publishing stays a change plan.
/// The caller gives an account's name and password by HTTP Basic; a cookie is not looked at, so no other site can send one in its visitor's name.
/// </summary>
public static class SchemaEndpoints
{
    public const string Path = "/api/schemas";

    private const int MaxBytes = 8 * 1024 * 1024;

    public static IEndpointRouteBuilder MapSchemaPushes(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(Path, PushAsync)
            .AllowAnonymous()
            .DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytes))
            .RequireRateLimiting(SignInLimit.Policy);
        return endpoints;
    }

    /// <param name="replace">An API of that name may lose its draft to this one; its earlier states stay in the history.</param>
    private static async Task<IResult> PushAsync(
        bool? replace, HttpContext context, SignInService signIn, SchemaService schemas, ErrorPresenter presenter, CancellationToken ct)
    {
        if (await BasicCaller.FindAsync(context, signIn, ct) is not { } user)
        {
            return ApiProblems.SignedOut(presenter);
        }

        if (!context.Request.HasJsonContentType())
        {
            return ApiProblems.Of(StatusCodes.Status415UnsupportedMediaType, "push.not_json", presenter.Text("push.not_json", []));
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, ct);
        if (!ApiSchemaJson.TryRead(body.ToArray(), out var schema))
        {
            return ApiProblems.Of(new InvalidError("", "push.not_a_schema"), presenter);
        }

        var actor = CurrentActor.From(user, context.Connection.RemoteIpAddress?.ToString());
        var saved = await SaveAsync(schemas, schema, replace ?? false, actor, ct);
        return saved.IsSuccess ? TypedResults.Ok(saved.Value) : ApiProblems.Of(saved.Error, presenter);
    }

    private static async Task<Result<PushedSchema>> SaveAsync(SchemaService schemas, ApiSchema schema, bool replace, Actor actor, CancellationToken ct)
    {
        var name = schema.Service.Trim();
        var known = (await schemas.ListAsync(name, ct)).FirstOrDefault(api => api.Name == name);
        if (known is null || !actor.Can(Permission.DesignApi))
        {
            var created = await schemas.CreateAsync(schema, actor, ct);
            return created.IsSuccess ? new PushedSchema(created.Value.Id, name, created.Value.DraftRevision, ApiUrls.Details(created.Value.Id)) : created.Error;
        }

        if (!replace)
        {
            return new ConflictError("push.exists", name, known.UpdatedBy);
        }

        var current = await schemas.GetAsync(known.Id, ct);
        if (!current.IsSuccess)
        {
            return current.Error;
        }

        var revision = await schemas.SaveDraftAsync(known.Id, schema, current.Value.DraftRevision, actor, ct);
        return revision.IsSuccess ? new PushedSchema(known.Id, name, revision.Value, ApiUrls.Details(known.Id)) : revision.Error;
    }

    /// <param name="Page">Path of its design page.</param>
    private sealed record PushedSchema(Guid Id, string Name, int Revision, string Page);
}
