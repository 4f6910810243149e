using AvaConsole.Core.Naming;

namespace AvaConsole.Core.Images.Dockerfiles;

/// <summary>Rules for the bases of the stages.</summary>
internal static class BaseLint
{
    private const string NoBase = "scratch";

    /// <summary>Returns for each instruction behind a <c>FROM</c> the tag of its stage's base, where that is one of AVA's form.</summary>
    public static Dictionary<DockerfileInstruction, ImageTag> Check(IReadOnlyList<DockerfileInstruction> instructions, DockerfileLintOptions options, DockerfileSink sink)
    {
        var tags = new Dictionary<DockerfileInstruction, ImageTag>(ReferenceEqualityComparer.Instance);
        var stages = new Dictionary<string, ImageTag?>(StringComparer.OrdinalIgnoreCase);
        var arguments = new DockerfileArguments();
        var hasBase = false;
        ImageTag? tag = null;
        foreach (var instruction in instructions)
        {
            if (instruction.Keyword == "FROM")
            {
                hasBase = true;
                tag = CheckFrom(instruction, arguments, stages, options, sink);
                if (DockerfileStage.NameOf(instruction) is { } name) stages[name] = tag;
            }
            else if (!hasBase && instruction.Keyword == "ARG")
            {
                arguments.Add(instruction);
            }
            else if (!hasBase)
            {
                sink.Add("dockerfile.before_base", instruction.Line, instruction.Keyword);
            }

            if (tag is not null) tags[instruction] = tag;
        }

        if (!hasBase)
        {
            sink.Add("dockerfile.no_base", 1);
        }

        return tags;
    }

    private static ImageTag? CheckFrom(
        DockerfileInstruction from, DockerfileArguments arguments, Dictionary<string, ImageTag?> stages, DockerfileLintOptions options, DockerfileSink sink)
    {
        var written = DockerfileStage.BaseOf(from);
        if (stages.TryGetValue(written, out var earlier) || written is NoBase or "")
        {
            return earlier;
        }

        if (arguments.Fill(written) is not { } text)
        {
            sink.Add("dockerfile.base_variable", from.Line, written);
            return null;
        }

        if (!ImageReference.TryParse(text, out var reference))
        {
            sink.Add("dockerfile.base_invalid", from.Line, text);
            return null;
        }

        CheckTag(from.Line, reference, sink);
        if (options.AllowedRoots.Count > 0 && !options.AllowedRoots.Any(reference.IsUnder))
        {
            sink.Add("dockerfile.base_outside", from.Line, reference.Repository, string.Join(", ", options.AllowedRoots));
        }

        return ImageTag.TryParse(reference.Tag, out var tag) ? tag : null;
    }

    private static void CheckTag(int line, ImageReference reference, DockerfileSink sink)
    {
        if (reference.Digest.Length > 0)
        {
            return;
        }

        sink.Add(reference.Tag is "" or "latest" ? "dockerfile.base_unpinned" : "dockerfile.base_mutable", line, reference.ToString());
    }
}
