using System.Diagnostics;
using AvaConsole.Web.Account;
using AvaConsole.Web.Infrastructure;
using AvaConsole.Web.Infrastructure.DataProtection;
using AvaConsole.Web.Infrastructure.StartUp;

var startedAt = Stopwatch.GetTimestamp();
if (ConsoleArguments.AsksForHelp(args))
{
    Console.WriteLine(ConsoleArguments.Help);
    return ExitCodes.Success;
}

try
{
    ConsoleArguments.Check(args);
    var builder = ConsoleHost.CreateBuilder(args);
    await using var parts = await ConsoleParts.OpenAsync(builder.Configuration, CancellationToken.None);

    builder.WebHost.UseUrls([.. parts.Settings.Urls]);
    builder.Services
        .AddConsoleParts(parts)
        .AddAvaDataProtection();

    await using var app = builder.Build();
    return await ConsoleHost.RunAsync(app, parts, startedAt);
}
catch (StartUpException failure)
{
    foreach (var problem in failure.Problems) Console.Error.WriteLine(problem);
    return failure.ExitCode;
}
