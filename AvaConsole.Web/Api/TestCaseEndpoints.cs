using AvaConsole.Core.Releases;
using AvaConsole.Web.Features.Widgets;
using Microsoft.Net.Http.Headers;

namespace AvaConsole.Web.Api;

/// <summary>The pictures of test cases, for the pages that show them: no picture travels over the circuit.</summary>
public static class TestCaseEndpoints
{
    public static IEndpointRouteBuilder MapTestCasePictures(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(TestPictures.Pattern, GetAsync).RequireAuthorization();
        return endpoints;
    }

    private static async Task<IResult> GetAsync(Guid id, AppService apps, HttpContext context, CancellationToken ct)
    {
        var found = await apps.GetTestCaseAsync(id, ct);
        if (!found.IsSuccess)
        {
            return TypedResults.NotFound();
        }

        // A test case's picture never changes; only who is signed in may keep it.
        var headers = context.Response.GetTypedHeaders();
        headers.CacheControl = new CacheControlHeaderValue { Private = true, MaxAge = TimeSpan.FromHours(1) };
        context.Response.Headers.XContentTypeOptions = "nosniff";
        // Anything else than a picture is handed out as a download.
        return TestPictures.IsPicture(found.Value.MediaType)
            ? TypedResults.Bytes(found.Value.Content, found.Value.MediaType)
            : TypedResults.Bytes(found.Value.Content, "application/octet-stream", found.Value.FileName);
    }
}
