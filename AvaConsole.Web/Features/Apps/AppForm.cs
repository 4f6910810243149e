using System.Globalization;
using AvaConsole.Core.Naming;
using AvaConsole.Core.Releases;

namespace AvaConsole.Web.Features.Apps;

/// <summary>What is typed into the form of an app, until it is saved.</summary>
public sealed class AppForm
{
    public string Command { get; set; } = "";

    /// <summary>The instance is not to have the recommended name.</summary>
    public bool HasOwnInstance { get; set; }

    /// <summary>Kept where <see cref="HasOwnInstance"/> is taken back, so that trying it loses nothing.</summary>
    public string InstanceName { get; set; } = "";

    public string NameReason { get; set; } = "";

    public string Description { get; set; } = "";

    public bool Public { get; set; } = true;

    public string ApiId { get; set; } = "";

    public string OwnerId { get; set; } = "";

    public string OwnerUid { get; set; } = "";

    public string AccessKey { get; set; } = "";

    /// <summary>Never filled with the stored one. Empty keeps it.</summary>
    public string SecretKey { get; set; } = "";

    public bool RemoveSecretKey { get; set; }

    public static AppForm From(App app) => new()
    {
        Command = app.Command,
        InstanceName = app.InstanceName,
        NameReason = app.NameReason,
        Description = app.Description,
        Public = app.Public,
        ApiId = app.ApiId?.ToString() ?? "",
        OwnerId = app.OwnerId.ToString(),
        OwnerUid = app.OwnerUid == 0 ? "" : app.OwnerUid.ToString(CultureInfo.InvariantCulture),
        AccessKey = app.AccessKey,
    };

    public AppForm WithoutSecret()
    {
        var copy = (AppForm)MemberwiseClone();
        copy.SecretKey = "";
        return copy;
    }

    /// <summary>Null where the owner's number cannot be read.</summary>
    public AppRequest? ToRequest()
    {
        var uid = 0L;
        if (!string.IsNullOrWhiteSpace(OwnerUid) && !long.TryParse(OwnerUid.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out uid))
        {
            return null;
        }

        var secret = RemoveSecretKey ? "" : SecretKey.Length == 0 ? null : SecretKey;
        return new AppRequest(Command.Trim(), Description.Trim(), Public, ParseId(ApiId), uid, AccessKey.Trim(), secret, ParseId(OwnerId))
        {
            InstanceName = HasOwnInstance ? InstanceName.Trim() : "",
            NameReason = HasOwnInstance ? NameReason.Trim() : "",
        };
    }

    public AppNameQuery ToNameQuery() => new(Command.Trim(), HasOwnInstance ? InstanceName.Trim() : "");

    private static Guid? ParseId(string text) => Guid.TryParse(text, out var id) ? id : null;
}
