namespace AvaConsole.Inference.Batching;

/// <summary>Runs in flight over all models of the process. They share one pool of computing threads; more of them would only slow each other down.</summary>
internal sealed class RunSlots(int count) : IDisposable
{
    private readonly SemaphoreSlim _free = new(count, count);

    public void Take() => _free.Wait();

    public void Give() => _free.Release();

    public void Dispose() => _free.Dispose();
}
