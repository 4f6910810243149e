using AvaConsole.Core.Schemas.Compatibility.Documents;
using AvaConsole.Core.Schemas.Compatibility.Schemas;

namespace AvaConsole.Core.Schemas.Compatibility.Operations;

/// <summary>Runs every check over two documents.</summary>
internal sealed class DocumentComparison(ApiDocument from, ApiDocument to, ChangeSink sink)
{
    private static readonly Dictionary<string, string> s_sameNames = [];

    private readonly EndpointCheck _endpoints = new(sink);
    private readonly SchemaComparer _schemas = new();

    /// <summary>Everything was compared, as far as <see cref="Run"/> came.</summary>
    public bool IsComplete => _schemas.IsComplete;

    public void Run()
    {
        ComparePaths();
        CompareWebhooks();
        SecurityCheck.CheckDocument(from, to, sink);
        ComponentCheck.Check(from, to, sink);
        VersionCheck.Check(from.Version, to.Version, sink);
    }

    private void ComparePaths()
    {
        var match = new PathMatch(from.Paths, to.Paths);
        foreach (var path in match.Removed)
        {
            foreach (var operation in path.Operations.Values)
            {
                StabilityCheck.IsPromised(path.Name, operation, sink);
            }

            _endpoints.PathRemoved(path);
        }

        foreach (var path in match.Added)
        {
            foreach (var operation in path.Operations.Values)
            {
                _endpoints.Added(path.Name, operation);
            }
        }

        foreach (var pair in match.Pairs)
        {
            ComparePath(pair.From.Name, pair, isPath: true);
        }
    }

    // Webhooks are matched by name; what their callers promise each other is no matter of x-stability-level.
    private void CompareWebhooks()
    {
        var after = to.Webhooks.ToDictionary(item => item.Name, StringComparer.Ordinal);
        foreach (var webhook in from.Webhooks)
        {
            if (after.Remove(webhook.Name, out var counterpart))
            {
                ComparePath($"webhook:{webhook.Name}", new PathPair(webhook, counterpart, s_sameNames), isPath: false);
            }
            else
            {
                sink.Add("webhook-removed", "", "", webhook.Pointer, webhook.Name);
            }
        }

        foreach (var webhook in after.Values)
        {
            sink.Add("webhook-added", "", "", webhook.Pointer, webhook.Name);
        }
    }

    private void ComparePath(string path, PathPair pair, bool isPath)
    {
        foreach (var operation in pair.From.Operations.Values.Where(operation => !pair.To.Operations.ContainsKey(operation.Method)))
        {
            if (!isPath || StabilityCheck.IsPromised(path, operation, sink))
            {
                _endpoints.OperationRemoved(path, operation);
            }
        }

        foreach (var operation in pair.To.Operations.Values)
        {
            if (pair.From.Operations.TryGetValue(operation.Method, out var before))
            {
                CompareOperation(new OperationPair(path, before, operation, pair.ParameterNames, sink), isPath);
            }
            else
            {
                _endpoints.Added(path, operation);
            }
        }

        SharedParameterCheck.Check(path, pair, sink);
    }

    private void CompareOperation(OperationPair pair, bool isPath)
    {
        if (isPath && !StabilityCheck.Check(pair))
        {
            return;
        }

        LifecycleCheck.Check(pair);
        NamingCheck.Check(pair);
        new ParameterCheck(_schemas).Check(pair);
        new RequestBodyCheck(_schemas).Check(pair);
        new ResponseCheck(_schemas).Check(pair);
        SecurityCheck.Check(pair);
    }
}
