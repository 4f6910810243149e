using AvaConsole.Core.Accounts;

namespace AvaConsole.Web.Serving;

/// <summary>Who calls a model.</summary>
public abstract record ServingCaller
{
    private ServingCaller()
    {
    }

    /// <summary>A program that presented nothing.</summary>
    public static ServingCaller Anonymous { get; } = new AnonymousCaller();

    public sealed record AnonymousCaller : ServingCaller;

    /// <summary>A program that presented the owner's key pair, rightly or not.</summary>
    public sealed record KeyHolder(string AccessKey, string SecretKey) : ServingCaller
    {
        public override string ToString() => $"KeyHolder {AccessKey}";
    }

    /// <summary>A signed-in user on the console's own try-out page; may call releases in staging, too.</summary>
    public sealed record ConsoleUser(Actor Actor) : ServingCaller;
}
