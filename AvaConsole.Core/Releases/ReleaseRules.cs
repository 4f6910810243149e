using System.Text.Json;
using AvaConsole.Core.Common;
using AvaConsole.Core.Images;
using AvaConsole.Core.Naming;

namespace AvaConsole.Core.Releases;

/// <summary>What a release must fulfil before it may be saved. All problems at once; fields are the request's properties.</summary>
internal static class ReleaseRules
{
    public const int MaxBatchSize = 1024;
    public const int MaxImageWidth = 16_384;
    private const int MaxSequence = 9_999;
    private const int MaxCustomValues = 65_536;

    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public static List<Problem> Check(ReleaseRequest request)
    {
        var problems = new List<Problem>();
        AddUnless(VersionNames.IsVersion(VersionOf(request)), nameof(request.Version), "release.version_invalid");
        AddUnless(VersionNames.IsVersion(request.ImageVersion), nameof(request.ImageVersion), "release.image_version_invalid");
        AddUnless(IsRecommended(request) || !string.IsNullOrWhiteSpace(request.VersionReason), nameof(request.VersionReason), "release.version_reason_required");
        Text.Check(problems, nameof(request.VersionReason), request.VersionReason, Text.LongLength);
        AddUnless(request.Sequence is >= 0 and <= MaxSequence, nameof(request.Sequence), "release.sequence_range", 0, MaxSequence);
        AddUnless(request.BatchSize is >= 1 and <= MaxBatchSize, nameof(request.BatchSize), "release.batch_size_range", 1, MaxBatchSize);
        AddUnless(request.ImageWidth is >= 0 and <= MaxImageWidth, nameof(request.ImageWidth), "release.image_width_range", 0, MaxImageWidth);
        AddUnless(IsObject(request.CustomValues), nameof(request.CustomValues), "release.custom_values_not_object");
        Text.Check(problems, nameof(request.CustomValues), request.CustomValues, MaxCustomValues);
        if (string.IsNullOrWhiteSpace(request.Image))
        {
            problems.Add(new Problem(nameof(request.Image), "release.image_required"));
        }
        else
        {
            AddUnless(ImageReference.TryParse(request.Image.Trim(), out _), nameof(request.Image), "release.image_invalid");
        }

        problems.AddRange(CheckFiles(request.CustomFiles));
        return problems;

        void AddUnless(bool holds, string field, string code, params object?[] args)
        {
            if (!holds)
            {
                problems.Add(new Problem(field, code, args));
            }
        }
    }

    /// <summary>As entered; rendered from its parts where nothing was.</summary>
    public static string VersionOf(ReleaseRequest request) => string.IsNullOrWhiteSpace(request.Version)
        ? new AppVersion(request.Date, request.ImageVersion, request.Sequence).ToString()
        : request.Version.Trim();

    /// <summary>The version is made from its parts, and the image's part is its image's.</summary>
    public static bool IsRecommended(ReleaseRequest request) =>
        VersionNameRules.IsRecommended(VersionOf(request), new AppVersion(request.Date, request.ImageVersion, request.Sequence), request.Image);

    private static IEnumerable<Problem> CheckFiles(IReadOnlyDictionary<string, string> files)
    {
        const string Field = nameof(ReleaseRequest.CustomFiles);
        if (files.Count > CustomFileRules.MaxFiles)
        {
            yield return new Problem(Field, "release.too_many_custom_files", CustomFileRules.MaxFiles);
        }

        foreach (var (name, url) in files)
        {
            if (!CustomFileRules.IsName(name))
            {
                yield return new Problem($"{Field}[{name}].Name", "release.custom_file_name", name);
            }

            if (!CustomFileRules.TryParseUrl(url, out _))
            {
                yield return new Problem($"{Field}[{name}].Url", "release.custom_file_url", name);
            }
        }
    }

    private static bool IsObject(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, s_strict);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
