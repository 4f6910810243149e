using AvaConsole.Core.Common;
using AvaConsole.Core.Images;

namespace AvaConsole.Core.Naming;

/// <summary>What an image's name says, and what follows from it. Fields are those of <see cref="ImageNameQuery"/>.</summary>
internal static class ImageNameRules
{
    private const string Name = nameof(Name);
    private const int MaxName = 128;

    // Only for the build, whose command names no registry.
    private const string Anywhere = "localhost";

    /// <summary>Nothing that is missing is a problem yet: the name just is not there.</summary>
    public static List<Problem> CheckParts(ImageNameQuery query)
    {
        var problems = new List<Problem>();
        Require(ImageName.IsFramework(query.Framework), nameof(query.Framework), query.Framework, "image_name.framework_invalid");
        Require(query.Device is "" or ImageName.Cpu or ImageName.Gpu, nameof(query.Device), query.Device, "image_name.device_invalid");
        Require(ImageName.IsKind(query.Kind), nameof(query.Kind), query.Kind, "image_name.kind_invalid");
        var length = new ImageName(query.Framework, query.Device, query.Kind, DateOnly.MaxValue, 9_999).ToString().Length;
        problems.AddRange(length > MaxName ? [new Problem(nameof(query.Kind), "text.too_long", MaxName)] : []);
        return problems;

        void Require(bool holds, string field, string value, string code)
        {
            if (!holds)
            {
                problems.Add(value.Length == 0 ? new Problem(field, "image_name.part_missing") : new Problem(field, code, value));
            }
        }
    }

    /// <summary>A name that is not made from parts.</summary>
    public static ImageNameVerdict Judge(ImageNameQuery query, ImageNameVerdict verdict)
    {
        var text = query.Text.Trim();
        var (name, tag) = Split(text);
        verdict = verdict with { Name = text };
        if (text.Length == 0)
        {
            return verdict with { Problems = [new Problem(Name, "image_name.part_missing")] };
        }

        if (!ImageReference.IsPath(name) || name.Contains('/', StringComparison.Ordinal) || text.Length > MaxName || (text.Contains(':', StringComparison.Ordinal) && !ImageReference.IsTag(tag)))
        {
            return verdict with { Problems = [new Problem(Name, "image_name.free_invalid", text)] };
        }

        var says = ImageTag.TryParse(tag, out var known) ? known : null;
        verdict = verdict with { Tag = says, Parts = ImageName.TryParse(name, out var parts) ? parts : null };
        return query.Form == ImageNameForm.Tagged
            ? says is null ? verdict with { Problems = [new Problem("Tag", tag.Length == 0 ? "image_name.part_missing" : "image_name.tag_invalid", tag)] } : verdict with { Recommended = text }
            : verdict with { NeedsReason = tag.Length > 0 ? says is null : parts is null };
    }

    /// <summary>The whole reference at its registry, and the commands that build it and bring it there.</summary>
    public static ImageNameVerdict Place(ImageNameVerdict verdict, ImageNameQuery query)
    {
        if (verdict.Name.Length == 0 || verdict.Problems.Any(problem => problem.Code is "image_name.free_invalid" or "image_name.part_missing" or "image_name.tag_invalid"))
        {
            return verdict;
        }

        // A dated name says its version itself; as a tag it stays where it is, which "latest" would not.
        var local = Split(verdict.Name).Tag.Length > 0 ? verdict.Name : Join(verdict.Name, verdict.Parts?.Version ?? "latest");
        var path = query.Namespace.Length > 0 ? $"{query.Namespace}/{local}" : local;
        var reference = query.Registry.Length > 0 ? $"{query.Registry}/{path}" : path;
        var commands = ImageCommands.For(local, query.Registry.Length > 0 ? query.Registry : Anywhere, query.Namespace);
        if (!commands.IsSuccess || !ImageReference.TryParse(reference, out _))
        {
            var problems = commands.Error is InvalidError invalid ? invalid.Problems : [new Problem("namespace", "image_command.namespace_invalid")];
            return verdict with { Problems = [.. verdict.Problems, .. problems.Where(problem => problem.Field is "registry" or "namespace")] };
        }

        return verdict with
        {
            Reference = reference,
            Commands = query.Registry.Length == 0
                ? [new NameUse("build", commands.Value.Build)]
                :
                [
                    new NameUse("build", commands.Value.Build), new NameUse("login", commands.Value.Login),
                    new NameUse("tag", commands.Value.Tag), new NameUse("push", commands.Value.Push),
                ],
        };
    }

    public static (string Name, string Tag) Split(string text) => text.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? (text[..colon], text[(colon + 1)..]) : (text, "");

    public static string Join(string name, string tag) => tag.Length > 0 ? $"{name}:{tag}" : name;
}
