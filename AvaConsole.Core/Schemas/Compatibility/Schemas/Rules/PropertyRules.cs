namespace AvaConsole.Core.Schemas.Compatibility.Schemas.Rules;

/// <summary>Properties that came, went, became required or optional, or left one direction.</summary>
internal static class PropertyRules
{
    public static void Check(SchemaSpot spot)
    {
        switch (spot.Site.Place)
        {
            case SchemaPlace.RequestBody:
                // Properties that went into a branch beside null, or came out of it, are where they were.
                if (!spot.Delta.Shift.IsNullability)
                {
                    CheckRequestExistence(spot);
                }

                CheckRequestRequired(spot);
                CheckMutability(spot);
                break;
            case SchemaPlace.ResponseBody:
                if (!spot.Delta.Shift.IsNullability)
                {
                    CheckResponseExistence(spot);
                }

                CheckResponseRequired(spot);
                CheckMutability(spot);
                break;
            case SchemaPlace.RequestParameter when spot.Site.ParameterIn == "header":
                CheckHeader(spot);
                break;
        }
    }

    private static void CheckRequestExistence(SchemaSpot spot)
    {
        var properties = spot.Delta.Map("properties");
        foreach (var name in properties.Removed.Except(spot.Delta.Shift.MovedProperties))
        {
            if (!spot.From.Properties[name].Node.IsReadOnly)
            {
                Report(spot, "request-property-removed", name);
            }
        }

        foreach (var name in properties.Added)
        {
            var property = spot.To.Properties[name].Node;
            if (!property.IsReadOnly)
            {
                Report(spot, !spot.To.Required.Contains(name) ? "new-optional-request-property"
                    : property.Has("default") ? "new-required-request-property-with-default" : "new-required-request-property", name);
            }
        }
    }

    private static void CheckRequestRequired(SchemaSpot spot)
    {
        foreach (var name in spot.Delta.Required.Added.Where(name => IsKept(spot, name)))
        {
            var hasDefault = spot.To.Properties[name].Node.Has("default");
            Report(spot, hasDefault ? "request-property-became-required-with-default" : "request-property-became-required", name);
        }

        foreach (var name in spot.Delta.Required.Removed.Where(name => IsKept(spot, name)))
        {
            Report(spot, "request-property-became-optional", name);
        }

        static bool IsKept(SchemaSpot spot, string name) => spot.From.Properties.ContainsKey(name) && spot.To.Properties.TryGetValue(name, out var property) && !property.Node.IsReadOnly;
    }

    private static void CheckResponseExistence(SchemaSpot spot)
    {
        var properties = spot.Delta.Map("properties");
        foreach (var name in properties.Removed.Except(spot.Delta.Shift.MovedProperties))
        {
            Report(spot, $"{Kind(spot.From, name)}-removed", name);
        }

        foreach (var name in properties.Added)
        {
            Report(spot, $"{Kind(spot.To, name)}-added", name);
        }

        static string Kind(SchemaNode node, string name) =>
            $"response-{(node.Required.Contains(name) ? "required" : "optional")}-{(node.Properties[name].Node.IsWriteOnly ? "write-only-" : "")}property";
    }

    private static void CheckResponseRequired(SchemaSpot spot)
    {
        foreach (var name in spot.Delta.Required.Removed)
        {
            // At the top, a name that no property had may have become one.
            if (spot.To.Properties.ContainsKey(name) && (spot.IsRoot || spot.From.Properties.ContainsKey(name)))
            {
                Report(spot, $"response-{WriteOnly(spot, name)}property-became-optional", name);
            }
        }

        foreach (var name in spot.Delta.Required.Added)
        {
            if (spot.To.Properties.ContainsKey(name) && spot.From.Properties.ContainsKey(name))
            {
                Report(spot, $"response-{WriteOnly(spot, name)}property-became-required", name);
            }
        }

        static string WriteOnly(SchemaSpot spot, string name) => (spot.IsRoot ? spot.To : spot.From).Properties[name].Node.IsWriteOnly ? "write-only-" : "";
    }

    private static void CheckMutability(SchemaSpot spot)
    {
        if (spot.Step is not { } step || !step.Parent.To.Properties.ContainsKey(step.Name))
        {
            return;
        }

        var owner = step.Parent.From.Required.Contains(step.Name) ? "required" : "optional";
        foreach (var (keyword, name) in new[] { ("writeOnly", "write-only"), ("readOnly", "read-only") })
        {
            if (spot.Delta.Value(keyword) is { } change)
            {
                spot.ReportAs($"{(spot.IsRequest ? "request" : "response")}-{owner}-property-became-{(change.IsAddition ? "" : "not-")}{name}");
            }
        }
    }

    private static void CheckHeader(SchemaSpot spot)
    {
        if (spot.Delta.Value("enum") is { IsAddition: true })
        {
            spot.ReportAs("request-header-property-became-enum");
        }

        foreach (var name in spot.Delta.Required.Added)
        {
            if (spot.To.Properties.TryGetValue(name, out var property) && !property.Node.IsReadOnly && (!spot.IsRoot || spot.From.Properties.ContainsKey(name)))
            {
                Report(spot, "request-header-property-became-required", name);
            }
        }

        foreach (var name in spot.Delta.Map("properties").Added)
        {
            if (spot.To.Required.Contains(name) && !spot.To.Properties[name].Node.IsReadOnly)
            {
                Report(spot, "new-required-request-header-property", name);
            }
        }
    }

    private static void Report(SchemaSpot spot, string id, string name) => spot.ReportAs(id, name: SchemaWalk.Join(spot.Name, name));
}
