using System.Runtime.InteropServices;
using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Tensors;
using AvaConsole.Web.Serving.OpenInference;

namespace AvaConsole.Tests.Web.Serving.OpenInference;

public sealed class InferRequestReaderTests
{
    [Theory]
    [InlineData("INT64", "[-9223372036854775808,9223372036854775807]", "0000000000000080FFFFFFFFFFFFFF7F")]
    [InlineData("UINT64", "[18446744073709551615,9007199254740993]", "FFFFFFFFFFFFFFFF0100000000002000")]
    [InlineData("INT8", "[-128,127]", "807F")]
    [InlineData("UINT8", "[-0,255]", "00FF")]
    [InlineData("UINT32", "[4294967295,0]", "FFFFFFFF00000000")]
    [InlineData("FP16", "[65504,-0.0]", "FF7B0080")]
    [InlineData("BF16", "[1.00390625,1.01171875]", "803F823F")]
    [InlineData("FP32", "[1e-45,3.4028234663852886e38]", "01000000FFFF7F7F")]
    [InlineData("BOOL", "[true,false]", "0100")]
    public void Read_Extremes_KeepEveryBit(string type, string data, string expected) =>
        Assert.Equal(expected, Convert.ToHexString(InferTexts.ReadTensor(type, "[2]", data).Data.Span));

    [Theory]
    [InlineData("INT64", "[9223372036854775808]", "oip.out_of_range")]
    [InlineData("INT64", "[-9223372036854775809]", "oip.out_of_range")]
    [InlineData("UINT64", "[18446744073709551616]", "oip.out_of_range")]
    [InlineData("UINT64", "[99999999999999999999999999]", "oip.out_of_range")]
    [InlineData("UINT8", "[-1]", "oip.out_of_range")]
    [InlineData("INT8", "[128]", "oip.out_of_range")]
    [InlineData("INT32", "[1.0]", "oip.not_whole")]
    [InlineData("INT32", "[1e3]", "oip.not_whole")]
    [InlineData("FP16", "[65520]", "oip.out_of_range")]
    [InlineData("BF16", "[3.4e38]", "oip.out_of_range")]
    [InlineData("FP32", "[3.5e38]", "oip.out_of_range")]
    [InlineData("FP64", "[1e999]", "oip.out_of_range")]
    [InlineData("FP32", "[NaN]", "oip.no_json_form")]
    [InlineData("FP32", "[\"NaN\"]", "oip.no_json_form")]
    [InlineData("FP64", "[-Infinity]", "oip.no_json_form")]
    [InlineData("FP32", "[null]", "oip.no_json_form")]
    [InlineData("FP32", "[\"1\"]", "oip.wrong_kind")]
    [InlineData("FP32", "[true]", "oip.wrong_kind")]
    [InlineData("BOOL", "[1]", "oip.wrong_kind")]
    [InlineData("BYTES", "[1]", "oip.wrong_kind")]
    [InlineData("BYTES", "[null]", "oip.wrong_kind")]
    [InlineData("FP32", "[01]", "oip.not_json")]
    [InlineData("FP32", "[+1]", "oip.not_json")]
    [InlineData("FP32", "[1.]", "oip.not_json")]
    [InlineData("FP32", "[.5]", "oip.not_json")]
    [InlineData("FP32", "[1e]", "oip.not_json")]
    [InlineData("FP32", "[-]", "oip.not_json")]
    [InlineData("INT32", "[007]", "oip.not_json")]
    [InlineData("FP32", "[1 2]", "oip.not_json")]
    [InlineData("FP32", "[1", "oip.not_json")]
    [InlineData("FP32", "[", "oip.not_json")]
    [InlineData("BYTES", "[\"a\nb\"]", "oip.not_json")]
    [InlineData("BYTES", "[\"\\x\"]", "oip.not_json")]
    [InlineData("BYTES", "[\"\\ud83d\"]", "request.not_utf8")]
    [InlineData("FP32", "[]", "oip.too_few_elements")]
    [InlineData("FP32", "[1,2]", "oip.too_many_elements")]
    [InlineData("FP32", "[[1]]", "oip.nesting")]
    [InlineData("FP32", "1", "oip.wrong_kind")]
    [InlineData("FP32", "{}", "oip.wrong_kind")]
    public void Read_BadData_IsRefusedWithItsReason(string type, string data, string code) =>
        Assert.Equal(code, InferTexts.CodeOf(InferTexts.Read(InferTexts.Request(type, "[1]", data))));

