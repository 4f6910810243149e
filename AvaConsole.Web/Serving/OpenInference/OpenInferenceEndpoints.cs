using AvaConsole.Core.Common;
using AvaConsole.Core.Configuration;
using AvaConsole.Core.Naming;
using AvaConsole.Inference.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AvaConsole.Web.Serving.OpenInference;

/// <summary>The Open Inference Protocol v2 over HTTP, with Triton's extensions, for any model that is served.</summary>
internal static class OpenInferenceEndpoints
{
    private const string Get = "GET";
    private const string Post = "POST";

    /// <summary>Needs <see cref="IModelHost"/> from elsewhere, and <see cref="IModelRepository"/> where models may be loaded and unloaded by hand.</summary>
    public static IServiceCollection AddOpenInference(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<ServingOptions>().BindConfiguration(ServingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<BodyBudget>();
        services.AddSingleton<ServingGate>();
        services.AddSingleton<ServingTexts>();
        services.AddSingleton<ServingMetrics>();
        services.TryAddSingleton(new OpenInferenceOptions());
        services.AddSingleton<OpenInferenceAnswers>();
        services.AddSingleton<InferHandler>();
        services.AddSingleton<OpenInferenceHandler>();
        services.AddSingleton(provider => new RepositoryHandler(
            provider.GetRequiredService<IModelHost>(),
            provider.GetService<IModelRepository>(),
            provider.GetRequiredService<ServingTexts>(),
            provider.GetRequiredService<OpenInferenceAnswers>(),
            provider.GetRequiredService<OpenInferenceOptions>()));
        return services;
    }

    public static IEndpointRouteBuilder MapOpenInference(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var infer = services.GetRequiredService<InferHandler>();
        var server = services.GetRequiredService<OpenInferenceHandler>();
        var repository = services.GetRequiredService<RepositoryHandler>();

        routes.Map(Get, "/v2", OpenInferenceHandler.ServerAsync);
        routes.Map(Get, "/v2/health/live", OpenInferenceHandler.LiveAsync);
        routes.Map(Get, "/v2/health/ready", server.ReadyAsync);
        routes.Map(Get, "/v2/models/stats", context => server.StatisticsAsync(context, null, null));
        routes.Map(Post, "/v2/repository/index", repository.IndexAsync);
        routes.Map(Post, "/v2/repository/models/{model}/load", context => repository.LoadAsync(context, Value(context, "model")));
        routes.Map(Post, "/v2/repository/models/{model}/unload", context => repository.UnloadAsync(context, Value(context, "model")));
        foreach (var path in (string[])[ServingRoutes.Model, ServingRoutes.ModelVersion])
        {
            routes.Map(Get, path, context => server.ModelAsync(context, Target(context)));
            routes.Map(Get, path + "/ready", context => server.ModelReadyAsync(context, Target(context)));
            routes.Map(Get, path + "/stats", context => server.StatisticsAsync(context, Value(context, "model"), Optional(context, "version")));
            routes.Map(Post, path + "/infer", context => infer.HandleAsync(context, Target(context)));
        }

        var answers = services.GetRequiredService<OpenInferenceAnswers>();
        routes.Map("/v2/{**rest}", (RequestDelegate)(context => answers.WriteErrorAsync(context, new NotFoundError("oip.no_such_path"))));
        return routes;
    }

    /// <summary>The path by one method; by another it says which one it knows.</summary>
    private static void Map(this IEndpointRouteBuilder routes, string method, string path, RequestDelegate handler)
    {
        var answers = routes.ServiceProvider.GetRequiredService<OpenInferenceAnswers>();
        routes.MapMethods(path, method == Get ? [Get, "HEAD"] : [method], handler);
        routes.Map(path, (RequestDelegate)(context => answers.WriteErrorAsync(context, new MethodError(method))));
    }

    /// <summary>A certain version, or what is in production.</summary>
    private static ServingTarget Target(HttpContext context)
    {
        var model = Value(context, "model");
        return Optional(context, "version") is { } version ? ServingTarget.ForVersion(model, version) : ServingTarget.ForPhase(model, Phases.Production);
    }

    private static string Value(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    private static string? Optional(HttpContext context, string name) => (string?)context.Request.RouteValues.GetValueOrDefault(name);
}
