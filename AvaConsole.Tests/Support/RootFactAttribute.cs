namespace AvaConsole.Tests.Support;

/// <summary>A test that mounts something.</summary>
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess) Skip = "Only root may mount.";
    }
}
