using AvaConsole.Core.Common;
using AvaConsole.Core.Images.Catalogue;
using AvaConsole.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Images.Registries;

public sealed partial class RegistryListPage
{
    private IReadOnlyList<RegistryInfo>? _registries;

    [Inject]
    public required IStringLocalizer<RegistriesText> L { get; init; }

    [Inject]
    public required RegistryService Registries { get; init; }

    protected override bool Concerns(ConsoleEvent happened) => happened.Topic == "registry";

    protected override Task OnParametersSetAsync() => RefreshAsync();

    protected override async Task RefreshAsync() => _registries = await Registries.ListAsync(Token);
}
