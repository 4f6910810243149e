namespace AvaConsole.Web.Features.Widgets;

/// <summary>Addresses of the test cases' pictures; see <c>Api/TestCaseEndpoints</c>.</summary>
public static class TestPictures
{
    /// <summary>Types that a browser only ever draws.</summary>
    private static readonly HashSet<string> s_types =
        new(StringComparer.OrdinalIgnoreCase) { "image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp", "image/avif", "image/tiff" };

    public const string Pattern = "/api/test-cases/{id:guid}/picture";

    public static bool IsPicture(string mediaType) => s_types.Contains(mediaType);

    public static string Url(Guid testCaseId) => $"/api/test-cases/{testCaseId}/picture";
}
