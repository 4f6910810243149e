using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Formats.Source;

namespace AvaConsole.Core.Images.Recipes;

/// <summary>Makes a recipe of its document.</summary>
internal sealed class RecipeReader
{
    private static readonly string[] s_fileMembers = ["to", "from", "text"];
    private static readonly string[] s_restMembers = ["after", "text"];

    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly RecipeProblems _problems;

    private RecipeReader() => _problems = new RecipeProblems(LineOf);

    public static Result<ImageRecipe> Read(string text)
    {
        var source = SourceText.Parse(text);
        if (!source.IsSuccess)
        {
            return source.Error;
        }

        if (source.Value is not SourceObject document)
        {
            return new InvalidError("", "recipe.not_object", source.Value.Line ?? 1);
        }

        var reader = new RecipeReader();
        reader.Note(document);
        var recipe = reader.Recipe(document);
        IReadOnlyList<Problem> problems = reader._problems.Problems.Count > 0 ? reader._problems.Problems : RecipeCheck.Check(recipe, reader.LineOf);
        return problems.Count > 0 ? new InvalidError(problems) : recipe;
    }

    private ImageRecipe Recipe(SourceObject document)
    {
        RefuseUnknown(document, RecipeDocument.Members);
        var version = document["schemaVersion"] is SourceValue value ? value.Text : "1";
        _problems.Require(version == "1", "/schemaVersion", "recipe.version_unknown", version, ImageRecipe.SchemaVersion);
        return new ImageRecipe
        {
            Name = Text(document, "name"),
            Base = Text(document, "base"),
            Environment = Texts(document["environment"]),
            Apt = [.. Strings(document["apt"]).Select(Apt).OfType<AptPackage>()],
            Pip = [.. Strings(document["pip"]).Select(Pip).OfType<PipPackage>()],
            WorkingDirectory = Text(document, "workingDirectory"),
            Files = [.. Objects(document["files"], s_fileMembers).Select(File)],
            Labels = Texts(document["labels"]),
            User = Text(document, "user"),
            Command = [.. Strings(document["command"]).Select(item => item.Text)],
            Rest = [.. Objects(document["rest"], s_restMembers).Select(Rest)],
        };
    }

    private AptPackage? Apt(SourceValue item)
    {
        _problems.Require(AptPackage.TryParse(item.Text, out var package), item.Pointer, "recipe.apt_invalid", item.Text);
        return package;
    }

    private PipPackage? Pip(SourceValue item)
    {
        _problems.Require(PipPackage.TryParse(item.Text, out var package), item.Pointer, "recipe.pip_invalid", item.Text);
        return package;
    }

    private RecipeFile File(SourceObject item)
    {
        var from = Text(item, "from");
        _problems.Require((item["text"] is null) == (from.Length > 0), item.Pointer, "recipe.file_needs_one", Text(item, "to"));
        return item["text"] is null ? RecipeFile.OfContext(Text(item, "to"), from) : RecipeFile.OfText(Text(item, "to"), Text(item, "text"));
    }

    private RecipeRest Rest(SourceObject item)
    {
        var after = Text(item, "after");
        var parts = Enum.GetValues<RecipePart>();
        var part = Array.FindIndex(parts, known => RecipeDocument.NameOf(known) == after);
        _problems.Require(part >= 0, $"{item.Pointer}/after", "recipe.part_unknown", after, string.Join(", ", parts.Select(RecipeDocument.NameOf)));
        return new RecipeRest(part < 0 ? RecipePart.Base : parts[part], Text(item, "text"));
    }

    private string Text(SourceObject parent, string name)
    {
        switch (parent[name])
        {
            case null or SourceValue { Kind: SourceKind.Null }:
                return "";
            case SourceValue value:
                return value.Text;
            case var other:
                _problems.Require(false, other.Pointer, "recipe.not_text", name);
                return "";
        }
    }

    private SortedDictionary<string, string> Texts(SourceNode? node)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        _problems.Require(node is null or SourceObject, node?.Pointer ?? "", "recipe.not_members", node?.Pointer.TrimStart('/'));
        foreach (var member in (node as SourceObject)?.Members ?? [])
        {
            texts[member.Name] = Text((SourceObject)node!, member.Name);
        }

        return texts;
    }

    private List<SourceValue> Strings(SourceNode? node)
    {
        var values = new List<SourceValue>();
        foreach (var item in Items(node))
        {
            _problems.Require(item is SourceValue, item.Pointer, "recipe.not_text", item.Pointer.TrimStart('/'));
            if (item is SourceValue value) values.Add(value);
        }

        return values;
    }

    private List<SourceObject> Objects(SourceNode? node, IReadOnlyList<string> members)
    {
        var objects = new List<SourceObject>();
        foreach (var item in Items(node))
        {
            _problems.Require(item is SourceObject, item.Pointer, "recipe.not_members", item.Pointer.TrimStart('/'));
            if (item is SourceObject found)
            {
                RefuseUnknown(found, members);
                objects.Add(found);
            }
        }

        return objects;
    }

    private IReadOnlyList<SourceNode> Items(SourceNode? node)
    {
        _problems.Require(node is null or SourceArray, node?.Pointer ?? "", "recipe.not_list", node?.Pointer.TrimStart('/'));
        return (node as SourceArray)?.Items ?? [];
    }

    private void RefuseUnknown(SourceObject members, IReadOnlyList<string> known)
    {
        foreach (var member in members.Members.Where(member => !known.Contains(member.Name)))
        {
            var near = NearestName.Find(member.Name, [.. known]) ?? string.Join(", ", known);
            _problems.Require(false, SourceNode.Child(members.Pointer, member.Name), "recipe.member_unknown", member.Name, near);
        }
    }

    private void Note(SourceNode node)
    {
        _lines[node.Pointer] = node.Line ?? 0;
        foreach (var child in node switch
        {
            SourceObject members => members.Members.Select(member => member.Value),
            SourceArray list => list.Items,
            _ => [],
        })
        {
            Note(child);
        }
    }

    /// <summary>Of the field, or of the nearest that holds it.</summary>
    private int LineOf(string field)
    {
        for (; field.Length > 0; field = field[..Math.Max(0, field.LastIndexOf('/'))])
        {
            if (_lines.TryGetValue(field, out var line))
            {
                return line;
            }
        }

        return _lines.GetValueOrDefault("");
    }
}
