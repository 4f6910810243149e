using AvaConsole.Inference.Tensors;

namespace AvaConsole.Tests.Inference.Pipelines.Inputs;

public sealed class TabularInputTests
{
    private const string Columns = "input: {columns: [age, {name: city, categories: [Berlin, 上海], one_hot: true, unknown: 0}, {name: grade, categories: [low, high], missing: .nan}, {name: income, mean: 100, std: 10, missing: 100}]}";

    [Theory]
    [InlineData("""{"age": 7, "city": "Berlin", "grade": "high", "income": 120}""", new double[] { 7, 1, 0, 1, 2 })]
    [InlineData("""{"income": 90, "grade": "low", "city": "上海", "age": true}""", new double[] { 1, 0, 1, 0, -1 })]
    [InlineData("""{"age": 7, "city": "Rome", "grade": null}""", new[] { 7, 0, 0, double.NaN, 100 })]
    [InlineData("""[7, "Berlin", "high", 120]""", new double[] { 7, 1, 0, 1, 2 })]
    [InlineData("""[[7, "Berlin", "high", 120], [8, "上海", "low", null]]""", new double[] { 7, 1, 0, 1, 2, 8, 0, 1, 0, 100 })]
    [InlineData("""[{"age": 1, "city": "Berlin"}, {"city": "上海", "age": 2}]""", new[] { 1, 1, 0, double.NaN, 100, 2, 0, 1, double.NaN, 100 })]
    public void Prepare_Rows_BecomeTheirColumns(string json, double[] expected)
    {
        using var prepared = Stage.Create(Columns, Stage.Port(TensorType.Fp32, -1, 5)).Prepare(json);

        Assert.Equal([expected.Length / 5, 5], prepared.Tensors[0].Shape);
        Assert.Equal(expected, prepared.Tensors[0].Numbers());
    }

    [Theory]
    [InlineData("""{"age": 7, "citty": "Berlin"}""", "data[0].citty", "payload.column_unknown", "city")]
    [InlineData("""{"city": "Berlin", "grade": "low"}""", "data[0].age", "payload.value_missing", null)]
    [InlineData("""{"age": "7"}""", "data[0].age", "payload.not_number", "7")]
    [InlineData("""{"age": [7]}""", "data[0].age", "payload.not_number", "[…]")]
    [InlineData("""[{"age": 7, "city": "Berlin"}, {"age": 7, "city": null}]""", "data[1].city", "payload.value_missing", null)]
    [InlineData("""{"age": 7, "city": "Berlin", "grade": "middle"}""", "data[0].grade", "payload.category_unknown", "middle")]
    [InlineData("[7, \"Berlin\"]", "data[0]", "payload.row_width", 2)]
    [InlineData("[7, \"Berlin\", \"low\", 1, 2]", "data[0]", "payload.row_width", 5)]
    [InlineData("[]", "data", "payload.table_empty", null)]
    [InlineData("3", "data", "payload.table_form", null)]
    [InlineData("[[7, \"Berlin\", \"low\", 1], 3]", "data[1]", "payload.table_form", null)]
    [InlineData("{\"age\": 7", "data", "payload.not_json", 1L)]
    [InlineData("", "data", "payload.not_json", 1L)]
    [InlineData("{\"age\": 1e999}", "data[0].age", "payload.not_number", "1e999")]
    public void Prepare_WrongRow_IsNamedWithItsValue(string json, string field, string code, object? value)
    {
        var problem = Stage.Create(Columns, Stage.Port(TensorType.Fp32, -1, 5)).Refuse(json);

        Assert.Equal((field, code), (problem.Field, problem.Code));
        Assert.True(value is null || problem.Args.Contains(value), string.Join(" | ", problem.Args));
    }

    [Fact]
    public void Prepare_NumbersWithoutColumns_AreArrays()
    {
        var stage = Stage.Create("input: {kind: tabular}", Stage.Port(TensorType.Int64, -1, 3));

        using var prepared = stage.Prepare("[[1, 2, 3], [4, 5, 6]]");

        Assert.Equal([2, 3], prepared.Tensors[0].Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], prepared.Tensors[0].Numbers());
        Assert.Equal("payload.row_width", stage.Refuse("[[1, 2, 3], [4, 5]]").Code);
        Assert.Equal("payload.row_not_array", stage.Refuse("""{"a": 1}""").Code);
    }

    [Fact]
    public void Prepare_MoreRowsThanAllowed_IsRefused() =>
        Assert.Equal("payload.table_rows", Stage.Create("input: {columns: [a], max_rows: 2}", Stage.Port(TensorType.Fp32, -1, 1)).Refuse("[[1], [2], [3]]").Code);

    [Fact]
    public void Prepare_OneColumnPerInput_ComesFromOneEntry()
    {
        var stage = Stage.Create(
            "inputs: [{tensor: a, entry: data, columns: [x]}, {tensor: b, entry: data, columns: [x]}]",
            new ModelPort("a", PortKind.Tensor, TensorType.Fp32, [-1, 1]),
            new ModelPort("b", PortKind.Tensor, TensorType.Fp64, [-1]));

        using var prepared = stage.Prepare("""[{"x": 1}, {"x": 2}]""");

        Assert.Equal([2, 1], prepared.Tensors[0].Shape);
        Assert.Equal([2], prepared.Tensors[1].Shape);
    }

    [Fact]
    public void Prepare_ManyRows_AllocatesNothingForANumber()
    {
        var stage = Stage.Create("input: {kind: tabular, max_rows: 5000}", Stage.Port(TensorType.Fp32, -1, 8));
        var json = System.Text.Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("[1.5,2.5,3.5,4.5,5.5,6.5,7.5,8.5]", 5000))}]");
        stage.Prepare(json).Dispose();

        var before = GC.GetAllocatedBytesForCurrentThread();
        stage.Prepare(json).Dispose();

        // 40,000 numbers; the growing list is the most of it.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40_000 * 8 * 4);
    }

    [Fact]
    public void Create_ColumnsThatAreNotAsManyAsTheModelTakes_SaysBoth() =>
        Assert.Equal(["x", 4, 2], Stage.Refusal("input: {columns: [a, b]}", Stage.Port(TensorType.Fp32, -1, 4)).Args);
}
