using AvaConsole.Core.Common;

namespace AvaConsole.Core.Naming;

/// <summary>
/// All that wizards show of a name while it is typed, in one call: what is wrong with it, what else to know, which is free instead, and where it
/// will be seen. A page that says who it is holds the name from then on, until it closes or <see cref="NameReservations.Lifetime"/> passes.
/// </summary>
public sealed class NamingService(AppNaming apps, ReleaseNaming releases, ImageNaming images, NameReservations reservations)
{
    /// <param name="holder">Null only to look.</param>
    public Task<AppNameVerdict> CheckAppAsync(AppNameQuery query, NameHolder? holder, CancellationToken ct) => apps.CheckAsync(query, holder, ct);

    /// <summary>A command like this one that is free at this moment, and the page's.</summary>
    public Task<AppNameVerdict> TakeFreeAppAsync(AppNameQuery query, NameHolder holder, CancellationToken ct) => apps.TakeFreeAsync(query, holder, ct);

    /// <inheritdoc cref="CheckAppAsync"/>
    public Task<Result<VersionNameVerdict>> CheckVersionAsync(VersionNameQuery query, NameHolder? holder, CancellationToken ct) => releases.CheckAsync(query, holder, ct);

    /// <inheritdoc cref="CheckAppAsync"/>
    public Task<ImageNameVerdict> CheckImageAsync(ImageNameQuery query, NameHolder? holder, CancellationToken ct) => images.CheckAsync(query, holder, ct);

    /// <summary>Where the team pushes images.</summary>
    public Task<IReadOnlyList<ImageTarget>> ListTargetsAsync(CancellationToken ct) => images.ListTargetsAsync(ct);

    /// <summary>False where the page holds nothing any more, because it was away for too long.</summary>
    public Task<bool> RenewAsync(Guid page, CancellationToken ct) => reservations.RenewAsync(page, ct);

    public Task ReleaseAsync(Guid page, CancellationToken ct) => reservations.ReleaseAsync(page, ct);
}
