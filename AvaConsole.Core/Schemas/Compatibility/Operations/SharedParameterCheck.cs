using AvaConsole.Core.Schemas.Compatibility.Documents;

namespace AvaConsole.Core.Schemas.Compatibility.Operations;

/// <summary>Parameters that a path adds for all of its operations at once.</summary>
internal static class SharedParameterCheck
{
    public static void Check(string path, PathPair pair, ChangeSink sink)
    {
        var match = new ParameterMatch(pair.From.Document, pair.From.Parameters, pair.To.Document, pair.To.Parameters, pair.ParameterNames);
        foreach (var parameter in match.Added.Where(parameter => parameter.In != "path"))
        {
            var id = parameter.IsRequired ? "new-required-request-default-parameter-to-existing-path" : "new-optional-request-default-parameter-to-existing-path";
            foreach (var operation in pair.To.Operations.Values)
            {
                sink.Add(id, path, operation.Method, parameter.Pointer, parameter.Name, "", "", parameter.In);
            }
        }
    }
}
