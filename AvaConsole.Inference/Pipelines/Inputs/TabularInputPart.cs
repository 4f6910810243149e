using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>
/// JSON rows to a tensor of rows × features: an object or an array for one row, an array of them for several.
/// </summary>
/// <param name="width">Numbers of a row in the tensor; 0 where each request chooses.</param>
internal sealed class TabularInputPart(TabularInput description, ModelPort port, IReadOnlyList<TabularColumn> columns, int width) : IInputPart
{
    public string Entry => PayloadEntry.NameOf(description, port.Name);

    private const int UsualMaxRows = 1000;
    private const int SampleWidth = 4;

    public Error? Prepare(InferenceRequest request, InputBuilder builder)
    {
        var entry = PayloadEntry.Find(request, description, port.Name);
        if (!entry.IsSuccess)
        {
            return entry.Error;
        }

        var reader = new TabularReader(entry.Value.Key, columns, width, description.MaxRows ?? UsualMaxRows);
        try
        {
            if (reader.Read(entry.Value.Value.Span) is { } problem)
            {
                return problem;
            }
        }
        catch (JsonException exception)
        {
            return new InvalidError(entry.Value.Key, "payload.not_json", (exception.LineNumber ?? 0) + 1, (exception.BytePositionInLine ?? 0) + 1);
        }

        Add(reader.Values, reader.Rows, builder);
        return null;
    }

    public void MakeSample(int seed, InputBuilder builder)
    {
        var values = new List<double>();
        for (var index = 0; index < (width > 0 ? width : SampleWidth); index++)
        {
            values.Add(((index * ((seed * 6) + 1)) % 5) + (seed * 0.5));
        }

        Add(values, 1, builder);
    }

    private void Add(List<double> values, int rows, InputBuilder builder)
    {
        var target = builder.Add(port.Name, port.Type, port.Shape.Count == 1 ? [rows] : [rows, values.Count / rows]);
        for (var index = 0; index < values.Count; index++)
        {
            Elements.Write(port.Type, target, index, values[index]);
        }
    }
}

/// <summary>A column, ready to be looked up.</summary>
internal sealed class TabularColumn(ColumnDescription description)
{
    private readonly Dictionary<string, int> _categories = description.Categories.Select((text, index) => (text, index)).ToDictionary(pair => pair.text, pair => pair.index, StringComparer.Ordinal);

    public ColumnDescription Description => description;

    public byte[] Name { get; } = System.Text.Encoding.UTF8.GetBytes(description.Name);

    /// <summary>Numbers in the tensor.</summary>
    public int Width => description.OneHot ? _categories.Count : 1;

    public bool IsCategory => _categories.Count > 0;

    /// <summary>-1 for a text that is none.</summary>
    public int Find(string text) => _categories.GetValueOrDefault(text, -1);
}
