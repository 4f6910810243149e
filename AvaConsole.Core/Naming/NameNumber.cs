namespace AvaConsole.Core.Naming;

/// <summary>The number at the end of a name, which counts up where the same is made again.</summary>
internal static class NameNumber
{
    /// <summary>The first name, from <paramref name="name"/> on, whose text <paramref name="isTaken"/> does not know.</summary>
    public static T FirstFree<T>(T name, Func<T, T> next, Func<string, bool> isTaken)
        where T : class
    {
        while (isTaken(name.ToString()!))
        {
            name = next(name);
        }

        return name;
    }
}
