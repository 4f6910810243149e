namespace AvaConsole.Core.Schemas.Lint;

/// <summary>Payload and response entries.</summary>
internal static class PayloadLint
{
    public static void CheckAll(LintSite<IReadOnlyList<PayloadEntry>> list, IReadOnlyList<PayloadEntry> entries, LintSink sink)
    {
        NameLint.Check(list, entries, entry => entry.Name, (entry, name) => entry with { Name = name }, sink);
        for (var i = 0; i < entries.Count; i++)
        {
            Check(list.Element(i), entries[i], sink);
        }
    }

    private static void Check(LintSite<PayloadEntry> site, PayloadEntry entry, LintSink sink)
    {
        IdentityLint.CheckDescription(site.Member("Description"), entry.Description, sink);
        if (!PayloadTypes.All.Contains(entry.Type))
        {
            // The gateway takes an unknown type for audio without a word, so it must not get that far.
            var fix = TypeLint.NearPayloadType(entry.Type) is null
                ? null
                : site.Fix(now => !PayloadTypes.All.Contains(now.Type) && TypeLint.NearPayloadType(now.Type) is { } type ? now with { Type = type } : now);
            sink.Add("schema.payload_type_unknown", site.Member("Type"), fix, entry.Type);
            return;
        }

        WordLint.Check(site, entry, sink);
        AudioLint.Check(site, entry, sink);
        TensorLint.Check(site, entry, sink);
        CheckBytes(site, entry, sink);
        CheckContent(site, entry, sink);
    }

    private static void CheckBytes(LintSite<PayloadEntry> site, PayloadEntry entry, LintSink sink)
    {
        if (entry.MinBytes < 0)
        {
            sink.Add("schema.bytes_negative", site.Member("MinBytes"), site.Fix(now => now.MinBytes < 0 ? now with { MinBytes = null } : now), entry.MinBytes);
        }

        if (entry.MaxBytes < 0)
        {
            sink.Add("schema.bytes_negative", site.Member("MaxBytes"), site.Fix(now => now.MaxBytes < 0 ? now with { MaxBytes = null } : now), entry.MaxBytes);
        }

        if (entry.MinBytes > entry.MaxBytes)
        {
            var fix = site.Fix(now => now.MinBytes > now.MaxBytes ? now with { MinBytes = now.MaxBytes, MaxBytes = now.MinBytes } : now);
            sink.Add("schema.min_bytes_above_max_bytes", site.Member("MinBytes"), fix, entry.MinBytes, entry.MaxBytes);
        }
    }

    private static void CheckContent(LintSite<PayloadEntry> site, PayloadEntry entry, LintSink sink)
    {
        if (entry.Content is not { } content)
        {
            return;
        }

        if (entry.Type == PayloadTypes.Json)
        {
            ParameterLint.Check(site.OptionalPart("Content", now => now.Content, (now, part) => now with { Content = part }), content, 1, sink);
        }
        else
        {
            sink.Add("schema.content_only_json", site.Member("Content"), site.Fix(now => now.Type == PayloadTypes.Json ? now : now with { Content = null }), entry.Type);
        }
    }
}
