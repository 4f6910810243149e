namespace AvaConsole.Core.Configuration.Etcd;

/// <summary>etcd answered that it will not do this. Nothing was changed.</summary>
internal sealed class EtcdRefusedException(int code, string message) : Exception(message)
{
    private const int InvalidArgument = 3;
    private const int NotFound = 5;
    private const int PermissionDenied = 7;
    private const int FailedPrecondition = 9;
    private const int OutOfRange = 11;
    public const int Unauthenticated = 16;

    public int Code { get; } = code;

    public bool IsNotFound => Code == NotFound;

    public bool IsPermissionDenied => Code == PermissionDenied;

    public bool IsCompacted => Code == OutOfRange && Message.Contains("compacted", StringComparison.Ordinal);

    /// <summary>The token ran out, the server was restarted or the users were changed: sign in again.</summary>
    public bool IsTokenInvalid => Code == Unauthenticated || Message.Contains("revision of auth store is old", StringComparison.Ordinal);

    /// <summary>
    /// Only these gRPC codes say that nothing happened. The others, among them RESOURCE_EXHAUSTED for a full database and
    /// UNAVAILABLE for a lost leader, may follow a write that succeeded.
    /// </summary>
    public static bool IsRefusal(int code) =>
        code is InvalidArgument or NotFound or PermissionDenied or FailedPrecondition or OutOfRange or Unauthenticated;
}

/// <summary>One endpoint did not answer, or not usefully.</summary>
/// <param name="sent">The request's body may have left this process, so that a write may have been made.</param>
internal sealed class EtcdUnreachableException(string message, bool sent, Exception? inner = null) : Exception(message, inner)
{
    public bool Sent { get; } = sent;
}
