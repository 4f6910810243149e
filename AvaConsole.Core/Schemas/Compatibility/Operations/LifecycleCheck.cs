using System.Globalization;
using System.Text.Json.Nodes;
using AvaConsole.Core.Schemas.Compatibility.Documents;

namespace AvaConsole.Core.Schemas.Compatibility.Operations;

/// <summary>Deprecation, reactivation and sunset of an operation.</summary>
internal static class LifecycleCheck
{
    public static void Check(OperationPair pair)
    {
        var (from, to) = (pair.From, pair.To);
        if (from.IsDeprecated && !to.IsDeprecated)
        {
            pair.Add("endpoint-reactivated", to.Pointer);
        }
        else if (!from.IsDeprecated && to.IsDeprecated)
        {
            Say(pair, Sunset.OfDeprecation(to.Node, to.Stability, pair.Sink.Options), "api-deprecated-sunset-parse");
        }

        Say(pair, Sunset.OfChange(from.Node, to.Node, to.Stability, pair.Sink.Options), "api-path-sunset-parse");
    }

    private static void Say(OperationPair pair, SunsetVerdict verdict, string unreadable)
    {
        var id = verdict switch
        {
            SunsetVerdict.Deprecated => "endpoint-deprecated",
            SunsetVerdict.DeprecatedWithSunset => "endpoint-deprecated-with-sunset",
            SunsetVerdict.Missing => "api-deprecated-sunset-missing",
            SunsetVerdict.TooSoon => "api-sunset-date-too-small",
            SunsetVerdict.Deleted => "sunset-deleted",
            SunsetVerdict.MovedTooSoon => "api-sunset-date-changed-too-small",
            SunsetVerdict.Unreadable => unreadable,
            _ => null,
        };
        if (id is not null)
        {
            Add(pair, id);
        }
    }

    private static void Add(OperationPair pair, string id)
    {
        var days = Sunset.DaysOf(pair.To.Stability, pair.Sink.Options).ToString(CultureInfo.InvariantCulture);
        pair.Add(id, pair.To.Pointer, "", Sunset.Text(pair.From.Node), Sunset.Text(pair.To.Node), days);
    }
}
