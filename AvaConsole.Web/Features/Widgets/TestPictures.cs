namespace AvaConsole.Web.Features.Widgets;

/// <summary>Addresses of the test cases' pictures; see <c>Api/TestCaseEndpoints</c>.</summary>
public static class TestPictures
{
    public const string Pattern = "/api/test-cases/{id:guid}/picture";

    public static string Url(Guid testCaseId) => $"/api/test-cases/{testCaseId}/picture";
}
