using AvaConsole.Core.Common;
using Radzen;

namespace AvaConsole.Web.Components.Shared;

/// <summary>Short confirmations of the user's own actions. Call on the renderer's thread (<c>InvokeAsync</c>).</summary>
public interface IToaster
{
    /// <summary>Goes after five seconds.</summary>
    void Success(string text);

    /// <summary>Stays until it is closed.</summary>
    void Error(string text);

    /// <summary>Stays until it is closed.</summary>
    void Error(Error error);
}

/// <inheritdoc />
public sealed class Toaster(NotificationService notifications, ErrorPresenter presenter) : IToaster
{
    private const int MostAtOnce = 3;
    private const double SuccessMilliseconds = 5_000;
    private const double StaysMilliseconds = 24 * 60 * 60 * 1_000;

    public void Success(string text) => Show(NotificationSeverity.Success, text, SuccessMilliseconds);

    public void Error(string text) => Show(NotificationSeverity.Error, text, StaysMilliseconds);

    public void Error(Error error) => Error(presenter.Text(error));

    private void Show(NotificationSeverity severity, string text, double duration)
    {
        while (notifications.Messages.Count >= MostAtOnce)
        {
            notifications.Messages.RemoveAt(0);
        }

        notifications.Notify(new NotificationMessage { Severity = severity, Summary = text, Duration = duration, CloseOnClick = true });
    }
}
