using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Examples;

namespace AvaConsole.Tests.Core.Schemas.Examples;

public sealed class EntryPasteTests
{
    [Theory]
    [InlineData("photo\timage\tyes\tpng|JPG\traw, gzip\t\tThe face")]
    [InlineData("说明,压缩,名称,是否必填,类型,编码\nThe face,raw|gzip,photo,是,图片,png|jpg")]
    [InlineData("| name | type | required | encoding | compress | description |\n|---|---|---|---|---|---|\n| photo | Image | y | png/jpg | raw;gzip | The face |")]
    public void Read_ColumnsInAnyOrderAndLanguage_MeanTheSame(string text)
    {
        var photo = Assert.Single(EntryPaste.Read(text).Entries);

        Assert.Equal(("photo", PayloadTypes.Image, true, "The face"), (photo.Name, photo.Type, photo.Required, photo.Description));
        Assert.Equal(["png", "jpg"], photo.Encodings);
        Assert.Equal(["raw", "gzip"], photo.Compressions);
    }

    [Fact]
    public void Read_LinesWithProblems_AreNamedAndKeptApart()
    {
        var pasted = EntryPaste.Read("name\ttype\tencoding\tcompress\tformat\tmin\ngood\ttext\tutf8\t-\tplain\t\nbad\timage\tspeex\tzip\t\t\nworse\tsmell\nlike\ttext\t\t\tpoem\t\ngood\tjson");

        Assert.Equal(["good"], pasted.Entries.Select(entry => entry.Name));
        Assert.Empty(pasted.Entries[0].Compressions);
        Assert.Equal(["min"], pasted.IgnoredColumns);
        Assert.Equal(
            ["3.encoding paste.word_unknown", "3.compress paste.word_unknown", "4.type paste.type_unknown", "5.format paste.word_unknown", "6.name paste.name_twice"],
            pasted.Rows.SelectMany(row => row.Problems).Select(problem => $"{problem.Field} {problem.Code}"));
        Assert.Equal(["name", "bad", "worse", "like", "good"], pasted.Left.Split('\n').Select(line => line.Split('\t')[0]));
    }

    [Fact]
    public void Write_Entries_AreReadTheSame()
    {
        PayloadEntry[] entries =
        [
            new() { Name = "voice", Type = PayloadTypes.Audio, Required = true, Encodings = ["speex", "raw"], Compressions = ["gzip"], Description = "One \"line\"\nand another" },
            new() { Name = "note", Type = PayloadTypes.Text, Formats = ["plain"] },
        ];

        Assert.Equal(RowJson.Write(entries), RowJson.Write(EntryPaste.Read(EntryPaste.Write(entries)).Entries));
    }

    [Fact]
    public void Json_CopiedEntries_AreReadWithAllTheyHold()
    {
        PayloadEntry[] entries = [new() { Name = "meta", Type = PayloadTypes.Json, Content = new ApiParameter { Type = ParameterTypes.Object, Properties = [new ApiParameter { Name = "width", Minimum = 0 }] } }];

        var read = Assert.Single(RowJson.ReadEntries(RowJson.Write(entries))!);

        Assert.Equal(("width", 0m), (read.Content!.Properties[0].Name, read.Content.Properties[0].Minimum));
        Assert.Null(RowJson.Read(RowJson.Write(entries)));
        Assert.Null(RowJson.ReadEntries("""[{"name": "speed", "type": "integer"}]"""));
    }
}
