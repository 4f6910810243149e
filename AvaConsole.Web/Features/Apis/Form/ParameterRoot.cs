using System.Text;
using AvaConsole.Core.Schemas;

namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>One tree of parameters in a draft: the request's own, or what a JSON entry of a payload holds.</summary>
/// <param name="Entry">Index of the payload entry; null for the parameters.</param>
public sealed record ParameterRoot(DraftList List, int? Entry)
{
    public static ParameterRoot Parameters { get; } = new(DraftList.Parameters, null);

    /// <summary>Where the tree stands in the draft: <c>Parameters</c> or <c>Payload[1].Content</c>.</summary>
    public string Field => Entry is null ? nameof(DraftList.Parameters) : $"{List}[{Entry}].Content";

    /// <summary>The draft's part as one parameter: an object of the parameters, or an array of the content.</summary>
    public ApiParameter Holder(ApiSchema schema) => Entry is { } entry
        ? new ApiParameter { Type = ParameterTypes.Array, Items = Entries(schema).ElementAtOrDefault(entry)?.Content }
        : new ApiParameter { Type = ParameterTypes.Object, Properties = schema.Parameters };

    public ApiSchema With(ApiSchema schema, ApiParameter holder)
    {
        if (Entry is not { } entry)
        {
            return schema with { Parameters = holder.Properties };
        }

        var entries = Entries(schema).ToList();
        entries[entry] = entries[entry] with { Content = holder.Items };
        return List == DraftList.Payload ? schema with { Payload = entries } : schema with { Response = entries };
    }

    /// <summary>The path as problems name it: <c>Parameters[2].Properties[0].Items</c>.</summary>
    public string FieldOf(ReadOnlySpan<int> path)
    {
        var field = new StringBuilder(Field);
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] != ParameterEdits.Element)
            {
                field.Append(i == 0 ? "" : ".Properties").Append('[').Append(path[i]).Append(']');
            }
            else if (i > 0)
            {
                field.Append(".Items");
            }
        }

        return field.ToString();
    }

    private IReadOnlyList<PayloadEntry> Entries(ApiSchema schema) => List == DraftList.Payload ? schema.Payload : schema.Response;
}
