using AvaConsole.Core.Accounts;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Releases;

/// <summary>A row of the app list.</summary>
/// <param name="ProductionVersion">Version in production now; null for none.</param>
public sealed record AppSummary(
    Guid Id, string Command, string InstanceName, string Description, string OwnerName, bool Public, string? ApiName, string? ProductionVersion, string? GreyVersion, int Releases);

/// <summary>Apps and their test cases.</summary>
public sealed class AppService
{
    public Task<IReadOnlyList<AppSummary>> ListAsync(string? search, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>With API and test cases (their <see cref="TestCase.Content"/> left empty).</summary>
    public Task<Result<App>> GetAsync(string command, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<App>> CreateAsync(AppRequest request, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<App>> UpdateAsync(Guid id, AppRequest request, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<TestCase>> AddTestCaseAsync(Guid appId, TestCaseRequest request, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result> RemoveTestCaseAsync(Guid testCaseId, Actor actor, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>With content.</summary>
    public Task<Result<TestCase>> GetTestCaseAsync(Guid testCaseId, CancellationToken ct) => throw new NotImplementedException();
}
