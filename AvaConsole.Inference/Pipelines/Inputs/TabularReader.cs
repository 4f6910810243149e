using System.Text;
using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Core.Schemas;
using AvaConsole.Inference.Packages;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>Reads the rows of one payload entry, without an object for a number.</summary>
/// <param name="entry">Names the payload entry in errors.</param>
/// <param name="columns">Empty: any numbers, in arrays.</param>
/// <param name="width">Numbers of a row in the tensor; 0: as many as the first row has.</param>
internal sealed class TabularReader(string entry, IReadOnlyList<TabularColumn> columns, int width, int maxRows)
{
    // NaN marks what was not there; it is told from a NaN that stands for a missing value by its bits.
    private static readonly long s_absent = BitConverter.DoubleToInt64Bits(double.NaN) ^ 1;

    // One-hot columns make much of little: 128 MiB of numbers.
    private const int MaxValues = 16 << 20;

    private readonly List<Problem> _problems = [];
    private int _width = width;

    /// <summary>Row by row.</summary>
    public List<double> Values { get; } = [];

    public int Rows { get; private set; }

    /// <returns>Null where it went well.</returns>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public InvalidError? Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadObject(ref reader);
        }
        else if (reader.TokenType != JsonTokenType.StartArray)
        {
            Report("", "payload.table_form");
        }
        else if (reader.Read() && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            ReadRows(ref reader);
        }
        else if (reader.TokenType == JsonTokenType.EndArray)
        {
            Report("", "payload.table_empty");
        }
        else
        {
            ReadArray(ref reader);
        }

        // What follows the document is an error of its own.
        while (_problems.Count == 0 && reader.Read())
        {
        }

        return _problems.Count == 0 ? null : new InvalidError(_problems);
    }

    private void ReadRows(ref Utf8JsonReader reader)
    {
        do
        {
            if (Rows == maxRows || Values.Count + _width > MaxValues)
            {
                Report("", "payload.table_rows", Rows);
                return;
            }

            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    ReadObject(ref reader);
                    break;
                case JsonTokenType.StartArray:
                    reader.Read();
                    ReadArray(ref reader);
                    break;
                default:
                    Report($"[{Rows}]", "payload.table_form");
                    return;
            }
        }
        while (_problems.Count == 0 && reader.Read() && reader.TokenType != JsonTokenType.EndArray);
    }

    /// <summary>The reader stands on the row's first value.</summary>
    private void ReadArray(ref Utf8JsonReader reader)
    {
        var before = Values.Count;
        var count = 0;
        for (; reader.TokenType != JsonTokenType.EndArray; reader.Read(), count++)
        {
            if (columns.Count == 0)
            {
                Values.Add(Number(ref reader, null, count) ?? 0);
            }
            else if (count < columns.Count)
            {
                AddAbsent(columns[count].Width);
                ReadValue(ref reader, columns[count], Values.Count - columns[count].Width);
            }

            if (_problems.Count > 0)
            {
                return;
            }
        }

        var expected = columns.Count > 0 ? columns.Count : _width;
        if (expected > 0 && count != expected)
        {
            Report($"[{Rows}]", "payload.row_width", count, expected);
        }

        _width = columns.Count > 0 || _width > 0 ? _width : Values.Count - before;
        Rows++;
    }

    private void ReadObject(ref Utf8JsonReader reader)
    {
        if (columns.Count == 0)
        {
            Report($"[{Rows}]", "payload.row_not_array");
            return;
        }

        var start = Values.Count;
        AddAbsent(_width);
        var next = 0;
        var offset = 0;
        while (_problems.Count == 0 && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // Callers mostly keep the order of the columns: the next one is looked at first.
            if (next >= columns.Count || !reader.ValueTextEquals(columns[next].Name))
            {
                (next, offset) = Find(ref reader);
                if (next < 0)
                {
                    return;
                }
            }

            reader.Read();
            ReadValue(ref reader, columns[next], start + offset);
            offset += columns[next++].Width;
        }

        FillAbsent(start);
        Rows++;
    }

    private (int Column, int Offset) Find(ref Utf8JsonReader reader)
    {
        var offset = 0;
        for (var index = 0; index < columns.Count; offset += columns[index++].Width)
        {
            if (reader.ValueTextEquals(columns[index].Name))
            {
                return (index, offset);
            }
        }

        var name = EntryName.Show(reader.GetString()!);
        var known = columns.Select(column => column.Description.Name).ToList();
        Report($"[{Rows}].{name}", "payload.column_unknown", NearestName.Find(name, known) ?? string.Join(", ", known.Take(10)));
        return (-1, 0);
    }

    private void AddAbsent(int count)
    {
        for (var index = 0; index < count; index++)
        {
            Values.Add(BitConverter.Int64BitsToDouble(s_absent));
        }
    }

    private void FillAbsent(int start)
    {
        foreach (var column in columns)
        {
            if (_problems.Count == 0 && BitConverter.DoubleToInt64Bits(Values[start]) == s_absent)
            {
                SetMissing(column, start);
            }

            start += column.Width;
        }
    }

    private void ReadValue(ref Utf8JsonReader reader, TabularColumn column, int index)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            SetMissing(column, index);
        }
        else if (column.IsCategory)
        {
            SetCategory(ref reader, column, index);
        }
        else
        {
            Values[index] = Number(ref reader, column, 0) is { } number ? (number - column.Description.Mean) / column.Description.Std : 0;
        }
    }

    private void SetMissing(TabularColumn column, int index)
    {
        if (column.Description.Missing is not { } missing)
        {
            Report(PathOf(column, 0), "payload.value_missing");
            return;
        }

        Set(column, index, missing, -1);
    }

    private void SetCategory(ref Utf8JsonReader reader, TabularColumn column, int index)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => null,
        };
        var category = text is null ? -1 : column.Find(text);
        if (category < 0 && column.Description.Unknown is null)
        {
            Report(PathOf(column, 0), "payload.category_unknown", EntryName.Show(text ?? "[…]"), string.Join(", ", column.Description.Categories.Take(10)));
            return;
        }

        Set(column, index, column.Description.Unknown ?? 0, category);
    }

    // Of one-hot numbers those that are not meant are 0; the value for the unknown or missing stands in all of them.
    private void Set(TabularColumn column, int index, float otherwise, int category)
    {
        for (var part = 0; part < column.Width; part++)
        {
            Values[index + part] = column.Description.OneHot
                ? category < 0 ? otherwise : part == category ? 1 : 0
                : category < 0 ? otherwise : category;
        }
    }

    private double? Number(ref Utf8JsonReader reader, TabularColumn? column, int index)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when reader.TryGetDouble(out var number) && double.IsFinite(number):
                return number;
            case JsonTokenType.True:
                return 1;
            case JsonTokenType.False:
                return 0;
            default:
                Report(PathOf(column, index), "payload.not_number", EntryName.Show(reader.HasValueSequence || reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject
                    ? "[…]" : Encoding.UTF8.GetString(reader.ValueSpan)));
                return null;
        }
    }

    // Only where something is wrong: a text for each value would cost more than the values.
    private string PathOf(TabularColumn? column, int index) => column is null ? $"[{Rows}][{index}]" : $"[{Rows}].{column.Description.Name}";

    private void Report(string path, string code, params object?[] args) =>
        _problems.Add(new Problem(entry + path, code, [entry + path, .. args]));
}
