namespace AvaConsole.Core.Accounts;

/// <summary>What a service method asks of its <see cref="Actor"/>.</summary>
public enum Permission
{
    /// <summary>See everything that is not secret.</summary>
    View,

    /// <summary>Edit API drafts and publish API versions.</summary>
    DesignApi,

    /// <summary>Create and edit apps and their test cases, upload model packages.</summary>
    ManageApps,

    /// <summary>Create, verify and submit releases, propose promotions and rollbacks, apply approved plans.</summary>
    Release,

    /// <summary>Approve or reject change plans.</summary>
    Approve,

    /// <summary>Read the audit log.</summary>
    ViewAudit,

    /// <summary>Create accounts, set roles and the approval mode.</summary>
    Administer,
}
