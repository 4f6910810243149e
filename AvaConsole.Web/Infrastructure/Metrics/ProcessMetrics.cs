using System.Diagnostics;
using System.Text;

namespace AvaConsole.Web.Infrastructure.Metrics;

/// <summary>The usual figures of a process, under their usual names.</summary>
internal static class ProcessMetrics
{
    public static void Write(StringBuilder text)
    {
        using var process = Process.GetCurrentProcess();
        var started = new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000d;
        Sample(text, "process_cpu_seconds_total", "counter", "Processor time, user and system.", process.TotalProcessorTime.TotalSeconds);
        Sample(text, "process_resident_memory_bytes", "gauge", "Memory that the process holds in RAM.", process.WorkingSet64);
        Sample(text, "process_start_time_seconds", "gauge", "Start of the process, Unix time.", started);
        Sample(text, "process_num_threads", "gauge", "Threads of the operating system.", process.Threads.Count);
        if (Directory.Exists("/proc/self/fd"))
        {
            Sample(text, "process_open_fds", "gauge", "Open file descriptors.", Directory.GetFiles("/proc/self/fd").Length);
        }

        Sample(text, "dotnet_gc_heap_bytes", "gauge", "Managed memory in use.", GC.GetTotalMemory(forceFullCollection: false));
        Sample(text, "dotnet_gc_pause_seconds_total", "counter", "Time that garbage collection held the process.", GC.GetTotalPauseDuration().TotalSeconds);
        Sample(text, "dotnet_threadpool_queue_length", "gauge", "Work items that wait for a thread.", ThreadPool.PendingWorkItemCount);
        text.Append("# HELP dotnet_gc_collections_total Garbage collections.\n# TYPE dotnet_gc_collections_total counter\n");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            text.Append("dotnet_gc_collections_total{generation=\"").Append(generation).Append("\"} ").Append(GC.CollectionCount(generation)).Append('\n');
        }
    }

    private static void Sample(StringBuilder text, string name, string type, string help, double value) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n')
            .Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n')
            .Append(name).Append(' ').Append(MetricFamily.Number(value)).Append('\n');
}
