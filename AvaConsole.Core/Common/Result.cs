using System.Diagnostics.CodeAnalysis;

namespace AvaConsole.Core.Common;

/// <summary>Success without a value, or the <see cref="Error"/> that says why not.</summary>
public readonly record struct Result(Error? Error)
{
    public static Result Success => default;

    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    public static implicit operator Result(Error error) => new(error);
}

/// <summary>A value, or the <see cref="Error"/> that says why there is none.</summary>
public sealed record Result<T>
{
    private Result(T? value, Error? error) => (Value, Error) = (value, error);

    public T? Value { get; }

    public Error? Error { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);
}
