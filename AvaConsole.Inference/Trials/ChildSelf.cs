using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace AvaConsole.Inference.Trials;

/// <summary>What a child does to itself before it touches anything that may harm: it takes rights and resources from itself that it needs no more.</summary>
internal static partial class ChildSelf
{
    private const int SigKill = 9;
    private const int LimitCpuSeconds = 0;
    private const int LimitCoreBytes = 4;
    private const int LimitAddressSpace = 9;
    private const int PrSetNoNewPrivileges = 38;

    /// <summary>The console holds the child's standard input open as long as it lives, however it ends.</summary>
    public static void EndWithParent() => new Thread(() =>
    {
        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
            // The console writes nothing; what else might come means nothing.
        }

        // No finaliser and no handler: a hanging native call would keep an orderly exit waiting.
        Process.GetCurrentProcess().Kill();
    })
    { IsBackground = true, Name = "parent watch" }.Start();

    /// <summary>Bounds what this process may take from now on. Where the system has no such limits (Windows, macOS), only the parent's time limit holds.</summary>
    /// <param name="megabytes">Memory beyond what is mapped already: .NET alone maps hundreds of gigabytes that it never touches.</param>
    /// <param name="seconds">Processor time of one core.</param>
    public static void Confine(int megabytes, int seconds)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        BeKilledFirst();
        Limit(LimitCpuSeconds, (ulong)seconds * (ulong)Environment.ProcessorCount);
        Limit(LimitCoreBytes, 0);
        Limit(LimitAddressSpace, MappedBytes() + ((ulong)megabytes << 20));
        _ = Prctl(PrSetNoNewPrivileges, 1, 0, 0, 0);
    }

    /// <summary>The largest resident set so far, in MiB; 0 where it is not known.</summary>
    public static long PeakMegabytes() => File.Exists("/proc/self/status")
        ? File.ReadLines("/proc/self/status").Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
            .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) >> 10).FirstOrDefault()
        : 0;

    /// <summary>How the process ended, for people: a signal's name, or its number.</summary>
    public static string NameOfEnd(int exitCode) => exitCode switch
    {
        128 + 4 => "SIGILL",
        128 + 6 => "SIGABRT",
        128 + 7 => "SIGBUS",
        128 + 8 => "SIGFPE",
        128 + SigKill => "SIGKILL",
        128 + 11 => "SIGSEGV",
        128 + 24 => "SIGXCPU",
        128 + 31 => "SIGSYS",
        _ => exitCode.ToString(CultureInfo.InvariantCulture),
    };

    private static ulong MappedBytes() =>
        ulong.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[0], CultureInfo.InvariantCulture) * (ulong)Environment.SystemPageSize;

    // Should the machine's memory run out for all that, the kernel is to end this process and not the console.
    private static void BeKilledFirst()
    {
        try
        {
            File.WriteAllText("/proc/self/oom_score_adj", "1000");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A container may forbid it; the limits above hold.
        }
    }

    private static void Limit(int resource, ulong value)
    {
        var limit = new ResourceLimit { Current = value, Maximum = value };
        _ = SetLimit(resource, limit);
    }

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Prctl(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [StructLayout(LayoutKind.Sequential)]
    private struct ResourceLimit
    {
        public ulong Current;
        public ulong Maximum;
    }
}
