using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.OnnxRuntime;

/// <summary>
/// What all runs of the process together may take of the machine's memory: one arena with a limit, which every session takes its tensors
/// from. A request whose values ask for more (the shape of a fill, the end of a range) fails before anything is taken, and nobody else notices. Weights are
/// not counted, and neither is a GPU's memory, which has a limit of its own.
/// </summary>
internal static class RunMemory
{
    // Its own input and output, so that it takes nothing where there is nothing left.
    private static readonly Lazy<InferenceSession> s_probe = new(Open);

    /// <summary>Bytes; 0 before <see cref="Register"/>.</summary>
    public static long Limit { get; private set; }

    /// <summary>Once in a process, before its first session.</summary>
    /// <param name="megabytes">0 for half of the machine's or the container's memory.</param>
    public static void Register(OrtEnv environment, int megabytes)
    {
        const long least = 256L << 20;
        Limit = megabytes > 0 ? (long)megabytes << 20 : Math.Max(least, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);
        using var memory = new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        using var settings = new ArenaSettings((nuint)Limit);
        environment.CreateAndRegisterAllocator(memory, settings);
    }

    /// <summary>Has a session take its tensors, but not its weights, from the arena.</summary>
    public static void Use(SessionOptions options)
    {
        options.AddSessionConfigEntry("session.use_env_allocators", "1");
        options.AddSessionConfigEntry("session.use_device_allocator_for_initializers", "1");
    }

    /// <summary>Gives what the arena holds and no run uses back to the system. The next runs take it anew.</summary>
    public static void Shrink()
    {
        if (Limit == 0)
        {
            return;
        }

        using var options = new RunOptions();
        options.AddRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
        using var input = OrtValue.CreateTensorValueFromMemory(new float[1], [1]);
        using var output = OrtValue.CreateTensorValueFromMemory(new float[1], [1]);
        s_probe.Value.Run(options, ["x"], [input], ["y"], [output]);
    }

    private static InferenceSession Open()
    {
        using var options = SessionSettings.ForCpu(narrow: true);
        return new InferenceSession(ProbeModel.Bytes, options);
    }

    /// <summary>
    /// The C# binding narrows the limit to 32 bits, 4 GiB; the C API below it does not. Its table of functions only ever grows at the end
    /// (onnxruntime_c_api.h: <c>struct OrtApi</c>), so that a place in it is as good as a name.
    /// </summary>
    private sealed unsafe class ArenaSettings : OrtArenaCfg
    {
        private const int CreateArenaCfg = 156;
        private const uint ApiVersion = 8;
        private const int Usual = -1;

        public ArenaSettings(nuint limit)
            : base(0, Usual, Usual, Usual)
        {
            ReleaseHandle();
            var library = NativeLibraries.FindBeside("libonnxruntime.so") is { } path
                ? NativeLibrary.Load(path)
                : NativeLibrary.Load("onnxruntime", typeof(OrtEnv).Assembly, null);
            var getApi = *(delegate* unmanaged<uint, nint*>*)((delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "OrtGetApiBase"))();
            var create = (delegate* unmanaged<nuint, int, int, int, nint*, nint>)getApi(ApiVersion)[CreateArenaCfg];
            nint created;
            if (create(limit, Usual, Usual, Usual, &created) != 0)
            {
                throw new InvalidOperationException("ONNX Runtime refuses the limit of its arena.");
            }

            SetHandle(created);
        }
    }
}
