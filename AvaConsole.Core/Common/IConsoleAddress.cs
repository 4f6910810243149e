namespace AvaConsole.Core.Common;

/// <summary>Where other machines reach this console.</summary>
public interface IConsoleAddress
{
    /// <summary><c>Console:PublicUrl</c>, or the first bound address; without a closing slash.</summary>
    string PublicUrl { get; }
}
