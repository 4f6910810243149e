using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace AvaConsole.Tests.Support;

/// <summary>
/// Finds the native parts under runtimes/linux-x64/native for tests that use a binding before the product has set it up.
/// .NET probes that folder only for files of NuGet packages. The event is a last resort that several may handle, unlike
/// <see cref="NativeLibrary.SetDllImportResolver"/>, which an assembly takes once and which is the product's to call.
/// </summary>
internal static class NativeLibraryShim
{
    [ModuleInitializer]
    internal static void Install() => AssemblyLoadContext.Default.ResolvingUnmanagedDll += Resolve;

    private static nint Resolve(Assembly assembly, string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", $"lib{name}.so");
        return File.Exists(path) ? NativeLibrary.Load(path) : nint.Zero;
    }
}
