using AvaConsole.Core.Common;

namespace AvaConsole.Core.Schemas.Lint;

/// <summary>The part of <see cref="SchemaLint"/> that looks at payload and response entries.</summary>
internal static class PayloadLint
{
    private const int MaxRank = 16;

    public static void CheckAll(string path, IReadOnlyList<PayloadEntry> entries, List<Problem> problems)
    {
        SchemaLint.CheckNames(path, entries.Select(entry => entry.Name), problems);
        for (var i = 0; i < entries.Count; i++)
        {
            Check($"{path}[{i}]", entries[i], problems);
        }
    }

    private static void Check(string path, PayloadEntry entry, List<Problem> problems)
    {
        SchemaLint.CheckDescription(path + ".Description", entry.Description, problems);
        if (!PayloadTypes.All.Contains(entry.Type))
        {
            // The gateway takes an unknown type for audio without a word, so it must not get that far.
            problems.Add(new Problem(path + ".Type", "schema.payload_type_unknown", entry.Type));
            return;
        }

        foreach (var encoding in entry.Encodings.Where(encoding => !PayloadRules.Encodings(entry.Type).Contains(encoding)))
        {
            problems.Add(new Problem(
                path + ".Encoding", "schema.encoding_unknown", encoding, entry.Type, string.Join(", ", PayloadRules.Encodings(entry.Type))));
        }

        foreach (var compression in entry.Compressions.Where(compression => !PayloadRules.Compressions.Contains(compression)))
        {
            problems.Add(new Problem(path + ".Compress", "schema.compress_unknown", compression));
        }

        foreach (var format in entry.Formats.Where(format => entry.Type == PayloadTypes.Text && !PayloadRules.TextFormats.Contains(format)))
        {
            problems.Add(new Problem(path + ".Format", "schema.payload_format_unknown", format, string.Join(", ", PayloadRules.TextFormats)));
        }

        CheckTensor(path, entry, problems);
    }

    private static void CheckTensor(string path, PayloadEntry entry, List<Problem> problems)
    {
        if (entry.Type != PayloadTypes.Tensor)
        {
            if (entry.DataType.Length > 0 || entry.Shape.Count > 0)
            {
                problems.Add(new Problem(entry.DataType.Length > 0 ? path + ".DataType" : path + ".Shape", "schema.tensor_only", entry.Type));
            }

            return;
        }

        if (entry.DataType.Length == 0)
        {
            problems.Add(new Problem(path + ".DataType", "schema.data_type_missing"));
        }
        else if (!PayloadRules.DataTypes.Contains(entry.DataType))
        {
            problems.Add(new Problem(path + ".DataType", "schema.data_type_unknown", entry.DataType, string.Join(", ", PayloadRules.DataTypes)));
        }

        if (entry.Shape.Count > MaxRank)
        {
            problems.Add(new Problem(path + ".Shape", "schema.too_many", MaxRank));
        }

        for (var i = 0; i < entry.Shape.Count; i++)
        {
            if (entry.Shape[i] is not (-1 or > 0))
            {
                problems.Add(new Problem($"{path}.Shape[{i}]", "schema.shape_invalid", entry.Shape[i]));
            }
        }
    }
}
