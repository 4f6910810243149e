using System.Diagnostics.CodeAnalysis;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Hosting;

namespace AvaConsole.Web.Serving;

/// <summary>How one call ended.</summary>
/// <param name="App">The app that answered; empty where no such app is served.</param>
/// <param name="Version">The release that answered or refused; empty where none did.</param>
/// <param name="Answer">The model's answer, unless <paramref name="Error"/> says why there is none.</param>
/// <param name="Error">What kept the model from answering.</param>
public sealed record ServingOutcome(string App, string Version, InferenceAnswer? Answer, Error? Error)
{
    /// <summary>What was asked; null where it could not be read, or nobody read it.</summary>
    public InferenceRequest? Request { get; init; }

    [MemberNotNullWhen(true, nameof(Answer))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Answer is not null;

    public static ServingOutcome Failed(Error error, string app = "", string version = "") => new(app, version, null, error);
}
