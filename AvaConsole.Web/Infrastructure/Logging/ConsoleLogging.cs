using Microsoft.Extensions.Logging.Console;

namespace AvaConsole.Web.Infrastructure.Logging;

internal static class ConsoleLogging
{
    /// <summary>
    /// One line per event on standard error: text on a terminal, JSON elsewhere, <c>Logging:Format</c> overrides. Standard output is
    /// for the start-up banner.
    /// </summary>
    public static void AddAvaLogging(this WebApplicationBuilder builder)
    {
        var format = builder.Configuration["Logging:Format"];
        var json = format is null ? Console.IsErrorRedirected : format.Equals("json", StringComparison.OrdinalIgnoreCase);
        builder.Logging.ClearProviders();
        builder.Logging.Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId);
        builder.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        if (json)
        {
            builder.Logging.AddJsonConsole(options =>
            {
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                options.IncludeScopes = true;
            });
        }
        else
        {
            builder.Logging.AddSimpleConsole(options =>
            {
                options.SingleLine = true;
                options.TimestampFormat = "HH:mm:ss ";
            });
        }
    }
}