    [Theory]
    [InlineData("[2,2]", "[[1,2],[3,4]]", null)]
    [InlineData("[2,2]", "[ 1 , 2 , 3 ,\n4 ]", null)]
    [InlineData("[2,2]", "[[1,2,3],[4]]", "oip.nesting")]
    [InlineData("[2,2]", "[[[1,2]],[[3,4]]]", "oip.nesting")]
    [InlineData("[2,1,2]", "[[1,2],[3,4]]", null)]
    [InlineData("[2,0]", "[[],[]]", null)]
    [InlineData("[0,7]", "[]", null)]
    [InlineData("[]", "[5]", null)]
    [InlineData("[1000000000]", "[1]", "oip.too_many_rows")]
    [InlineData("[1,2000000000]", "[1]", "oip.too_few_elements")]
    [InlineData("[1,2000000000,2000000000,2000000000,2000000000]", "[1]", "oip.too_few_elements")]
    [InlineData("[0,2000000000,2000000000,2000000000,2000000000]", "[]", null)]
    [InlineData("[-1]", "[1]", "oip.length")]
    [InlineData("[1.5]", "[1]", "oip.length")]
    [InlineData("[99999999999999999999]", "[1]", "oip.length")]
    [InlineData("[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]", "[1]", "oip.too_many_dimensions")]
    [InlineData("1", "[1]", "oip.not_array")]
    public void Read_Shapes_AreHeldAgainstTheData(string shape, string data, string? code)
    {
        var read = InferTexts.Read(InferTexts.Request("FP32", shape, data));

        Assert.Equal(code, read.IsSuccess ? null : InferTexts.CodeOf(read));
    }

