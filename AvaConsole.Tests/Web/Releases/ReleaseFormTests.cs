using AvaConsole.Core.Releases;
using AvaConsole.Web.Features.Releases;

namespace AvaConsole.Tests.Web.Releases;

public sealed class ReleaseFormTests
{
    private static readonly VersionProposal s_version = new("20261101-v1", new DateOnly(2026, 11, 1), "v1", 0);

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("""{"big": 12345678901234567890}""")]
    public void JsonProblem_Object_IsNone(string text) => Assert.Null(JsonProblem.Find(text));

    [Theory]
    [InlineData("{\n  \"a\": }", 2, 8)]
    [InlineData("[1]", 0, 0)]
    [InlineData("7", 0, 0)]
    public void JsonProblem_AnythingElse_NamesThePlace(string text, long line, long column) =>
        Assert.Equal(new JsonProblem(line, column), JsonProblem.Find(text));

    [Fact]
    public void JsonProblem_MemberTwice_IsOne() => Assert.NotNull(JsonProblem.Find("""{"a": 1, "a": 2}"""));

    [Fact]
    public void ToRequest_Complete_CarriesEverything()
    {
        var package = new ModelPackage { Id = Guid.NewGuid() };
        var form = new ReleaseForm { Version = s_version, Image = " reg.example/a:v1 ", Package = package, BatchSize = 4, ImageWidth = 224, CustomValues = "" };
        form.Files.Add(new CustomFile { Name = "labels.csv", Url = "https://files.example/labels.csv" });
        form.Files.Add(new CustomFile());

        var request = form.ToRequest()!;

        Assert.Equal(("20261101-v1", "reg.example/a:v1", package.Id, 4, 224, "{}"), (request.Version, request.Image, request.PackageId, request.BatchSize, request.ImageWidth, request.CustomValues));
        Assert.Equal([new KeyValuePair<string, string>("labels.csv", "https://files.example/labels.csv")], request.CustomFiles);
    }

    [Fact]
    public void ToRequest_FileNamedTwice_GivesNothing()
    {
        var form = new ReleaseForm { Version = s_version };
        form.Files.AddRange([new CustomFile { Name = "a" }, new CustomFile { Name = " a" }]);

        Assert.Null(form.ToRequest());
    }

    [Fact]
    public void ToRequest_NoVersionOrUnreadableNumber_GivesNothing()
    {
        Assert.Null(new ReleaseForm().ToRequest());
        Assert.Null(new ReleaseForm { Version = s_version, BatchSize = null }.ToRequest());
    }

    [Fact]
    public void Url_Move_OpensItsPreview()
    {
        var id = Guid.Parse("11111111-1111-1111-1111-111111111111");

        Assert.Equal($"/releases/{id}?move=grey", ReleaseUrls.Move(id, ReleaseMoves.Grey));
        Assert.Equal($"/apps/digits/releases/new?from={id}", ReleaseUrls.New("digits", id));
    }
}
