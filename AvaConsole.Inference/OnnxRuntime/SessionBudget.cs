namespace AvaConsole.Inference.OnnxRuntime;

/// <summary>A model that can give its memory back and take it again.</summary>
internal interface IUnloadable
{
    /// <summary>In memory now.</summary>
    bool IsResident { get; }

    /// <summary>What it takes while it is in memory, about.</summary>
    long ResidentBytes { get; }

    /// <summary>Milliseconds on a clock that never goes back.</summary>
    long LastUse { get; }

    /// <summary>False where it is in use.</summary>
    bool TryUnload();
}

/// <summary>
/// Keeps the models of a device within an amount of memory: before one is opened, those that were used longest ago are unloaded. Their
/// next request opens them again. Where all others are at work the budget is overdrawn rather than a request refused.
/// </summary>
/// <param name="bytes">At least 1.</param>
internal sealed class SessionBudget(long bytes)
{
    private readonly Lock _lock = new();
    private readonly List<IUnloadable> _models = [];
    private long _unloads;

    /// <summary>How often a model had to give way.</summary>
    public long Unloads => Interlocked.Read(ref _unloads);

    public long ResidentBytes
    {
        get
        {
            lock (_lock)
            {
                return _models.Where(model => model.IsResident).Sum(model => model.ResidentBytes);
            }
        }
    }

    public void Add(IUnloadable model)
    {
        lock (_lock)
        {
            _models.Add(model);
        }
    }

    public void Remove(IUnloadable model)
    {
        lock (_lock)
        {
            _models.Remove(model);
        }
    }

    /// <summary>Unloads others until there is room for this one, as far as they are idle.</summary>
    public void MakeRoom(IUnloadable coming)
    {
        lock (_lock)
        {
            var others = _models.Where(model => model != coming && model.IsResident).OrderBy(model => model.LastUse).ToList();
            var taken = others.Sum(model => model.ResidentBytes) + coming.ResidentBytes;
            foreach (var model in others)
            {
                if (taken <= bytes)
                {
                    return;
                }

                // Asked before: an unloaded one may say 0.
                var size = model.ResidentBytes;
                if (model.TryUnload())
                {
                    taken -= size;
                    Interlocked.Increment(ref _unloads);
                }
            }
        }
    }
}
