using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace AvaConsole.Core.Schemas.Versions;

/// <summary>A version by Semantic Versioning 2.0.0, ordered by its precedence; build metadata counts for nothing.</summary>
public sealed record SemanticVersion : IComparable<SemanticVersion>
{
    private SemanticVersion(BigInteger major, BigInteger minor, BigInteger patch, IReadOnlyList<string> prerelease) =>
        (Major, Minor, Patch, Prerelease) = (major, minor, patch, prerelease);

    public static SemanticVersion First { get; } = new(1, 0, 0, []);

    public BigInteger Major { get; }

    public BigInteger Minor { get; }

    public BigInteger Patch { get; }

    /// <summary>Dot-separated identifiers; empty for a release proper.</summary>
    public IReadOnlyList<string> Prerelease { get; }

    public bool IsPrerelease => Prerelease.Count > 0;

    /// <summary>The release that a pre-release leads up to; a release itself.</summary>
    public SemanticVersion Core => IsPrerelease ? new(Major, Minor, Patch, []) : this;

    public static bool TryParse(string text, [NotNullWhen(true)] out SemanticVersion? version)
    {
        version = null;
        if (!SchemaNames.IsVersion(text))
        {
            return false;
        }

        var bare = text.Split('+')[0];
        var dash = bare.IndexOf('-', StringComparison.Ordinal);
        var numbers = (dash < 0 ? bare : bare[..dash]).Split('.');
        version = new SemanticVersion(Number(numbers[0]), Number(numbers[1]), Number(numbers[2]), dash < 0 ? [] : bare[(dash + 1)..].Split('.'));
        return true;
    }

    /// <summary>The least release after this one that may hold such changes. Below 1.0.0 the minor number is the one that may break.</summary>
    public SemanticVersion Next(VersionBump bump) => (bump, Major.IsZero) switch
    {
        (VersionBump.Major, false) => new(Major + 1, 0, 0, []),
        (VersionBump.Major, true) or (VersionBump.Minor, false) => new(Major, Minor + 1, 0, []),
        _ => new(Major, Minor, Patch + 1, []),
    };

    public int CompareTo(SemanticVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        var core = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return core != 0 ? core : ComparePrerelease(Prerelease, other.Prerelease);
    }

    public bool Equals(SemanticVersion? other) => CompareTo(other) == 0;

    public override int GetHashCode() => HashCode.Combine(Major, Minor, Patch, string.Join('.', Prerelease));

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}") + (IsPrerelease ? "-" + string.Join('.', Prerelease) : "");

    public static bool operator <(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) >= 0;

    /// <summary>A pre-release comes before its release; numbers before words; the shorter list first.</summary>
    private static int ComparePrerelease(IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        if (left.Count == 0 || right.Count == 0)
        {
            return right.Count.CompareTo(left.Count) switch { > 0 => 1, < 0 => -1, _ => 0 };
        }

        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            var (isLeftNumber, isRightNumber) = (left[i].All(char.IsAsciiDigit), right[i].All(char.IsAsciiDigit));
            var order = (isLeftNumber, isRightNumber) switch
            {
                (true, true) => Number(left[i]).CompareTo(Number(right[i])),
                (true, false) => -1,
                (false, true) => 1,
                _ => string.CompareOrdinal(left[i], right[i]),
            };
            if (order != 0)
            {
                return Math.Sign(order);
            }
        }

        return left.Count.CompareTo(right.Count);
    }

    private static BigInteger Number(string digits) => BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}

/// <summary>How much of a version's number its changes call for.</summary>
public enum VersionBump
{
    /// <summary>Nothing that a caller notices.</summary>
    Patch,

    /// <summary>Something new; callers of the version before go on as they are.</summary>
    Minor,

    /// <summary>Callers of the version before may break.</summary>
    Major,
}
