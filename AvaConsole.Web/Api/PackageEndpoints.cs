using AvaConsole.Core.Accounts;
using AvaConsole.Core.Releases;
using AvaConsole.Web.Components.Shared;
using AvaConsole.Web.Infrastructure;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Api;

/// <summary>Takes in model packages from the browser. The body is the file; it goes to disk as it comes.</summary>
public static class PackageEndpoints
{
    public const string Path = "/api/packages";

    /// <summary>What <see cref="PackageService.AddAsync"/> takes at most.</summary>
    public const long MaxBytes = 8L * 1024 * 1024 * 1024;

    /// <summary>A sender may be slow, but not silent for a minute: it holds a connection and a file.</summary>
    private static readonly MinDataRate s_slowest = new(bytesPerSecond: 100, gracePeriod: TimeSpan.FromMinutes(1));

    public static IEndpointRouteBuilder MapPackageUploads(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(Path, UploadAsync).RequireAuthorization();
        return endpoints;
    }

    private static async Task<IResult> UploadAsync(
        string? name, HttpContext context, PackageService packages, ErrorPresenter presenter, IAntiforgery antiforgery, IStringLocalizer<ReleasesText> texts, CancellationToken ct)
    {
        // A cookie signs the request in, so another site could send it: the header proves that our own page did.
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return ApiProblems.Of(StatusCodes.Status400BadRequest, "package.upload_not_ours", texts["UploadNotOurs"]);
        }

        var actor = CurrentActor.From(context.User, context.Connection.RemoteIpAddress?.ToString());
        if (!actor.Can(Permission.ManageApps))
        {
            return ApiProblems.Of(StatusCodes.Status403Forbidden, "forbidden", texts["UploadNotAllowed"]);
        }

        if (context.Request.ContentLength > MaxBytes)
        {
            return ApiProblems.Of(StatusCodes.Status413PayloadTooLarge, "package.too_large", texts["UploadTooLarge"]);
        }

        AllowLargeBody(context);
        return await StoreAsync(packages, FileNameOf(name), actor, context, presenter, texts, ct);
    }

    private static async Task<IResult> StoreAsync(
        PackageService packages, string name, Actor actor, HttpContext context, ErrorPresenter presenter, IStringLocalizer<ReleasesText> texts, CancellationToken ct)
    {
        try
        {
            var result = await packages.AddAsync(context.Request.Body, name, progress: null, actor, ct);
            return result.IsSuccess
                ? TypedResults.Ok(new UploadedPackage(result.Value.Id, result.Value.Sha256))
                : ApiProblems.Of(result.Error, presenter);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException exception)
        {
            // Too long, too slow or cut off: Kestrel says which by the status.
            var text = exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? texts["UploadTooLarge"] : texts["UploadInterrupted"];
            return ApiProblems.Of(exception.StatusCode, "package.upload_interrupted", text);
        }
    }

    private static void AllowLargeBody(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxBytes;
        }

        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = s_slowest;
        }
    }

    /// <summary>The name is shown, never used as a path; both kinds of separators end it.</summary>
    private static string FileNameOf(string? name)
    {
        var file = (name ?? "").Split('/', '\\')[^1].Trim();
        return file.Length is 0 or > 255 ? "package.tar" : file;
    }

    private sealed record UploadedPackage(Guid Id, string Sha256);
}
