namespace AvaConsole.Web.Infrastructure.StartUp;

/// <summary>The native libraries that the build copies from npm.</summary>
internal static class NativeParts
{
    /// <exception cref="StartUpException">One is missing.</exception>
    public static void Check()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native");
        string[] names = ["libonnxruntime.so", "libvips.so"];
        var missing = names.Where(name => !File.Exists(Path.Combine(folder, name)) && !File.Exists(Path.Combine(AppContext.BaseDirectory, name))).ToList();
        if (missing.Count > 0)
        {
            throw new StartUpException(
                ExitCodes.Unavailable,
                $"{string.Join(" and ", missing)} missing in {folder}. Build the console again on Linux x64 with Node.js and npm installed.");
        }
    }
}
