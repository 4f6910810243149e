using AvaConsole.Core.Common;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Pictures;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>Makes rows of parts of one picture: what a detector has found becomes the input of the next model.</summary>
internal interface IRegionInput
{
    /// <summary>False where the input is not one picture of a size that is known.</summary>
    bool TakesRegions { get; }

    /// <param name="regions">At least one, inside the upright picture.</param>
    /// <returns>One tensor with a row for each region, and <see cref="PreparedInput.Regions"/>; errors as of <see cref="IInputStage.Prepare"/>.</returns>
    Result<PreparedInput> PrepareRegions(InferenceRequest request, IReadOnlyList<PictureRegion> regions);
}
