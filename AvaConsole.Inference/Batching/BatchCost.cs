namespace AvaConsole.Inference.Batching;

/// <summary>
/// How long a run of n rows takes: measured at warm-up size by size, and followed by a straight line through the last 50 runs. On a CPU a
/// convolutional network of a batch of eight takes eight times as long as of one, and waiting for seven others is lost; for small models the
/// eight cost little more than the one. Readers take no lock.
/// </summary>
internal sealed class BatchCost
{
    private const int Kept = 50;

    /// <summary>Beyond this part of the time that single runs take, sharing a run does not pay.</summary>
    private const double WorthWaiting = 0.85;

    /// <summary>A smaller batch that is this close to the best is taken: its rows are answered earlier.</summary>
    private const double NearlyBest = 1.03;

    private readonly Lock _lock = new();
    private readonly (int Rows, double Milliseconds)[] _runs = new (int, double)[Kept];
    private readonly SortedList<int, double> _measured = [];
    private long _recorded;
    private double _sumRows;
    private double _sumTime;
    private double _sumSquares;
    private double _sumProducts;
    private volatile Line _line = new(0, 0, false);
    private volatile int _best = int.MaxValue;

    /// <summary>Something is known.</summary>
    public bool IsKnown => Volatile.Read(ref _recorded) > 0;

    /// <summary>What the warm-up measured: rows to milliseconds.</summary>
    public IReadOnlyList<KeyValuePair<int, double>> Measured
    {
        get
        {
            lock (_lock)
            {
                return [.. _measured];
            }
        }
    }

    /// <summary>
    /// The longest that waiting for one more can be worth, in milliseconds: what a run costs whatever its rows. Whoever joins saves that
    /// once, and while one waits for him nothing is computed.
    /// </summary>
    public double MostToWait => _line is { IsKnown: true } line ? line.PerRun : double.MaxValue;

    /// <summary>A run on a machine that did nothing else, so that the first requests need not find it out.</summary>
    public void Learn(int rows, double milliseconds)
    {
        lock (_lock)
        {
            _measured[rows] = milliseconds;
            var least = _measured.Min(pair => pair.Value / pair.Key);
            var best = _measured.First(pair => pair.Value / pair.Key <= NearlyBest * least).Key;

            // The largest that was tried is no bound: a larger one may be better still.
            _best = best == _measured.Keys[^1] ? int.MaxValue : best;
        }

        Record(rows, milliseconds);
    }

    /// <summary>A run of traffic.</summary>
    public void Record(int rows, double milliseconds)
    {
        lock (_lock)
        {
            ref var oldest = ref _runs[_recorded % Kept];
            if (_recorded >= Kept)
            {
                Add(oldest.Rows, oldest.Milliseconds, -1);
            }

            oldest = (rows, milliseconds);
            Add(rows, milliseconds, 1);
            Volatile.Write(ref _recorded, _recorded + 1);
            _line = Fit(Math.Min(_recorded, Kept));
        }
    }

    /// <summary>Milliseconds; 0 while nothing is known.</summary>
    public double Predict(int rows)
    {
        var line = _line;
        return (line.PerRow * rows) + line.PerRun;
    }

    /// <summary>Rows of a run that answers the most rows in a second, as far as that was measured; at most <paramref name="batchSize"/>.</summary>
    public int LimitRows(int batchSize) => Math.Min(batchSize, _best);

    /// <summary>
    /// Rows to take of those that wait: all that one run may have, or only the first request where sharing would save little. A run of two that
    /// takes nearly as long as two runs answers the first of them later and makes callers go in step, which leaves the machine idle in between.
    /// </summary>
    public int RowsToTake(int waiting, int limit)
    {
        var rows = Math.Min(waiting, limit);
        return rows > 1 && !PaysToWait(rows) ? 1 : limit;
    }

    /// <summary>False where it is known that a full batch is hardly faster than its rows one by one.</summary>
    public bool PaysToWait(int batchSize) => !_line.IsKnown || Predict(batchSize) < WorthWaiting * batchSize * Predict(1);

    private void Add(int rows, double milliseconds, int sign)
    {
        _sumRows += sign * rows;
        _sumTime += sign * milliseconds;
        _sumSquares += sign * (double)rows * rows;
        _sumProducts += sign * rows * milliseconds;
    }

    /// <summary>Least squares. While all runs were of one size there is no line yet, only their mean.</summary>
    private Line Fit(long count)
    {
        var (meanRows, meanTime) = (_sumRows / count, _sumTime / count);
        var spread = (_sumSquares / count) - (meanRows * meanRows);
        if (spread < 1e-6)
        {
            // What was learned about the slope when sizes differed stays true; only the mean moves.
            return _line with { PerRow = Math.Min(_line.PerRow, meanTime / meanRows), PerRun = Math.Max(0, meanTime - (_line.PerRow * meanRows)) };
        }

        var perRow = Math.Max(1e-4, ((_sumProducts / count) - (meanRows * meanTime)) / spread);
        return new Line(perRow, Math.Max(0, meanTime - (perRow * meanRows)), true);
    }

    private sealed record Line(double PerRow, double PerRun, bool IsKnown);
}
