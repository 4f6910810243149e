using AvaConsole.Core.Accounts;

namespace AvaConsole.Web.Components.Layout;

public static class RoleTexts
{
    /// <summary>Key in <c>Resources/LayoutText</c> of a role's name.</summary>
    public static string Key(string role) => role switch
    {
        Roles.Designer => "RoleDesigner",
        Roles.Releaser => "RoleReleaser",
        Roles.Approver => "RoleApprover",
        Roles.Admin => "RoleAdmin",
        _ => "RoleViewer",
    };
}