    [Theory]
    [InlineData("", "oip.not_json")]
    [InlineData("{", "oip.not_json")]
    [InlineData("[]", "oip.not_object")]
    [InlineData("{}", "oip.missing")]
    [InlineData("{} {}", "oip.not_json")]
    [InlineData("{\"inputs\":[]} x", "oip.not_json")]
    [InlineData("{\"inputs\":{}}", "oip.not_array")]
    [InlineData("{\"inputs\":[1]}", "oip.not_object")]
    [InlineData("{\"inputs\":[],\"inputs\":[]}", "oip.twice")]
    [InlineData("{\"id\":1,\"inputs\":[]}", "oip.not_string")]
    [InlineData("{\"id\":\"\\ud83d\",\"inputs\":[]}", "request.not_utf8")]
    [InlineData("{\"inputs\":[{\"name\":\"FP32\"}]}", "oip.missing")]
    [InlineData("{\"inputs\":[{\"name\":\"FP32\",\"shape\":[1],\"datatype\":\"FP32\"}]}", "oip.missing")]
    [InlineData("{\"inputs\":[{\"name\":\"other\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}", "oip.unknown_input")]
    [InlineData("{\"inputs\":[{\"name\":\"FP32\",\"shape\":[1],\"datatype\":\"FP8\",\"data\":[1]}]}", "oip.unknown_datatype")]
    [InlineData("{\"inputs\":[{\"name\":\"FP32\",\"shape\":[1],\"datatype\":\"INT64\",\"data\":[1]}]}", "oip.other_datatype")]
    [InlineData("{\"inputs\":[{\"name\":\"FP32\",\"name\":\"FP32\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}", "oip.twice")]
    [InlineData("{\"inputs\":[{\"name\":\"FP32\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1],\"data\":[1]}]}", "oip.twice")]
    [InlineData("{\"inputs\":[{\"name\":\"FP32\",\"shape\":[1],\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":4}}]}", "oip.no_binary")]
    [InlineData("{\"inputs\":[{\"name\":\"FP32\",\"shape\":[1],\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":\"4\"}}]}", "oip.not_count")]
    [InlineData("{\"inputs\":[{\"name\":\"FP32\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1],\"parameters\":{\"binary_data_size\":0}}]}", "oip.data_twice")]
    [InlineData("{\"inputs\":[],\"outputs\":[{\"name\":\"none\"}]}", "oip.unknown_output")]
    [InlineData("{\"inputs\":[],\"outputs\":[{\"name\":\"FP32\"},{\"name\":\"FP32\"}]}", "oip.output_twice")]
    [InlineData("{\"inputs\":[],\"outputs\":[{\"name\":\"FP32\",\"parameters\":{\"classification\":0}}]}", "oip.not_positive")]
    [InlineData("{\"inputs\":[],\"outputs\":[{\"name\":\"FP32\",\"parameters\":{\"binary_data\":1}}]}", "oip.not_boolean")]
    [InlineData("{\"inputs\":[],\"parameters\":{\"timeout\":-1}}", "oip.not_count")]
    [InlineData("{\"inputs\":[],\"parameters\":[]}", "oip.not_object")]
    [InlineData("{\"inputs\":[{\"name\":\"FP32\",\"shape\":[1],\"datatype\":\"FP32\",\"data\"::[1]}]}", "oip.wrong_kind")]
    [InlineData("{\"inputs\":[{\"name\":\"FP32\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]]}", "oip.not_json")]
    [InlineData("{\"inputs\":[{\"name\":\"FP32\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1],}]}", "oip.not_json")]
    public void Read_BadRequest_IsRefusedWithItsReason(string json, string code) => Assert.Equal(code, InferTexts.CodeOf(InferTexts.Read(json)));

    [Fact]
    public void Read_SameInputTwice_IsRefused()
    {
        const string input = """{"name":"FP32","shape":[1],"datatype":"FP32","data":[1]}""";

        Assert.Equal("oip.input_twice", InferTexts.CodeOf(InferTexts.Read($$"""{"inputs":[{{input}},{{input}}]}""")));
    }

    [Fact]
    public void Read_NestedTooDeep_SaysSo() =>
        Assert.Equal("oip.too_deep", InferTexts.CodeOf(InferTexts.Read("""{"parameters":{"x":""" + new string('[', 100) + new string(']', 100) + """},"inputs":[]}""")));

    [Fact]
    public void Read_MembersInAnyOrder_AreTheSame()
    {
        const string json = """
            {"outputs":[{"parameters":{"binary_data":true},"name":"FP32"},{"name":"INT64","parameters":{"classification":3}}],
             "inputs":[{"data":[[1.5,2]],"datatype":"FP32","parameters":{"content_type":"np"},"shape":[1,2],"name":"FP32"},
                       {"datatype":"BYTES","name":"BYTES","data":["a\u0062"],"shape":[1,1]}],
             "model_name":"unknown to us","parameters":{"timeout":2500,"binary_data_output":false,"priority":1},"id":"42"}
            """;

        using var request = InferTexts.Read(json).Value!;

        Assert.Equal("42", request.Id);
        Assert.Equal(TimeSpan.FromMilliseconds(2.5), request.Timeout);
        Assert.Equal([new WantedOutput("FP32", true, 0), new WantedOutput("INT64", null, 3)], request.Outputs);
        Assert.Equal([1.5f, 2f], MemoryMarshal.Cast<byte, float>(request.Inputs[0].Data.Span).ToArray());
        Assert.Equal("ab", Encoding.UTF8.GetString(request.Inputs[1].Texts[0].Span));
    }

    [Fact]
    public void Read_BinaryAndJsonMixed_TakesEachInItsOrder()
    {
        var json = Encoding.UTF8.GetBytes("""
            {"inputs":[{"name":"UINT8","shape":[3],"datatype":"UINT8","parameters":{"binary_data_size":3}},
                       {"name":"INT8","shape":[1],"datatype":"INT8","data":[-5]},
                       {"name":"FP32","shape":[1],"datatype":"FP32","parameters":{"binary_data_size":4}},
                       {"name":"BYTES","shape":[2],"datatype":"BYTES","parameters":{"binary_data_size":9}}]}
            """);
        byte[] body = [.. json, 1, 2, 3, 0, 0, 0xC0, 0x7F, 1, 0, 0, 0, 0xFF, 0, 0, 0, 0];

        using var request = InferTexts.Read(body, json.Length).Value!;

        Assert.Equal([1, 2, 3], request.Inputs[0].Data.ToArray());
        Assert.Equal([0xFB], request.Inputs[1].Data.ToArray());
        Assert.True(float.IsNaN(MemoryMarshal.Cast<byte, float>(request.Inputs[2].Data.Span)[0]));
        Assert.Equal(["FF", ""], request.Inputs[3].Texts.Select(text => Convert.ToHexString(text.Span)));
    }

    [Theory]
    [InlineData("FP32", "[2]", 4, "0000803F", "oip.binary_size")]
    [InlineData("FP32", "[1]", 4, "0000", "oip.binary_short")]
    [InlineData("FP32", "[1]", 4, "0000803F00", "oip.binary_left")]
    [InlineData("BOOL", "[1]", 1, "02", "oip.binary_boolean")]
    [InlineData("BYTES", "[1]", 4, "05000000", "oip.binary_texts")]
    [InlineData("BYTES", "[1]", 4, "FFFFFFFF", "oip.binary_texts")]
    [InlineData("BYTES", "[2]", 5, "0100000041", "oip.binary_texts")]
    [InlineData("BYTES", "[1]", 9, "010000004100000000", "oip.binary_texts")]
    [InlineData("BYTES", "[1000000]", 1, "00", "oip.binary_texts")]
    public void Read_BadBinary_IsRefusedWithItsReason(string type, string shape, int size, string hex, string code)
    {
        var json = Encoding.UTF8.GetBytes($$$"""{"inputs":[{"name":"{{{type}}}","shape":{{{shape}}},"datatype":"{{{type}}}","parameters":{"binary_data_size":{{{size}}}}}]}""");

        Assert.Equal(code, InferTexts.CodeOf(InferTexts.Read([.. json, .. Convert.FromHexString(hex)], json.Length)));
    }

    [Theory]
    [InlineData(TensorType.Fp32, "0000C07F", "oip.output_not_finite")]
    [InlineData(TensorType.Fp16, "007C", "oip.output_not_finite")]
    [InlineData(TensorType.Bf16, "80FF", "oip.output_not_finite")]
    public void Write_NotFinite_NamesTheBinaryForm(TensorType type, string hex, string code)
    {
        using var target = new PooledBytes(16);
        var tensor = new Tensor("out", type, [1]) { Data = Convert.FromHexString(hex) };

        var written = InferResponseWriter.Write(target, InferTexts.AllTypes, "m", "1", null, [new AnsweredOutput(tensor, false)]);

        Assert.Equal(code, Assert.Single(Assert.IsType<InvalidError>(written.Error).Problems).Code);
    }

    [Fact]
    public void Write_NamesAndIdWithQuotes_StayOneJsonText()
    {
        using var target = new PooledBytes(16);
        var tensor = new Tensor("a \"b\": c", TensorType.Int64, [2, 0]);

        Assert.True(InferResponseWriter.Write(target, InferTexts.AllTypes, "m\"", "v\\", "\n😀", [new AnsweredOutput(tensor, false)]).IsSuccess);

        using var json = System.Text.Json.JsonDocument.Parse(target.Written);
        Assert.Equal("\n😀", json.RootElement.GetProperty("id").GetString());
        Assert.Equal("a \"b\": c", json.RootElement.GetProperty("outputs")[0].GetProperty("name").GetString());
        Assert.Equal(0, json.RootElement.GetProperty("outputs")[0].GetProperty("data").GetArrayLength());
    }
}
