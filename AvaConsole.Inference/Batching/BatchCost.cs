namespace AvaConsole.Inference.Batching;

/// <summary>
/// How long a run of n rows takes: a straight line through the last 50 runs. On a CPU a convolutional network of a batch of eight takes eight
/// times as long as of one, and waiting for seven others is lost; for small models the eight cost little more than the one.
/// </summary>
internal sealed class BatchCost
{
    private const int Kept = 50;

    /// <summary>Beyond this part of the time that single runs take, sharing a run does not pay for waiting.</summary>
    private const double WorthWaiting = 0.85;

    private readonly Queue<(int Rows, double Milliseconds)> _runs = new(Kept);
    private double _perRow;
    private double _perRun;
    private bool _isKnown;

    public void Record(int rows, double milliseconds)
    {
        if (_runs.Count == Kept)
        {
            _runs.Dequeue();
        }

        _runs.Enqueue((rows, milliseconds));
        Fit();
    }

    /// <summary>Milliseconds; 0 while nothing is known.</summary>
    public double Predict(int rows) => (_perRow * rows) + _perRun;

    /// <summary>
    /// The longest that waiting for one more can be worth, in milliseconds: what a run of its own would cost. Whoever waits so long and in
    /// vain has lost no more than he could have saved.
    /// </summary>
    public double MostToWait => _isKnown ? Predict(1) : double.MaxValue;

    /// <summary>False where it is known that a full batch is hardly faster than its rows one by one.</summary>
    public bool PaysToWait(int batchSize) => !_isKnown || Predict(batchSize) < WorthWaiting * batchSize * Predict(1);

    /// <summary>Least squares. While all runs were of one size there is no line yet, only their mean.</summary>
    private void Fit()
    {
        var meanRows = _runs.Average(run => run.Rows);
        var meanTime = _runs.Average(run => run.Milliseconds);
        var spread = _runs.Sum(run => (run.Rows - meanRows) * (run.Rows - meanRows));
        if (spread == 0)
        {
            // What was learned about the slope when sizes differed stays true; only the mean moves.
            _perRun = Math.Max(0, meanTime - (_perRow * meanRows));
            return;
        }

        _perRow = Math.Max(1e-3, _runs.Sum(run => (run.Rows - meanRows) * (run.Milliseconds - meanTime)) / spread);
        _perRun = Math.Max(0, meanTime - (_perRow * meanRows));
        _isKnown = true;
    }
}
