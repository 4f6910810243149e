using Microsoft.JSInterop;

namespace AvaConsole.Web.Infrastructure.Browser;

public static class JSReferenceExtensions
{
    /// <summary>The tab may be gone already; then there is nothing left to dispose.</summary>
    public static async ValueTask SafeDisposeAsync(this IJSObjectReference? reference)
    {
        if (reference is null)
        {
            return;
        }

        try
        {
            await reference.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // Expected on navigation away and on lost connections.
        }
    }
}
