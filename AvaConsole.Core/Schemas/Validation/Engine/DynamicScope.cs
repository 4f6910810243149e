namespace AvaConsole.Core.Schemas.Validation.Engine;

/// <summary>The schema documents that evaluation has come through, outermost first: what <c>$dynamicRef</c> looks along.</summary>
internal struct DynamicScope(RunBuffers buffers)
{
    private int _count;

    public readonly ReadOnlySpan<int> Entered => buffers.Scope.AsSpan(0, _count);

    public readonly bool IsIn(int document) => _count > 0 && buffers.Scope[_count - 1] == document;

    public void Push(int document)
    {
        if (_count == buffers.Scope.Length)
        {
            var scope = buffers.Scope;
            Array.Resize(ref scope, scope.Length * 2);
            buffers.Scope = scope;
        }

        buffers.Scope[_count++] = document;
    }

    public void Pop() => _count--;
}
