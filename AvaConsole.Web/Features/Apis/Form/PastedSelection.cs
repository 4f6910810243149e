using AvaConsole.Core.Schemas;

namespace AvaConsole.Web.Features.Apis.Form;

/// <summary>What the paste panel adds.</summary>
/// <param name="Left">What was not taken: it stays in the panel.</param>
public sealed record PastedSelection(IReadOnlyList<ApiParameter> Parameters, IReadOnlyList<PayloadEntry> Payload, string Left, bool FromSample);
