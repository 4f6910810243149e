using System.Diagnostics;
using AvaConsole.Core;
using AvaConsole.Core.Common.Egress;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Images.Recipes.Builds;
using AvaConsole.Inference;
using AvaConsole.Inference.Trials;
using AvaConsole.Web.Account;
using AvaConsole.Web.Api;
using AvaConsole.Web.Cli;
using AvaConsole.Web.Components;
using AvaConsole.Web.Infrastructure.DataProtection;
using AvaConsole.Web.Infrastructure.Health;
using AvaConsole.Web.Infrastructure.Metrics;
using AvaConsole.Web.Infrastructure.Security;
using AvaConsole.Web.Infrastructure.StartUp;
using AvaConsole.Web.Jobs;
using AvaConsole.Web.Serving;

if (ChildVerbs.Answers(args)) return ChildVerbs.Run(args);
return Asectl.Answers(args) ? Asectl.Run(args) : await RunConsoleAsync(args);

// A method of its own: what it names is loaded only when it runs, and a verb needs none of it.
static async Task<int> RunConsoleAsync(string[] args)
{
    var startedAt = Stopwatch.GetTimestamp();
    try
    {
        if (ConsoleArguments.TryAnswer(args)) return ExitCodes.Success;
        var builder = ConsoleHost.CreateBuilder(args);
        await using var parts = await ConsoleParts.OpenAsync(builder.Configuration, CancellationToken.None);

        builder.WebHost.UseUrls([.. parts.Settings.Urls]);
        builder.Services
            .AddConsoleParts(parts)
            .AddAvaDataProtection()
            .AddAvaPerimeter(builder.Configuration)
            .AddAvaHealth()
            .AddAvaEgress(builder.Configuration)
            .AddContainerEngine(builder.Configuration)
            .AddAvaConfigurationStore(builder.Configuration)
            .AddAvaCore()
            .AddAvaAccounts(parts.Settings)
            .AddSingleton(ChildProgram.Of(typeof(ConsoleHost).Assembly))
            .AddAvaInference(builder.Configuration)
            .AddAvaJobs(parts)
            .AddAvaServing()
            .AddRequestSampling()
            .AddAvaMetrics()
            .AddAvaUi();

        await using var app = builder.Build();
        app.UseAvaPerimeter();
        app.UseRequestLocalization();
        app.UseAvaNotFoundPage();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();

        app.MapAvaHealth();
        app.MapAvaAccounts();
        app.MapPackageFiles();
        app.MapPackageUploads();
        app.MapSchemaPushes();
        app.MapNameChecks();
        app.MapRegistries();
        app.MapTestCasePictures();
        app.MapRequestLogs();
        app.MapBenchmarks();
        app.MapRecipes();
        app.MapAvaServing();
        app.MapAvaMetrics();
        app.MapAvaUi();
        return await ConsoleHost.RunAsync(app, parts, startedAt);
    }
    catch (StartUpException failure)
    {
        foreach (var problem in failure.Problems) Console.Error.WriteLine(problem);
        return failure.ExitCode;
    }
}
