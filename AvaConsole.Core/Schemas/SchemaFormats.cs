namespace AvaConsole.Core.Schemas;

/// <summary>ASE's <c>kind: ApiSchema</c> YAML.</summary>
public static class AseYaml
{
    public static string Write(ApiSchema schema) => throw new NotImplementedException();
}

/// <summary>The gateway's schema.json (<c>meta</c>, <c>schemainput</c>, <c>schemaoutput</c>) in the dialect that it loads.</summary>
public static class GatewaySchemaJson
{
    public static string Write(ApiSchema schema) => throw new NotImplementedException();
}

/// <summary>The document published at <c>/ava/console/schemas/…</c>, from which hosts rebuild the API schema; byte-stable.</summary>
public static class ApiSchemaJson
{
    public static byte[] Write(ApiSchema schema) => throw new NotImplementedException();

    public static bool TryRead(ReadOnlyMemory<byte> value, out ApiSchema? schema) => throw new NotImplementedException();
}
