using AvaConsole.Core.Changes;
using Microsoft.AspNetCore.Components;

namespace AvaConsole.Web.Components.Shared;

/// <summary>What a plan writes: every key with its document before and after.</summary>
public sealed partial class PlanView
{
    private readonly HashSet<string> _closed = [];

    [Parameter, EditorRequired] public required IReadOnlyList<PlannedOperation> Operations { get; set; }

    private static string KindOf(PlannedOperation operation) => operation switch
    {
        { NewDisplay: null } => "danger",
        { OldDisplay: null } => "success",
        _ => "info",
    };

    private static string IconOf(PlannedOperation operation) => operation switch
    {
        { NewDisplay: null } => "remove",
        { OldDisplay: null } => "add",
        _ => "edit",
    };

    private string Verb(PlannedOperation operation) => operation switch
    {
        { NewDisplay: null } => Shared["PlanDelete"],
        { OldDisplay: null } => Shared["PlanCreate"],
        _ => Shared["PlanUpdate"],
    };

    private string? Describe(PlannedOperation operation) => operation switch
    {
        { NewDisplay: null } => Shared["DiffNothingAfter"].Value,
        { OldDisplay: null } => Shared["DiffNothingBefore"].Value,
        _ => null,
    };

    private string Guard(PlannedOperation operation) => operation.ExpectedModRevision == 0
        ? Shared["PlanMustNotExist"]
        : Shared["PlanExpectedRevision", operation.ExpectedModRevision];

    private void Toggle(string key)
    {
        if (!_closed.Remove(key))
        {
            _closed.Add(key);
        }
    }

    private void ToggleAll()
    {
        if (_closed.Count > 0)
        {
            _closed.Clear();
            return;
        }

        _closed.UnionWith(Operations.Select(operation => operation.Key));
    }
}
