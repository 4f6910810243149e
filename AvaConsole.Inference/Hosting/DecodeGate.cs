namespace AvaConsole.Inference.Hosting;

/// <summary>Pictures decoded at a time: as many as there are cores. A burst of large ones must not take all threads and memory.</summary>
internal sealed class DecodeGate : IDisposable
{
    private readonly SemaphoreSlim _free = new(Environment.ProcessorCount);

    /// <summary>False where the time was over first.</summary>
    public Task<bool> EnterAsync(TimeSpan limit, CancellationToken ct) => _free.WaitAsync(limit, ct);

    public void Leave() => _free.Release();

    public void Dispose() => _free.Dispose();
}
