using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace AvaConsole.Tests.Support;

/// <summary>
/// bUnit 2.15.2 compares markup with AngleSharp.Diffing, whose own package graph cannot be restored everywhere. Its DLL is
/// copied into a subfolder of the output and resolved from there. Remove when bUnit no longer needs the separate assembly.
/// </summary>
internal static class BunitShim
{
    [ModuleInitializer]
    internal static void Install() => AssemblyLoadContext.Default.Resolving += Resolve;

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "bunit-shim", $"{name.Name}.dll");
        return name.Name == "AngleSharp.Diffing" && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
    }
}
