namespace AvaConsole.Tests.EndToEnd;

/// <summary>Runs only where somebody asks for figures.</summary>
internal sealed class BenchmarkFactAttribute : FactAttribute
{
    public BenchmarkFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("AVACONSOLE_BENCHMARK") != "1")
        {
            Skip = "A benchmark; AVACONSOLE_BENCHMARK=1 runs it.";
        }
    }
}
