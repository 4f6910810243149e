using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas;

/// <summary>What is wrong with a draft. All problems at once; fields are paths such as <c>Parameters[2].Minimum</c>.</summary>
public static class SchemaLint
{
    public static IReadOnlyList<Problem> Check(ApiSchema schema) => throw new NotImplementedException();
}
