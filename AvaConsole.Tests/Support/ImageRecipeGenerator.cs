using AvaConsole.Core.Images.Recipes;
using FsCheck;
using FsCheck.Fluent;

namespace AvaConsole.Tests.Support;

/// <summary>Any recipe that may be: free values of awkward characters, names of the characters that names may have.</summary>
internal static class ImageRecipeGenerator
{
    private static readonly string[] s_awkward = ["$", "${HOME}", "$(id)", "`id`", "\\", "\\\\", "\"", "'", " ", "#", "&&", "|", ";", "<<EOF", "EOF", "中文", "é", "🙂", "=", "*", "~", "%", "[", "]", "a", "Z", "0"];
    private static readonly string[] s_rests = ["EXPOSE 8080", "# a remark", "RUN make \\\n    && make install", "RUN <<EOF\nset -e\nmake\nEOF", "HEALTHCHECK CMD curl -f http://localhost/", "ARG A=1\nRUN echo $A"];

    /// <summary>One line of anything but control characters.</summary>
    public static Gen<string> Value { get; } = Gen.Elements(s_awkward).ListOf().Select(parts => string.Concat(parts.Take(12)));

    public static Arbitrary<ImageRecipe> Arbitrary { get; } = (
        from name in Gen.Elements("", "ava-keras", "x_y.z")
        from image in Gen.Elements("registry.example/ava-public/ava-tensorflow:py27-cpu", "ubuntu:16.04", "r.example:5000/a/b@sha256:" + new string('a', 64))
        from environment in Texts("A", "B_1", "PATH", "_c")
        from apt in Some("git", "libgl1=1.0.0-2~ubuntu1", "curl=1:7.4+b1", "g++", "libc6:amd64")
        from pip in Some("keras==2.3.1", "requests[socks,security]>=2.20,<3", "six", "numpy~=1.16", "torch==1.8.0+cpu", "x==1.*")
        from directory in Gen.Elements("", "/", "/srv/app", "/数据")
        from files in Files
        from labels in Texts("team", "com.qiniu.atlab.os", "a/b-c")
        from user in Gen.Elements("", "ava", "1000:1000")
        from command in Value.ListOf()
        from rests in Rests
        select new ImageRecipe
        {
            Name = name,
            Base = image,
            Environment = environment,
            Apt = [.. apt.Select(text => AptPackage.TryParse(text, out var package) ? package : throw new ArgumentException(text))],
            Pip = [.. pip.Select(text => PipPackage.TryParse(text, out var package) ? package : throw new ArgumentException(text))],
            WorkingDirectory = directory,
            Files = files,
            Labels = labels,
            User = user,
            Command = command is [{ Length: > 0 }, ..] ? [.. command.Take(5)] : [],
            Rest = rests,
        }).ToArbitrary();

    private static Gen<IReadOnlyList<RecipeFile>> Files =>
        from texts in Value.ListOf()
        from order in Gen.Choose(0, 2)
        select (IReadOnlyList<RecipeFile>)[
            .. texts.Take(3).Select((text, index) => RecipeFile.OfText($"/etc/app/{index}.conf", string.Join('\n', text, "EOF", text))),
            .. Enumerable.Range(0, order).Select(index => RecipeFile.OfContext("/srv/", $"src/file{index}.py")),
        ];

    /// <summary>One for a part at most, as reading joins those of a part.</summary>
    private static Gen<IReadOnlyList<RecipeRest>> Rests =>
        from text in Gen.Elements(s_rests)
        from parts in Gen.SubListOf(Enum.GetValues<RecipePart>().Skip(1))
        from hasHead in Gen.Elements(true, false)
        select (IReadOnlyList<RecipeRest>)[
            .. hasHead ? [new RecipeRest(RecipePart.Head, "# syntax=docker/dockerfile:1\n\n# escape=`\nARG BASE=x\nFROM golang:1.22 AS build\nRUN go build")] : (RecipeRest[])[],
            .. parts.Select(part => new RecipeRest(part, text)),
        ];

    private static Gen<SortedDictionary<string, string>> Texts(params string[] names) =>
        from some in Gen.SubListOf(names)
        from values in Value.ArrayOf(names.Length)
        select new SortedDictionary<string, string>(some.Index().ToDictionary(pair => pair.Item, pair => values[pair.Index]), StringComparer.Ordinal);

    private static Gen<IList<string>> Some(params string[] of) => Gen.SubListOf(of).Select(list => (IList<string>)[.. list]);
}
