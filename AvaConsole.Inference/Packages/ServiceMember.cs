using System.Reflection;

namespace AvaConsole.Inference.Packages;

/// <summary>A member of a section.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Target">The property that it sets, with those that lead there; empty where it only chooses between sections.</param>
internal sealed record ServiceMember(string Name, ServiceMemberType Type, string Description, IReadOnlyList<PropertyInfo> Target)
{
    public bool IsRequired { get; init; }

    public bool IsOverridable { get; init; }

    /// <summary>As <c>service.yaml</c> writes a name of the code: <c>TopK</c> is <c>top_k</c>.</summary>
    public static string Write(string name) =>
        string.Concat(name.Select((character, index) => index > 0 && char.IsUpper(character) ? $"_{char.ToLowerInvariant(character)}" : $"{char.ToLowerInvariant(character)}"));

    public void Set(object record, object value)
    {
        for (var index = 0; index < Target.Count - 1; index++)
        {
            var inner = Target[index].GetValue(record);
            if (inner is null)
            {
                inner = Activator.CreateInstance(Target[index].PropertyType)!;
                Target[index].SetValue(record, inner);
            }

            record = inner;
        }

        if (Target.Count > 0)
        {
            Target[^1].SetValue(record, value);
        }
    }
}

/// <summary>What the members of one record must be together.</summary>
internal interface IServiceRules
{
    /// <returns>Name of a member, and a code of <c>package.*</c> with its args.</returns>
    IEnumerable<(string Member, string Code, object?[] Args)> FindProblems();
}
