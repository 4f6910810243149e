using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;
using AvaConsole.Core.Releases;
using AvaConsole.Core.Schemas;
using AvaConsole.Web.Features.Apis;

namespace AvaConsole.Web.Features.Home;

// Inside the namespace: AvaConsole.Web.Api would be found first.
using Api = AvaConsole.Core.Schemas.Api;

/// <summary>Parts of the example, in the order in which they are made.</summary>
public enum ExampleStep
{
    Api,
    ApiVersion,
    App,
    Package,
    TestCases,
}

/// <param name="Done">Of <paramref name="Total"/> in this step.</param>
public sealed record ExampleProgress(ExampleStep Step, int Done, int Total);

/// <summary>
/// Makes the digits example through the same services as a person's clicks. What is there already is kept, so that a second try
/// finishes what a first one left.
/// </summary>
public sealed class ExampleLoader(SchemaService apis, AppService apps, PackageService packages, ExamplePackage? source = null)
{
    public const string Name = "digits";

    private readonly ExamplePackage _source = source ?? ExamplePackage.Default;

    /// <summary>False where the console was installed without its samples.</summary>
    public bool IsAvailable => _source.Exists;

    public static ApiSchema Schema { get; } = new()
    {
        Service = Name,
        Version = "1.0.0",
        Description = "Says which digit a small picture shows.",
        Parameters =
        [
            new ApiParameter
            {
                Name = "top_k",
                Type = ParameterTypes.Integer,
                Format = "int32",
                Minimum = 1,
                Maximum = 10,
                Default = "3",
                Description = "How many candidates the answer names, best first.",
            },
        ],
        Payload = [new PayloadEntry { Name = "image", Type = PayloadTypes.Image, Required = true, Description = "A picture of one handwritten digit." }],
        Response = [ApiTemplates.Confidences],
    };

    /// <returns>The app.</returns>
    public async Task<Result<App>> LoadAsync(Actor actor, IProgress<ExampleProgress> progress, CancellationToken ct)
    {
        var api = await EnsureApiAsync(actor, progress, ct);
        if (!api.IsSuccess)
        {
            return api.Error;
        }

        progress.Report(new ExampleProgress(ExampleStep.App, 0, 1));
        var app = await EnsureAppAsync(api.Value.Id, actor, ct);
        if (!app.IsSuccess)
        {
            return app.Error;
        }

        progress.Report(new ExampleProgress(ExampleStep.Package, 0, 1));
        using var archive = new MemoryStream(await _source.BuildAsync(ct));
        var package = await packages.AddAsync(archive, ExamplePackage.FileName, null, actor, ct);
        if (!package.IsSuccess)
        {
            return package.Error;
        }

        return await AddTestCasesAsync(app.Value, actor, progress, ct) is { } error ? error : app;
    }

    private async Task<Result<Api>> EnsureApiAsync(Actor actor, IProgress<ExampleProgress> progress, CancellationToken ct)
    {
        progress.Report(new ExampleProgress(ExampleStep.Api, 0, 1));
        var known = (await apis.ListAsync(Name, ct)).FirstOrDefault(api => api.Name == Name);
        var api = known is null ? await apis.CreateAsync(Schema, actor, ct) : await apis.GetAsync(known.Id, ct);
        if (!api.IsSuccess || api.Value.Versions.Count > 0)
        {
            return api;
        }

        progress.Report(new ExampleProgress(ExampleStep.ApiVersion, 0, 1));
        var version = await apis.CreateVersionAsync(api.Value.Id, api.Value.DraftRevision, actor, ct);
        return version.IsSuccess ? api : version.Error;
    }

    private async Task<Result<App>> EnsureAppAsync(Guid apiId, Actor actor, CancellationToken ct)
    {
        var known = await apps.GetAsync(Name, ct);
        return known.Error is NotFoundError
            ? await apps.CreateAsync(new AppRequest(Name, Schema.Description, Public: true, apiId, OwnerUid: 0, AccessKey: "", SecretKey: null), actor, ct)
            : known;
    }

    private async Task<Error?> AddTestCasesAsync(App app, Actor actor, IProgress<ExampleProgress> progress, CancellationToken ct)
    {
        var known = app.TestCases.Select(test => test.Name).ToHashSet(StringComparer.Ordinal);
        var pictures = _source.ListPictures();
        for (var index = 0; index < pictures.Count; index++)
        {
            var picture = pictures[index];
            progress.Report(new ExampleProgress(ExampleStep.TestCases, index, pictures.Count));
            if (known.Contains(picture.Name))
            {
                continue;
            }

            var content = await File.ReadAllBytesAsync(picture.Path, ct);
            var request = new TestCaseRequest(picture.Name, Path.GetFileName(picture.Path), "image/png", content, picture.Label, null);
            var added = await apps.AddTestCaseAsync(app.Id, request, actor, ct);
            if (!added.IsSuccess)
            {
                return added.Error;
            }
        }

        progress.Report(new ExampleProgress(ExampleStep.TestCases, pictures.Count, pictures.Count));
        return null;
    }
}
