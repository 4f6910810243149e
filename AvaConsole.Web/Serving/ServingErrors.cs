using AvaConsole.Core.Common;

namespace AvaConsole.Web.Serving;

/// <summary>The body is longer than a call may be (HTTP 413).</summary>
internal sealed record BodyTooLargeError(long MaxBytes) : Error("request.body_too_large", MaxBytes);

/// <summary>The body is of another media type, or compressed (HTTP 415; 400 in AVA's form).</summary>
internal sealed record ContentTypeError(string Expected) : Error("request.content_type", Expected);

/// <summary>A fault of ours (HTTP 500). What happened is in the log under the request's id, and nowhere else.</summary>
internal sealed record InternalError() : Error("serving.internal");
