using System.Collections.Frozen;

namespace AvaConsole.Core.Schemas.Lint;

/// <summary>One rule of the lint. Its texts are in the resources, under its id.</summary>
/// <param name="Id">For example <c>schema.minimum_above_maximum</c>.</param>
/// <param name="Severity">What a finding does where the project says nothing else.</param>
/// <param name="IsFixed">The project cannot say otherwise: without it no key, no route or no validator can be made of the document.</param>
public sealed record LintRule(string Id, LintSeverity Severity, bool IsFixed = false);

/// <summary>All rules. Severities are data: nothing else in the code knows them.</summary>
public static class LintRules
{
    /// <summary>In the order in which a reader meets the things they are about.</summary>
    public static IReadOnlyList<LintRule> All { get; } =
    [
        Fixed("schema.service_missing"), Fixed("schema.service_invalid"), Fixed("schema.version_missing"), Fixed("schema.version_invalid"),
        Fixed("schema.segment_invalid"), Error("schema.description_too_long"), Warn("schema.description_missing"),
        Fixed("schema.interaction_unknown"), Error("schema.stream_needs_payload"), Warn("schema.response_missing"),
        Fixed("schema.name_missing"), Fixed("schema.name_invalid"), Fixed("schema.name_reserved"), Fixed("schema.name_duplicate"),
        Error("schema.name_taken_by_response"), Fixed("schema.too_many"), Fixed("schema.too_deep"),
        Fixed("schema.type_unknown"), Error("schema.format_wrong_type"), Warn("schema.format_unknown"),
        Error("schema.bound_wrong_type"), Error("schema.bound_not_integer"), Error("schema.bound_outside_format"),
        Error("schema.minimum_above_maximum"), Error("schema.exclusive_bounds_empty"), Warn("schema.bound_redundant"), Error("schema.multiple_not_positive"),
        Error("schema.length_wrong_type"), Error("schema.length_negative"), Error("schema.min_length_above_max_length"),
        Error("schema.pattern_wrong_type"), Error("schema.pattern_invalid"), Error("schema.pattern_catastrophic"),
        Error("schema.items_count_wrong_type"), Error("schema.items_count_negative"), Error("schema.min_items_above_max_items"), Warn("schema.unique_wrong_type"),
        Error("schema.enum_wrong_type"), Error("schema.enum_duplicate"), Error("schema.enum_outside_range"),
        Error("schema.default_wrong_type"), Error("schema.default_outside_range"), Error("schema.default_not_in_enum"), Error("schema.default_breaks_rules"),
        Warn("schema.default_never_used"), Warn("schema.deprecated_required"), Warn("schema.example_invalid"),
        Fixed("schema.items_missing"), Error("schema.items_wrong_type"), Error("schema.properties_wrong_type"), Warn("schema.open_wrong_type"),
        Fixed("schema.payload_type_unknown"), Error("schema.encoding_unknown"), Warn("schema.encoding_alias"), Error("schema.compress_unknown"),
        Error("schema.payload_format_unknown"), Warn("schema.word_duplicate"),
        Error("schema.audio_only"), Error("schema.audio_value_invalid"), Warn("schema.audio_value_unusual"),
        Error("schema.bytes_negative"), Error("schema.min_bytes_above_max_bytes"), Error("schema.content_only_json"),
        Error("schema.tensor_only"), Error("schema.data_type_missing"), Error("schema.data_type_unknown"), Error("schema.shape_invalid"),
        Error("schema.gateway_route_invalid"), Error("schema.gateway_timeout_invalid"), Error("export.webgate_extra"), Error("export.webgate_extra_member"),
        Warn("export.webgate_unique"), Warn("export.webgate_exclusive"), Warn("export.webgate_pattern"),
    ];

    private static readonly FrozenDictionary<string, LintRule> s_byId = All.ToFrozenDictionary(rule => rule.Id, StringComparer.Ordinal);

    /// <summary>Null for an id that no rule has.</summary>
    public static LintRule? Find(string id) => s_byId.GetValueOrDefault(id);

    private static LintRule Error(string id) => new(id, LintSeverity.Error);

    private static LintRule Fixed(string id) => new(id, LintSeverity.Error, IsFixed: true);

    private static LintRule Warn(string id) => new(id, LintSeverity.Warn);
}
