using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Dockerfiles;

namespace AvaConsole.Core.Images.Recipes;

/// <summary>
/// Reads a Dockerfile, written by hand or by <see cref="DockerfileWriter"/>, into a recipe. An instruction becomes a member of the recipe only where the
/// recipe would write one that does the same at the same place; every other is kept as it stands, in its order.
/// </summary>
public sealed class DockerfileReader
{
    private readonly List<(RecipePart After, List<string> Texts)> _rest = [];
    private ImageRecipe _recipe = new();
    private RecipePart _part = RecipePart.Base;

    /// <summary>Something was kept since the part began; what belongs to the part may not move in front of it.</summary>
    private bool _isBehindRest;

    private bool _hasOtherShell;

    private DockerfileReader()
    {
    }

    /// <summary>Problems as <see cref="RecipeCheck"/> has them; nothing is run or fetched.</summary>
    public static Result<ImageRecipe> Read(string text)
    {
        var syntax = DockerfileSyntax.Parse(text);
        if (!syntax.IsSuccess)
        {
            return syntax.Error;
        }

        if (syntax.Value.Escape != '\\')
        {
            return new InvalidError("", "recipe.escape_other", 1);
        }

        var recipe = new DockerfileReader().Read(syntax.Value);
        return RecipeCheck.Check(recipe) is { Count: > 0 } problems ? new InvalidError(problems) : recipe;
    }

    private ImageRecipe Read(DockerfileSyntax syntax)
    {
        var from = syntax.Instructions.LastOrDefault(instruction => instruction.Keyword == "FROM");
        var isPlain = from is not null && IsPlainBase(from, syntax.Instructions);
        _recipe = _recipe with { Base = isPlain ? from!.Arguments : "" };
        // Not instruction by instruction: an empty line may be all that makes a comment of what would be a directive.
        var head = from is null ? "" : string.Join('\n', syntax.Lines.Take(isPlain ? from.Line - 1 : from.EndLine)).TrimEnd();
        if (head.Length > 0)
        {
            _rest.Add((RecipePart.Head, [head]));
        }

        foreach (var instruction in syntax.Instructions.Where(instruction => instruction.Line > (from?.EndLine ?? 0)))
        {
            Read(instruction);
        }

        return _recipe with { Rest = [.. _rest.Select(rest => new RecipeRest(rest.After, string.Join('\n', rest.Texts)))] };
    }

    /// <summary>An image of a registry: no earlier stage, no variable, no flag, no name of its own.</summary>
    private static bool IsPlainBase(DockerfileInstruction from, IReadOnlyList<DockerfileInstruction> all) =>
        from.Flags.Count == 0 && from.Raw == $"FROM {from.Arguments}" && ImageReference.TryParse(from.Arguments, out _)
        && !all.Any(other => other.Keyword == "FROM" && DockerfileStage.NameOf(other) is { } name && name.Equals(from.Arguments, StringComparison.OrdinalIgnoreCase));

    private void Read(DockerfileInstruction instruction)
    {
        var isShellOther = _hasOtherShell && instruction.Keyword == "RUN";
        _hasOtherShell |= instruction.Keyword == "SHELL";
        if (!isShellOther && InstructionMapping.Map(instruction, _recipe) is var (part, recipe) && (part > _part || (part == _part && !_isBehindRest)))
        {
            _isBehindRest &= part == _part;
            (_part, _recipe) = (part, recipe);
            return;
        }

        _isBehindRest |= !instruction.IsComment;
        if (_rest is not [.., var last] || last.After != _part)
        {
            last = (_part, []);
            _rest.Add(last);
        }

        last.Texts.Add(instruction.Raw);
    }
}
