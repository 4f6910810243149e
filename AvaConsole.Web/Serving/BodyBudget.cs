using Microsoft.Extensions.Options;

namespace AvaConsole.Web.Serving;

/// <summary>
/// Memory that the bodies under way may hold together: a model's own admission comes only after its request was read. Bytes
/// are taken as they arrive, so that a caller who announces much and sends nothing keeps nobody out.
/// </summary>
internal sealed class BodyBudget(IOptions<ServingOptions> options)
{
    private readonly long _limit = options.Value.MaxBufferedMegabytes * 1024L * 1024;
    private long _taken;

    public long Taken => Interlocked.Read(ref _taken);

    public Share Open() => new(this);

    /// <summary>What one call holds; given back on disposal.</summary>
    internal sealed class Share(BodyBudget budget) : IDisposable
    {
        private long _bytes;

        public bool TryTake(int bytes)
        {
            _bytes += bytes;
            return Interlocked.Add(ref budget._taken, bytes) <= budget._limit;
        }

        public void Dispose() => Interlocked.Add(ref budget._taken, -_bytes);
    }
}
