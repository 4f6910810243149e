using AvaConsole.Core.Common;
using AvaConsole.Inference.Hosting;
using AvaConsole.Inference.Pictures;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>All parts of a model's input, one after the other. What is wrong with any of them is said at once.</summary>
internal sealed class InputStage(IReadOnlyList<IInputPart> parts) : IInputStage, IRegionInput
{
    public IReadOnlyList<string> Entries { get; } = [.. parts.Select(part => part.Entry).Distinct(StringComparer.Ordinal)];

    public bool TakesRegions => parts is [PictureInputPart { TakesRegions: true }];

    public Result<PreparedInput> PrepareRegions(InferenceRequest request, IReadOnlyList<PictureRegion> regions)
    {
        var builder = new InputBuilder();
        Result<IReadOnlyList<PictureGeometry>>? geometries = null;
        try
        {
            geometries = ((PictureInputPart)parts[0]).PrepareRegions(request, regions, builder);
            return geometries.IsSuccess ? builder.Build() with { Regions = geometries.Value } : geometries.Error;
        }
        finally
        {
            if (geometries is not { IsSuccess: true })
            {
                builder.Dispose();
            }
        }
    }

    public Result<PreparedInput> Prepare(InferenceRequest request)
    {
        var builder = new InputBuilder();
        var problems = new List<Problem>();
        var complete = false;
        try
        {
            foreach (var part in parts)
            {
                if (part.Prepare(request, builder) is { } error)
                {
                    problems.AddRange(error is InvalidError invalid ? invalid.Problems : [new Problem("", error.Code, error.Args)]);
                }
            }

            complete = problems.Count == 0;
            return complete ? builder.Build() : new InvalidError(problems);
        }
        finally
        {
            if (!complete)
            {
                builder.Dispose();
            }
        }
    }

    /// <summary>The part that makes pixels of this tensor; null where none does.</summary>
    public PictureInputPart? FindPicture(string tensor) => parts.OfType<PictureInputPart>().FirstOrDefault(part => part.TensorName == tensor);

    public IReadOnlyList<Tensor> MakeSample(int seed)
    {
        // Not given back: who tries a model may keep its sample.
        var builder = new InputBuilder();
        foreach (var part in parts)
        {
            part.MakeSample(seed, builder);
        }

        return builder.Tensors;
    }
}
