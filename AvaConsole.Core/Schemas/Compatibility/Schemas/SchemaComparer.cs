using AvaConsole.Core.Schemas.Compatibility.Schemas.Rules;

namespace AvaConsole.Core.Schemas.Compatibility.Schemas;

/// <summary>Compares the schemas of two documents by oasdiff's rules; one comparer serves all places of one pair of documents.</summary>
internal sealed class SchemaComparer
{
    /// <summary>Places looked at within one schema. Thirty schemas that each refer to the next one twice have more than any machine could visit.</summary>
    private const int MaxPlaces = 20_000;

    /// <summary>Places looked at in two documents.</summary>
    private const int MaxPlacesInAll = 500_000;

    private readonly SchemaDiffer _differ = new();

    private int _placesInAll;

    /// <summary>Every place was looked at.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>
    /// Adds every change between two schemas of one place to <paramref name="sink"/>; nothing where one of them is missing,
    /// because a schema that appears or disappears is the business of the place that held it.
    /// </summary>
    public void Compare(SchemaSite site, SchemaView? from, SchemaView? to, ChangeSink sink)
    {
        if (_differ.Diff(from, to) is not { IsChange: true } delta)
        {
            return;
        }

        Check(new SchemaSpot(site, delta, step: null, _differ, sink));
        if (site.Place == SchemaPlace.ResponseHeader)
        {
            return;
        }

        var places = 0;
        foreach (var step in SchemaWalk.Below(delta, site.Pointer))
        {
            if (++places > MaxPlaces || ++_placesInAll > MaxPlacesInAll)
            {
                IsComplete = false;
                return;
            }

            if (step.Delta.IsChange)
            {
                Check(new SchemaSpot(site, step.Delta, step, _differ, sink));
            }
        }
    }

    private static void Check(SchemaSpot spot)
    {
        PropertyRules.Check(spot);
        TypeRules.Check(spot);
        ValueRules.Check(spot);
        BoundRules.Check(spot);
        StructureRules.Check(spot);
        LifecycleRules.Check(spot);
    }
}
