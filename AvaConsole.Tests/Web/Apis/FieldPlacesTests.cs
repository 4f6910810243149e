using AvaConsole.Core.Schemas;
using AvaConsole.Web.Features.Apis;

namespace AvaConsole.Tests.Web.Apis;

public sealed class FieldPlacesTests
{
    private static readonly ApiSchema s_schema = new() { Parameters = [new ApiParameter(), new ApiParameter { Name = "top_k" }], Response = [new PayloadEntry { Name = "result" }] };

    [Theory]
    [InlineData("field-Description", "description")]
    [InlineData("field-Parameters-1-Maximum", "parameters/top_k/maximum")]
    [InlineData("field-Parameters-1-Properties-0-Minimum", "parameters/top_k/minimum")]
    [InlineData("field-Response-0-Name", "response/result/name")]
    [InlineData("field-Parameters-9-Name", "parameters//name")]
    [InlineData("code", "code")]
    [InlineData("import-file", "")]
    [InlineData("", "")]
    public void Path_Element_IsWhereItIsInTheDraft(string id, string path) => Assert.Equal(path, FieldPlaces.Path(s_schema, id));
}
