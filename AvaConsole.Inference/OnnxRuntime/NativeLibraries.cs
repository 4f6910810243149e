using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace AvaConsole.Inference.OnnxRuntime;

/// <summary>
/// Finds the native files beside the app, in <c>runtimes/linux-x64/native</c> or, published for one platform, next to the
/// assemblies. A library of the same name elsewhere on the machine may be of another version and is never taken first.
/// </summary>
internal static class NativeLibraries
{
    public const string Vips = "vips";
    private const string OnnxRuntimeName = "onnxruntime";

    // One resolver for each assembly and process is all that .NET takes; hence the lazy singletons.
    private static readonly Lazy<bool> s_onnxRuntime = new(() =>
    {
        OrtEnv.DisableDllImportResolver = true;
        NativeLibrary.SetDllImportResolver(typeof(OrtEnv).Assembly, Resolve);
        return true;
    });

    private static readonly Lazy<bool> s_vips = new(() =>
    {
        NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);
        return true;
    });

    /// <summary>Must come before any use of ONNX Runtime's types.</summary>
    public static void UseOnnxRuntime() => _ = s_onnxRuntime.Value;

    public static void UseVips() => _ = s_vips.Value;

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (name is not (Vips or OnnxRuntimeName))
        {
            return IntPtr.Zero;
        }

        return FindBeside($"lib{name}.so") is { } path
            ? NativeLibrary.Load(path)
            : NativeLibrary.TryLoad(name, assembly, search, out var handle) ? handle : IntPtr.Zero;
    }

    /// <summary>The path of a file that comes with the app; null where it does not.</summary>
    /// <param name="file">For example <c>libonnxruntime.so</c>.</param>
    public static string? FindBeside(string file)
    {
        string[] folders = [Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native"), AppContext.BaseDirectory];
        return folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }
}
