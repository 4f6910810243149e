using YamlDotNet.Core;

namespace AvaConsole.Core.Schemas.Compatibility.Documents;

/// <summary>A YAML document goes beyond what is read. Never leaves <see cref="DocumentReader"/>.</summary>
internal sealed class YamlLimitException(string code, Mark at, string subject = "") : Exception
{
    public string Code => code;

    public long Line => at.Line;

    /// <summary>What it is about, for example the key that occurs twice.</summary>
    public string Subject => subject;
}
