using AvaConsole.Core.Schemas;
using AvaConsole.Web.Features.Apis.Form;

namespace AvaConsole.Tests.Web.Apis.Form;

public sealed class ParameterEditsTests
{
    // a, b {c, d [ {e} ]}, f
    private static readonly ApiParameter s_holder = Object(
        "",
        Text("a"),
        Object("b", Text("c"), new ApiParameter { Name = "d", Type = ParameterTypes.Array, Items = Object("", Text("e")) }),
        Text("f"));

    [Theory]
    [InlineData("a", 1, "b{c,d[{e}]},a,f")]
    [InlineData("f", -1, "a,f,b{c,d[{e}]}")]
    [InlineData("c", 1, "a,b{d[{e}],c},f")]
    public void Shift_Sibling_Swaps(string name, int delta, string expected) => Assert.Equal(expected, Write(ParameterEdits.Shift(s_holder, PathOf(name), delta)!.Holder));

    [Theory]
    [InlineData("a", -1)]
    [InlineData("f", 1)]
    [InlineData("e", 1)]
    public void Shift_BeyondAnEnd_IsNothing(string name, int delta) => Assert.Null(ParameterEdits.Shift(s_holder, PathOf(name), delta));

    [Theory]
    [InlineData("c", "a,b{d[{e}]},c,f")]
    [InlineData("e", "a,b{c,d[{}],e},f")]
    public void Outdent_Member_GoesBelowItsObject(string name, string expected) => Assert.Equal(expected, Write(ParameterEdits.Outdent(s_holder, PathOf(name))!.Holder));

    [Fact]
    public void Outdent_OfTheList_IsNothing() => Assert.Null(ParameterEdits.Outdent(s_holder, PathOf("a")));

    [Fact]
    public void Indent_AfterAnObjectOrAList_GoesIntoIt()
    {
        var moved = ParameterEdits.Indent(s_holder, PathOf("f"))!;

        Assert.Equal("a,b{c,d[{e}],f}", Write(moved.Holder));
        Assert.Equal([1, 2], moved.Path);
        Assert.Equal("a,b{c,d[{e,f}]}", Write(ParameterEdits.Indent(moved.Holder, moved.Path)!.Holder));
        Assert.Null(ParameterEdits.Indent(s_holder, PathOf("b")));
    }

    [Fact]
    public void Move_IntoItself_IsNothing()
    {
        Assert.Null(ParameterEdits.Move(s_holder, PathOf("b"), PathOf("b"), 0));
        Assert.Null(ParameterEdits.Move(s_holder, PathOf("b"), [.. PathOf("d"), ParameterEdits.Element], 0));
        Assert.Null(ParameterEdits.Move(s_holder, PathOf("a"), [], 1));
    }

    [Theory]
    [InlineData("a", "b", 0, "b{a,c,d[{e}]},f")]
    [InlineData("f", "", 0, "f,a,b{c,d[{e}]}")]
    [InlineData("a", "", 3, "b{c,d[{e}]},f,a")]
    [InlineData("c", "", 1, "a,c,b{d[{e}]},f")]
    [InlineData("a", "d", 0, "b{c,d[{a,e}]},f")]
    public void Move_Anywhere_LandsWhereItWasDropped(string name, string parent, int index, string expected)
    {
        var path = parent.Length == 0 ? [] : ParameterEdits.MembersOf(s_holder, PathOf(parent))!;
        var moved = ParameterEdits.Move(s_holder, PathOf(name), path, index)!;

        Assert.Equal(expected, Write(moved.Holder));
        Assert.Equal(name, ParameterEdits.At(moved.Holder, moved.Path).Name);
    }

    [Fact]
    public void Remove_Several_TakesEachOutOnce() =>
        Assert.Equal("b{d[{e}]}", Write(ParameterEdits.Remove(s_holder, [PathOf("a"), PathOf("f"), PathOf("c")])));

    [Fact]
    public void Remove_ParentAndMember_TakesTheParent() => Assert.Equal("a,f", Write(ParameterEdits.Remove(s_holder, [PathOf("e"), PathOf("b"), PathOf("c")])));

    [Fact]
    public void Edit_OfOneRow_LeavesTheOthersTheSameObjects()
    {
        var changed = ParameterEdits.Update(s_holder, PathOf("c"), parameter => parameter with { Name = "x" });

        Assert.Same(s_holder.Properties[0], changed.Properties[0]);
        Assert.Same(s_holder.Properties[1].Properties[1], changed.Properties[1].Properties[1]);
        Assert.Equal("a,b{x,d[{e}]},f", Write(changed));
    }

    [Fact]
    public void Moves_ThereAndBack_GiveTheStart()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var name = "abcdef"[random.Next(6)].ToString();
            var delta = random.Next(2) * 2 - 1;
            if (ParameterEdits.Shift(s_holder, PathOf(name), delta) is { } moved)
            {
                Assert.Equal(Write(s_holder), Write(ParameterEdits.Shift(moved.Holder, moved.Path, -delta)!.Holder));
            }
        }
    }

    private static int[] PathOf(string name) => Find(s_holder, name, []) ?? throw new InvalidOperationException(name);

    private static int[]? Find(ApiParameter parameter, string name, int[] path)
    {
        if (parameter.Name == name && path.Length > 0)
        {
            return path;
        }

        var inner = parameter.Properties.Select((member, index) => Find(member, name, [.. path, index])).FirstOrDefault(found => found is not null);
        return inner ?? (parameter.Items is null ? null : Find(parameter.Items, name, [.. path, ParameterEdits.Element]));
    }

    private static string Write(ApiParameter holder) => string.Join(',', holder.Properties.Select(One));

    private static string One(ApiParameter parameter) => parameter.Name + parameter.Type switch
    {
        ParameterTypes.Object => $"{{{Write(parameter)}}}",
        ParameterTypes.Array => $"[{One(parameter.Items!)}]",
        _ => "",
    };

    private static ApiParameter Text(string name) => new() { Name = name };

    private static ApiParameter Object(string name, params ApiParameter[] members) => new() { Name = name, Type = ParameterTypes.Object, Properties = members };
}
