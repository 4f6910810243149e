using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Inference.Hosting;

namespace AvaConsole.Web.Serving;

/// <summary>Finds the release that a caller wants and asks whether it may have it: one rule for all routes.</summary>
internal sealed class ServingGate(IModelHost host)
{
    /// <summary>The release, leased; null with the reason where this caller gets none.</summary>
    public IModelLease? Enter(ServingTarget target, ServingCaller caller, out Error? refused)
    {
        var lease = Acquire(target);
        refused = Judge(target, caller, lease);
        if (refused is null)
        {
            return lease;
        }

        lease?.Dispose();
        return null;
    }

    /// <summary>The same for whoever is about to send a request: refused, too, where the release could not take it now.</summary>
    public IModelLease? EnterToCall(ServingTarget target, ServingCaller caller, out Error? refused)
    {
        var lease = Enter(target, caller, out refused);
        refused ??= lease?.Model.Refuse();
        if (refused is null)
        {
            return lease;
        }

        lease?.Dispose();
        return null;
    }

    private IModelLease? Acquire(ServingTarget target) => target.Version is null
        ? host.TryAcquire(target.App, target.Phase!)
        : host.TryAcquireVersion(target.App, target.Version);

    private Error? Judge(ServingTarget target, ServingCaller caller, IModelLease? lease)
    {
        if (lease is null && !host.IsReady)
        {
            return new UnavailableError("serving.starting");
        }

        // Staging is for the console's own try-out and verification; to anybody else it is not there.
        if (lease is null || (lease.Model.Phase == Phases.Staging && caller is not ServingCaller.ConsoleUser))
        {
            return target.Version is null
                ? new NotFoundError("serving.app_not_found", Shorten(target.App))
                : new NotFoundError("serving.version_not_found", Shorten(target.App), Shorten(target.Version));
        }

        return ServingAccess.IsPermitted(lease.Model.Metadata, caller) ? null : new ForbiddenError("serving.not_acceptable");
    }

    private static string Shorten(string name) => name.Length <= 64 ? name : name[..64] + "…";
}
