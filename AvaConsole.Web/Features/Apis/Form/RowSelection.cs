namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>Which rows of a list are ticked, by their keys. A key whose row is gone counts for nothing.</summary>
public sealed class RowSelection
{
    private readonly HashSet<int> _keys = [];
    private int? _last;

    public bool Contains(int key) => _keys.Contains(key);

    /// <param name="isRange">Does the same to all between this row and the one before.</param>
    /// <param name="shown">Keys of the rows that can be seen, in order.</param>
    public void Toggle(int key, bool isRange, List<int> shown)
    {
        var select = !_keys.Contains(key);
        var (from, to) = (isRange && _last is { } last ? shown.IndexOf(last) : -1, shown.IndexOf(key));
        Set(from < 0 ? [key] : shown[Math.Min(from, to)..(Math.Max(from, to) + 1)], select);
        _last = key;
    }

    /// <summary>Ticks all of them, or none where all are.</summary>
    public void ToggleAll(List<int> shown)
    {
        var select = !shown.TrueForAll(_keys.Contains);
        _keys.Clear();
        Set(shown, select);
    }

    private void Set(List<int> keys, bool select)
    {
        foreach (var key in keys)
        {
            _ = select ? _keys.Add(key) : _keys.Remove(key);
        }
    }
}
