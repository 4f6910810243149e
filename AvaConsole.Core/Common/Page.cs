namespace AvaConsole.Core.Common;

/// <summary>One page of a list.</summary>
/// <param name="Items">At most the asked number of rows.</param>
/// <param name="Total">Rows on all pages.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total);
