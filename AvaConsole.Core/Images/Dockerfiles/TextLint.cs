using System.Buffers;
using System.Text;

namespace AvaConsole.Core.Images.Dockerfiles;

/// <summary>Rules for the lines as such.</summary>
internal static class TextLint
{
    /// <summary>All but the tab.</summary>
    private static readonly SearchValues<char> s_controls = SearchValues.Create([.. Enumerable.Range(0, 0xa0).Select(code => (char)code).Where(code => char.IsControl(code) && code != '\t')]);

    public static void Check(DockerfileSyntax syntax, DockerfileSink sink)
    {
        foreach (var (index, line) in syntax.Lines.Index())
        {
            if (line.Length > DockerfileSyntax.MaxLineBytes / 4 && Encoding.UTF8.GetByteCount(line) > DockerfileSyntax.MaxLineBytes)
            {
                sink.Add("dockerfile.line_too_long", index + 1, DockerfileSyntax.MaxLineBytes);
            }

            if (line.AsSpan().IndexOfAny(s_controls) is var at and >= 0)
            {
                sink.Add("dockerfile.control_character", index + 1, $"U+{(int)line[at]:X4}");
            }
        }

        foreach (var instruction in syntax.Instructions)
        {
            foreach (var heredoc in instruction.Heredocs.Where(heredoc => !heredoc.IsClosed))
            {
                sink.Add("dockerfile.heredoc_open", instruction.Line, heredoc.Name);
            }
        }
    }
}
