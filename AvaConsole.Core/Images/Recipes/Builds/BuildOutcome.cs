using System.Globalization;
using AvaConsole.Core.Common;

namespace AvaConsole.Core.Images.Recipes.Builds;

/// <summary>How a build ended.</summary>
/// <param name="Digest">Of what was pushed.</param>
internal sealed record BuildOutcome(ImageBuildState State, string FailureCode, IReadOnlyList<string> FailureArgs, string Digest = "")
{
    public BuildOutcome(ImageBuildState state, string code, params IReadOnlyList<int> args)
        : this(state, code, [.. args.Select(arg => arg.ToString(CultureInfo.InvariantCulture))])
    {
    }

    public static BuildOutcome Done { get; } = new(ImageBuildState.Succeeded, "", (IReadOnlyList<string>)[]);

    public static BuildOutcome Of(Error? error)
    {
        if (error is null)
        {
            return Done;
        }

        var (code, args) = ErrorCause.Texts(error);
        return new BuildOutcome(ImageBuildState.Failed, code, args);
    }
}
