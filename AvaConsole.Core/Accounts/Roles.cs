namespace AvaConsole.Core.Accounts;

/// <summary>The five fixed roles. An account holds any number of them.</summary>
public static class Roles
{
    public const string Viewer = "viewer";
    public const string Designer = "designer";
    public const string Releaser = "releaser";
    public const string Approver = "approver";
    public const string Admin = "admin";

    public static IReadOnlyList<string> All { get; } = [Viewer, Designer, Releaser, Approver, Admin];

    /// <summary>What the roles together permit. <see cref="Admin"/> permits everything.</summary>
    public static bool Permit(IEnumerable<string> roles, Permission permission) => roles.Any(role => role switch
    {
        Admin => true,
        Viewer => permission is Permission.View,
        Designer => permission is Permission.View or Permission.DesignApi,
        Releaser => permission is Permission.View or Permission.ManageApps or Permission.Release,
        Approver => permission is Permission.View or Permission.Approve or Permission.ViewAudit,
        _ => false,
    });
}
