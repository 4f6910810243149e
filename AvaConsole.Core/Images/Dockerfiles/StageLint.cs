namespace AvaConsole.Core.Images.Dockerfiles;

/// <summary>Rules for what the instructions of a stage are together.</summary>
internal static class StageLint
{
    public static void Check(IReadOnlyList<DockerfileInstruction> instructions, DockerfileSink sink)
    {
        var last = instructions.Select(instruction => instruction.Keyword).ToList().LastIndexOf("FROM");
        var start = 0;
        for (var index = 1; index <= instructions.Count; index++)
        {
            if (index == instructions.Count || instructions[index].Keyword == "FROM")
            {
                var stage = instructions.Skip(start).Take(index - start).ToList();
                CheckLast(stage, "CMD", "dockerfile.several_commands", sink);
                CheckLast(stage, "ENTRYPOINT", "dockerfile.several_entrypoints", sink);
                if (start == last) CheckUser(stage, sink);
                start = index;
            }
        }
    }

    /// <summary>Only the last of them has an effect.</summary>
    private static void CheckLast(List<DockerfileInstruction> stage, string keyword, string rule, DockerfileSink sink)
    {
        var all = stage.Where(instruction => instruction.Keyword == keyword).ToList();
        foreach (var instruction in all.SkipLast(1))
        {
            sink.Add(rule, instruction.Line, all[^1].Line);
        }
    }

    private static void CheckUser(List<DockerfileInstruction> stage, DockerfileSink sink)
    {
        if (stage.FindLast(instruction => instruction.Keyword == "USER") is { } user && user.Arguments.Split(':')[0] is "root" or "0")
        {
            sink.Add("dockerfile.root_user", stage.FindLast(instruction => instruction.Keyword == "USER")!.Line, "root");
        }
    }
}
