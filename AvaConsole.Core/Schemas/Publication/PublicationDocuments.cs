using System.Text;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Releases;
using AvaConsole.Core.Schemas.Formats;

namespace AvaConsole.Core.Schemas.Publication;

/// <summary>A version's documents in the live configuration, and their keys.</summary>
internal static class PublicationDocuments
{
    /// <summary>Null where a part of the name cannot be in a key.</summary>
    public static string? Key(ApiSchema schema) => ReleaseDocuments.SchemaKey(schema);

    /// <summary>The gateway's file beside it. It loads the files whose names start with <c>schema</c>.</summary>
    public static string? GatewayKey(ApiSchema schema) => Key(schema) is null
        ? null
        : ConfigKey.Schema(schema.Group, schema.Project, schema.Service, schema.Version, GatewaySchemaJson.FileName(schema));

    /// <summary>The gateway's file, or why its dialect cannot say this API.</summary>
    public static Result<byte[]> Gateway(ApiSchema schema)
    {
        var written = SchemaWriter.Write(schema, SchemaFormat.Webgate);
        return written.IsSuccess ? Encoding.UTF8.GetBytes(written.Value.Text) : written.Error;
    }

    /// <summary>
    /// True where the bytes are this schema. A console of another version may have written them with other members left out: what is
    /// read from them counts.
    /// </summary>
    public static bool IsSame(ReadOnlyMemory<byte> value, ApiSchema schema) =>
        ApiSchemaJson.TryRead(value, out var known) && ApiSchemaJson.Write(known).AsSpan().SequenceEqual(ApiSchemaJson.Write(schema));
}
