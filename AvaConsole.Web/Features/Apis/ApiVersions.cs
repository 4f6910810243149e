using System.Globalization;

namespace AvaConsole.Web.Features.Apis;

/// <summary>What may follow a published semantic version.</summary>
public static class ApiVersions
{
    /// <summary><c>1.2.3</c> → <c>1.2.4</c>, <c>1.3.0</c>, <c>2.0.0</c>; none where it is not of that form.</summary>
    public static IReadOnlyList<string> Next(string version)
    {
        var core = version.Split('-', '+')[0].Split('.');
        if (core.Length != 3 || !core.All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            return [];
        }

        var (major, minor, patch) = (int.Parse(core[0], CultureInfo.InvariantCulture), int.Parse(core[1], CultureInfo.InvariantCulture), int.Parse(core[2], CultureInfo.InvariantCulture));
        return [$"{major}.{minor}.{patch + 1}", $"{major}.{minor + 1}.0", $"{major + 1}.0.0"];
    }
}
