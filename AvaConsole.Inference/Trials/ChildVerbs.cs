namespace AvaConsole.Inference.Trials;

/// <summary>What the console's program does when the console starts it as a child. Not for people: no help, no texts, JSON on standard output.</summary>
public static class ChildVerbs
{
    /// <summary>The first argument of a child.</summary>
    internal const string Mark = "--child";

    public static bool Answers(string[] args) => args is [Mark, _, ..];

    /// <returns>The process's exit code: 0 where there is an answer on standard output.</returns>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        ChildSelf.EndWithParent();
        return args switch
        {
            [Mark, ModelTrialChild.Verb, .. var rest] => ModelTrialChild.Run(rest),
            [Mark, CudaProbeChild.Verb, .. var rest] => CudaProbeChild.Run(rest),
            _ => 64,
        };
    }
}
