namespace AvaConsole.Core.Schemas.Lint;

/// <summary>Data types and shapes, which only tensors have.</summary>
internal static class TensorLint
{
    private const int MaxRank = 16;

    public static void Check(LintSite<PayloadEntry> site, PayloadEntry entry, LintSink sink)
    {
        if (entry.Type != PayloadTypes.Tensor)
        {
            if (entry.DataType.Length > 0 || entry.Shape.Count > 0)
            {
                var fix = site.Fix(now => now.Type == PayloadTypes.Tensor ? now : now with { DataType = "", Shape = [] });
                sink.Add("schema.tensor_only", site.Member(entry.DataType.Length > 0 ? "DataType" : "Shape"), fix, entry.Type);
            }

            return;
        }

        CheckDataType(site, entry, sink);
        if (entry.Shape.Count > MaxRank)
        {
            sink.Add("schema.too_many", site.Member("Shape"), null, MaxRank);
        }

        for (var i = 0; i < entry.Shape.Count; i++)
        {
            if (entry.Shape[i] is not (-1 or > 0))
            {
                var fix = site.Fix(now => now.Shape.All(IsDimension) ? now : now with { Shape = [.. now.Shape.Select(dimension => IsDimension(dimension) ? dimension : -1)] });
                sink.Add("schema.shape_invalid", site.Member($"Shape[{i}]"), fix, entry.Shape[i]);
            }
        }
    }

    private static void CheckDataType(LintSite<PayloadEntry> site, PayloadEntry entry, LintSink sink)
    {
        if (entry.DataType.Length == 0)
        {
            sink.Add("schema.data_type_missing", site.Member("DataType"), null);
        }
        else if (!PayloadRules.DataTypes.Contains(entry.DataType))
        {
            var near = Meant(entry.DataType);
            var fix = near is null ? null : site.Fix(now => now.DataType == entry.DataType ? now with { DataType = near } : now);
            sink.Add("schema.data_type_unknown", site.Member("DataType"), fix, entry.DataType, string.Join(", ", PayloadRules.DataTypes));
        }
    }

    private static bool IsDimension(long dimension) => dimension is -1 or > 0;

    /// <summary>As NumPy, PyTorch and ONNX call them.</summary>
    private static string? Meant(string dataType) => dataType.ToUpperInvariant() switch
    {
        "FLOAT" or "FLOAT32" or "SINGLE" => "FP32",
        "DOUBLE" or "FLOAT64" => "FP64",
        "HALF" or "FLOAT16" => "FP16",
        "BFLOAT16" => "BF16",
        "INT" => "INT32",
        "LONG" => "INT64",
        "BYTE" => "UINT8",
        "BOOLEAN" => "BOOL",
        "STRING" or "STR" => "BYTES",
        var upper when PayloadRules.DataTypes.Contains(upper) => upper,
        _ => null,
    };
}
