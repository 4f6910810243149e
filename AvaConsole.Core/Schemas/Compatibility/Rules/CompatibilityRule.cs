namespace AvaConsole.Core.Schemas.Compatibility.Rules;

/// <summary>One rule of the table.</summary>
/// <param name="Id">Stable name, the one that oasdiff gives it.</param>
/// <param name="Level">How dangerous a change under this rule is unless a project says otherwise.</param>
/// <param name="Direction"><c>request</c>, <c>response</c>, or <c>none</c> for what concerns the endpoint itself.</param>
/// <param name="Area">The part of the document: <c>Schema</c>, <c>Parameters</c>, <c>Paths</c>….</param>
/// <param name="En">English sentence, see <see cref="RuleSentence"/>.</param>
/// <param name="Zh">The same in simplified Chinese.</param>
public sealed record CompatibilityRule(string Id, ChangeLevel Level, string Direction, string Area, string En, string Zh);
