namespace AvaConsole.Web.Resources;

/// <summary>The lint's panel and its settings. What the rules find is said in <see cref="ErrorText"/>.</summary>
public sealed class LintText;
