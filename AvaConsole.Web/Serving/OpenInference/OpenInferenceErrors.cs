using AvaConsole.Core.Common;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>The path is known, but not with this method (HTTP 405).</summary>
/// <param name="Allowed">For example <c>POST</c>.</param>
internal sealed record MethodError(string Allowed) : Error("oip.method", Allowed);

/// <summary>The body is compressed in a way that is not read here (HTTP 415).</summary>
internal sealed record EncodingError(string Given) : Error("oip.encoding", Given);

/// <summary>Part of the protocol, but not to be had here (HTTP 501).</summary>
internal sealed record UnsupportedError(string Code) : Error(Code);
