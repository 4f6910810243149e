using System.Globalization;
using AvaConsole.Core.Naming;
using AvaConsole.Core.Releases;

namespace AvaConsole.Web.Features.Apps;

/// <summary>What is typed into the form of an app, until it is saved.</summary>
public sealed class AppForm
{
    public string Command { get; set; } = "";

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
        Description = app.Description,
        Public = app.Public,
        ApiId = app.ApiId?.ToString() ?? "",
        OwnerId = app.OwnerId.ToString(),
        OwnerUid = app.OwnerUid == 0 ? "" : app.OwnerUid.ToString(CultureInfo.InvariantCulture),
        AccessKey = app.AccessKey,
    };

    /// <summary>Null where the owner's number cannot be read.</summary>
    public AppRequest? ToRequest()
    {
        var uid = 0L;
        if (!string.IsNullOrWhiteSpace(OwnerUid) && !long.TryParse(OwnerUid.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out uid))
        {
            return null;
        }

        var secret = RemoveSecretKey ? "" : SecretKey.Length == 0 ? null : SecretKey;
        return new AppRequest(Command.Trim(), Description.Trim(), Public, ParseId(ApiId), uid, AccessKey.Trim(), secret, ParseId(OwnerId));
    }

    private static Guid? ParseId(string text) => Guid.TryParse(text, out var id) ? id : null;
}
