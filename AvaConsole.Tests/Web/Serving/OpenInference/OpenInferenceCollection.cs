namespace AvaConsole.Tests.Web.Serving.OpenInference;

/// <summary>One server for all of its tests: loading its models takes a second.</summary>
[CollectionDefinition(Name)]
public sealed class OpenInferenceCollection : ICollectionFixture<OpenInferenceServer>
{
    public const string Name = "OpenInference";
}
