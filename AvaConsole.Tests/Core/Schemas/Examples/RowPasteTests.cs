using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Core.Schemas.Examples;

namespace AvaConsole.Tests.Core.Schemas.Examples;

public sealed class RowPasteTests
{
    [Fact]
    public void Parse_TableWithoutHeading_HasTheUsualColumns()
    {
        var parameters = RowPaste.Parse("top_k\tint\tyes\t1\t100\t\t5\tHow many\nmode\tstring\tno\t\t\tfast|slow\tfast\t\"Two\nlines\"").Value!;

        Assert.Equal(new ApiParameter { Name = "top_k", Type = "integer", Required = true, Minimum = 1, Maximum = 100, Default = "5", Description = "How many", Enum = parameters[0].Enum, Properties = parameters[0].Properties }, parameters[0]);
        Assert.Equal(["fast", "slow"], parameters[1].Enum);
        Assert.Equal("Two\nlines", parameters[1].Description);
    }

    [Theory]
    [InlineData("参数名,类型,是否必填,取值范围,默认值,说明\nspeed,整数,是,50-200000,60,语速")]
    [InlineData("Description;Default;Name;Required;Type;Max;Min\n语速;60;speed;Y;int;200000;50")]
    [InlineData("| name | type | required | range | default | description |\n|---|:--|---|---|---|---|\n| speed | integer | 必填 | [50, 200000] | 60 | 语速 |")]
    [InlineData("name\ttype\trequired\trange\tdefault\tdescription\r\nspeed\tint\ttrue\t50..200000\t60\t语速\r\n")]
    public void Parse_HeadingsInAnyOrderAndLanguage_MeanTheSame(string text)
    {
        var speed = Assert.Single(RowPaste.Parse(text).Value!);

        Assert.Equal(
            ("speed", "integer", true, 50m, 200000m, "60", "语速"),
            (speed.Name, speed.Type, speed.Required, speed.Minimum, speed.Maximum, speed.Default, speed.Description));
    }

    [Fact]
    public void Parse_Paths_BecomeMembers()
    {
        var parameters = RowPaste.Parse("name\ttype\noptions.size\tint\noptions.deep.flag\tbool\nfaces\tobject[]\nfaces[].box\tnumber[]\ntags\tstring[]").Value!;

        Assert.Equal(["options", "faces", "tags"], parameters.Select(parameter => parameter.Name));
        Assert.Equal(["size", "deep"], parameters[0].Properties.Select(member => member.Name));
        Assert.Equal("flag", parameters[0].Properties[1].Properties[0].Name);
        Assert.Equal((ParameterTypes.Array, ParameterTypes.Object), (parameters[1].Type, parameters[1].Items!.Type));
        Assert.Equal(ParameterTypes.Number, parameters[1].Items!.Properties[0].Items!.Type);
    }

    [Fact]
    public void Read_LinesWithProblems_AreNamedAndKeptApart()
    {
        var pasted = RowPaste.Read("name\ttype\trequired\tmin\tmax\tdefault\tremark\ngood\tint\tyes\t1\t5\t2\t!\nbad\tinteg\tperhaps\tx\t\t\t\n\tstring\nlow\tint\t\t9\t3\tq\ngood\tint");

        Assert.Equal(["good"], pasted.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(["remark"], pasted.IgnoredColumns);
        Assert.Equal(
            ["3.type paste.type_unknown", "3.required paste.not_yes_or_no", "3.min paste.not_a_number", "4.name paste.name_missing", "5.min paste.minimum_above_maximum", "5.default paste.value_wrong_type", "6.name paste.name_twice"],
            pasted.Rows.SelectMany(row => row.Problems).Select(problem => $"{problem.Field} {problem.Code}"));
        Assert.Equal(5, pasted.Left.Split('\n').Length);
        Assert.StartsWith("name\ttype", pasted.Left, StringComparison.Ordinal);
        Assert.Equal(7, Assert.IsType<InvalidError>(RowPaste.Parse("name\ttype\trequired\tmin\tmax\tdefault\tremark\ngood\tint\tyes\t1\t5\t2\t!\nbad\tinteg\tperhaps\tx\t\t\t\n\tstring\nlow\tint\t\t9\t3\tq\ngood\tint").Error).Problems.Count);
    }

    [Fact]
    public void Parse_WhatWasWritten_IsTheSame()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var written = RowPaste.Write(new RandomSchema(seed).Next().Parameters);

            Assert.Equal(written, RowPaste.Write(RowPaste.Parse(written).Value!));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\t\t\n")]
    public void Parse_Nothing_GivesNothing(string text) => Assert.Empty(RowPaste.Parse(text).Value!);

    [Fact]
    public void Read_UnclosedQuote_LosesNothing() => Assert.Contains("never closed\nb\tint", RowPaste.Read("a\tstring\t\"never closed\nb\tint").Rows[0].Text, StringComparison.Ordinal);
}
