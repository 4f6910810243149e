namespace AvaConsole.Tests.EndToEnd;

/// <summary>Browser tests of the main path and of all pages: they share one Chromium and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<BrowserFixture>
{
    public const string Name = "Browser";
}

/// <summary>Browser tests of what is drawn up, named and looked for. They have a Chromium of their own, and run beside the others': both wait most of the time.</summary>
[CollectionDefinition(Name)]
public sealed class SecondBrowserCollection : ICollectionFixture<BrowserFixture>
{
    public const string Name = "Second browser";
}
