using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AvaConsole.Core.Data.Configurations;

/// <summary>Maps a value to one <c>jsonb</c> column. Values are compared by their JSON, so that a changed list is noticed.</summary>
internal static class JsonColumn
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web);

    public static PropertyBuilder<T> IsJson<T>(this PropertyBuilder<T> property)
        where T : class
    {
        property.HasConversion(value => Write(value), text => Read<T>(text), new ValueComparer<T>(
            (left, right) => left == null || right == null ? ReferenceEquals(left, right) : Write(left) == Write(right),
            value => Write(value).GetHashCode(StringComparison.Ordinal),
            value => Read<T>(Write(value))));
        return property.HasColumnType("jsonb");
    }

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, s_options);

    private static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, s_options)
        ?? throw new JsonException($"The column holds no {typeof(T).Name}.");
}
