using System.CommandLine;
using System.Text.Json.Nodes;
using AvaConsole.Web.Cli.Common;

namespace AvaConsole.Web.Cli.Images;

/// <summary><c>asectl image tags</c></summary>
internal sealed class TagsVerb : Verb
{
    private readonly Argument<string> _repository = CliOptions.File("REPOSITORY", "ArgumentRepository");
    private readonly RegistryLink _link = new();

    public TagsVerb()
        : base("tags", "ImageTags", "asectl image tags reg.example/ava-public/ava-caffe --format json")
    {
        Add(_repository);
        _link.AddTo(this);
    }

    protected override int Run(ParseResult arguments, CliOutput output)
    {
        var image = RegistryLink.Parse(arguments.GetValue(_repository)!);
        if (image.Tag.Length + image.Digest.Length > 0) throw new CliFailureException(CliExit.BadInput, CliTexts.Of("ImageRepositoryHasTag", image, image.Repository));
        var list = _link.Ask(arguments, image, output, client => client.ListTagsAsync(image.Qualified().Path, CancellationToken.None));
        if (output.IsJson)
        {
            output.Json(new JsonObject { ["repository"] = image.Repository, ["tags"] = RegistryLink.ToJson(list.Items), ["cut"] = list.IsCut });
            return CliExit.Success;
        }

        foreach (var tag in list.Items) output.Line(tag);
        if (list.Items.Count == 0) output.Note(CliTexts.Of("ImageNoTags"));
        if (list.IsCut) output.Note(CliTexts.Of("ImageListCut", list.Items.Count));
        return CliExit.Success;
    }
}
