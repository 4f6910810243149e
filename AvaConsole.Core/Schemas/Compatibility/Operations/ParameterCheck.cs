using System.Globalization;
using AvaConsole.Core.Schemas.Compatibility.Documents;
using AvaConsole.Core.Schemas.Compatibility.Schemas;

namespace AvaConsole.Core.Schemas.Compatibility.Operations;

/// <summary>Parameters of an operation: come, gone, required or not, deprecated or not. What their schemas say is compared elsewhere.</summary>
internal sealed class ParameterCheck(SchemaComparer schemas)
{
    public void Check(OperationPair pair)
    {
        var match = new ParameterMatch(pair.From.Document, pair.From.Parameters, pair.To.Document, pair.To.Parameters, pair.ParameterNames);
        foreach (var parameter in match.Removed)
        {
            Removed(pair, parameter);
        }

        foreach (var parameter in match.Added)
        {
            Added(pair, parameter);
        }

        foreach (var parameter in match.Pairs)
        {
            Changed(pair, parameter);
        }
    }

    private static void Removed(OperationPair pair, Parameter parameter)
    {
        if (!parameter.IsDeprecated)
        {
            Add(pair, "request-parameter-removed", parameter);
        }
        else if (!parameter.Node.ContainsKey("x-sunset"))
        {
            Add(pair, "request-parameter-removed-with-deprecation", parameter);
        }
        else if (JsonReading.AsDay(parameter.Sunset) is not { } sunset)
        {
            Add(pair, "request-parameter-sunset-parse", parameter);
        }
        else if (pair.Sink.Options.Day < sunset)
        {
            Add(pair, "request-parameter-removed-before-sunset", parameter);
        }
    }

    private static void Added(OperationPair pair, Parameter parameter)
    {
        if (parameter.In == "path")
        {
            Add(pair, "new-request-path-parameter", parameter);
        }
        else
        {
            // Of two parameters of one name, in the query and in a header say, oasdiff judges both by the first.
            var judged = pair.To.Parameters.First(candidate => candidate.WireName == parameter.WireName);
            Add(pair, judged.IsRequired ? "new-required-request-parameter" : "new-optional-request-parameter", parameter);
        }
    }

    private void Changed(OperationPair pair, ParameterPair parameter)
    {
        var (from, to) = (parameter.From, parameter.To);
        if (from.IsRequired != to.IsRequired)
        {
            Add(pair, to.IsRequired ? "request-parameter-became-required" : "request-parameter-became-optional", parameter);
        }

        Lifecycle(pair, parameter);
        var site = new SchemaSite(SchemaPlace.RequestParameter, pair.Path, pair.Method, JsonPointer.Of(to.Pointer, "schema"))
        {
            ParameterIn = parameter.In,
            ParameterName = parameter.Name,
            IsRequiredParameter = from.IsRequired || to.IsRequired,
            IsExplodedForm = to.IsExplodedForm,
            Stability = pair.To.Stability.Label,
        };
        schemas.Compare(site, pair.From.Document.Schemas.View(from.Schema), pair.To.Document.Schemas.View(to.Schema), pair.Sink);
    }

    private static void Lifecycle(OperationPair pair, ParameterPair parameter)
    {
        var (from, to) = (parameter.From, parameter.To);
        if (from.IsDeprecated && !to.IsDeprecated)
        {
            Add(pair, "request-parameter-reactivated", parameter);
        }
        else if (!from.IsDeprecated && to.IsDeprecated)
        {
            Say(pair, parameter, Sunset.OfDeprecation(to.Node, pair.To.Stability, pair.Sink.Options));
        }

        Say(pair, parameter, Sunset.OfChange(from.Node, to.Node, pair.To.Stability, pair.Sink.Options));
    }

    private static void Say(OperationPair pair, ParameterPair parameter, SunsetVerdict verdict)
    {
        var id = verdict switch
        {
            SunsetVerdict.Deprecated or SunsetVerdict.DeprecatedWithSunset => "request-parameter-deprecated",
            SunsetVerdict.Missing => "request-parameter-deprecated-sunset-missing",
            SunsetVerdict.TooSoon => "request-parameter-sunset-date-too-small",
            SunsetVerdict.Deleted => "request-parameter-sunset-deleted",
            SunsetVerdict.MovedTooSoon => "request-parameter-sunset-date-changed-too-small",
            SunsetVerdict.Unreadable => "request-parameter-sunset-parse",
            _ => null,
        };
        if (id is not null)
        {
            Add(pair, id, parameter);
        }
    }

    private static void Add(OperationPair pair, string id, Parameter parameter) =>
        pair.Add(id, parameter.Pointer, parameter.Name, Sunset.Text(parameter.Node), "", parameter.In);

    private static void Add(OperationPair pair, string id, ParameterPair parameter)
    {
        var days = Sunset.DaysOf(pair.To.Stability, pair.Sink.Options).ToString(CultureInfo.InvariantCulture);
        pair.Add(id, parameter.To.Pointer, parameter.Name, Sunset.Text(parameter.From.Node), Sunset.Text(parameter.To.Node), parameter.In, days);
    }
}
