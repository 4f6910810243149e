namespace AvaConsole.Core.Common;

/// <summary>
/// An expected outcome that is not success. <see cref="Code"/> is stable and is the key of the localised text
/// (<c>Resources/Errors.resx</c> in the Web project), <see cref="Args"/> fill that text's placeholders <c>{0}</c>, <c>{1}</c>….
/// Bugs and outages are exceptions, not errors.
/// </summary>
/// <param name="Code">For example <c>release.not_found</c>.</param>
/// <param name="Args">Values named in the message: the field's value, limits, names. Never a secret.</param>
public abstract record Error(string Code, params object?[] Args);

/// <summary>The thing addressed does not exist, or the caller may not know that it does (HTTP 404).</summary>
public sealed record NotFoundError(string Code, params object?[] Args) : Error(Code, Args);

/// <summary>The state moved or forbids the step: edited meanwhile, exists already, wrong phase (HTTP 409).</summary>
public sealed record ConflictError(string Code, params object?[] Args) : Error(Code, Args);

/// <summary>The caller lacks the permission (HTTP 403).</summary>
public sealed record ForbiddenError(string Code, params object?[] Args) : Error(Code, Args);

/// <summary>A part that is needed did not answer; nothing was changed and trying again may help (HTTP 503).</summary>
public sealed record UnavailableError(string Code, params object?[] Args) : Error(Code, Args);

/// <summary>One or more values cannot be accepted (HTTP 400). Validators report all problems at once.</summary>
public sealed record InvalidError(IReadOnlyList<Problem> Problems) : Error("invalid")
{
    public InvalidError(string field, string code, params object?[] args) : this([new Problem(field, code, args)])
    {
    }
}

/// <summary>What is wrong with one value.</summary>
/// <param name="Field">Path of the value as the user knows it, for example <c>Parameters[2].Maximum</c>; empty for the whole.</param>
/// <param name="Code">Key of the localised text, for example <c>schema.minimum_above_maximum</c>.</param>
/// <param name="Args">Values for the text's placeholders.</param>
public sealed record Problem(string Field, string Code, params object?[] Args);

/// <summary>Too much is in flight already (HTTP 429).</summary>
/// <param name="RetryAfterSeconds">When trying again may succeed; at least 1.</param>
public sealed record BusyError(string Code, int RetryAfterSeconds, params object?[] Args) : Error(Code, Args);

/// <summary>It took longer than the configured time (HTTP 504).</summary>
public sealed record TimeoutError(string Code, params object?[] Args) : Error(Code, Args);
