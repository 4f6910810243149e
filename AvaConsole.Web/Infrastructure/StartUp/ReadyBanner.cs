using System.Globalization;
using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Inference.OnnxRuntime;
using AvaConsole.Web.Account;

namespace AvaConsole.Web.Infrastructure.StartUp;

/// <summary>What the console says when it is ready: what is embedded, where the data is, and how to sign in.</summary>
internal static class ReadyBanner
{
    public static async Task WriteAsync(WebApplication app, ConsoleParts parts, TimeSpan elapsed)
    {
        var address = app.Services.GetRequiredService<IConsoleAddress>().PublicUrl;
        var link = await app.Services.GetRequiredService<FirstAccountLink>().CreateAsync(address, CancellationToken.None);
        var etcd = app.Configuration[$"{EtcdOptions.Section}:{nameof(EtcdOptions.Endpoints)}"];
        string[] lines =
        [
            $"AvaConsole {typeof(ReadyBanner).Assembly.GetName().Version!.ToString(3)}",
            $"  PostgreSQL      {(parts.Settings.IsPostgresEmbedded ? "embedded" : "ConnectionStrings:Postgres")}",
            $"  Configuration   {(string.IsNullOrWhiteSpace(etcd) ? "embedded (in PostgreSQL)" : "etcd at " + etcd)}",
            $"  ONNX Runtime    {Describe(app.Services.GetRequiredService<OrtRuntime>().Provider)}",
            $"  Data            {parts.Settings.Data.Root}",
            $"  Ready           in {elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s at {address}",
            "",
            link is null ? $"Open {address}" : $"Create the first account: {link}",
        ];
        await Console.Out.WriteLineAsync(string.Join(Environment.NewLine, lines));
        await Console.Out.FlushAsync();
    }

    private static string Describe(ExecutionProvider provider) => provider.Name == ExecutionProvider.Cuda ? "on the GPU (CUDA)" : $"on the CPU ({provider.Reason})";
}
