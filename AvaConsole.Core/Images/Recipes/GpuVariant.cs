using AvaConsole.Core.Common;
using AvaConsole.Core.Naming;

namespace AvaConsole.Core.Images.Recipes;

/// <summary>A recipe is built for the CPU first; for the GPU its base's tag is swapped, and with it the packages that are for one device alone.</summary>
public static class GpuVariant
{
    /// <summary>
    /// The recipe on the same base with CUDA. The base's digest is left out, because it is the CPU's image's. Refused where the base's tag does not name the
    /// CPU, or the base image has no such CUDA.
    /// </summary>
    /// <param name="cuda">For example <c>9.0</c>, or <c>80-cudnn6</c> and <c>cuda80-cudnn6</c> as a tag has it.</param>
    public static Result<ImageRecipe> Of(ImageRecipe recipe, string cuda)
    {
        if (!TryParseCuda(cuda, out var wanted))
        {
            return new InvalidError("cuda", "recipe.cuda_invalid", 0, RecipeProblems.Shown(cuda));
        }

        if (!ImageReference.TryParse(recipe.Base, out var reference) || !ImageTag.TryParse(reference.Tag, out var tag) || tag.Cuda.Length > 0)
        {
            return new InvalidError("/base", "recipe.base_not_cpu", 0, RecipeProblems.Shown(recipe.Base));
        }

        var swapped = tag with { Cuda = wanted.Cuda, Cudnn = wanted.Cudnn };
        if (BaseImages.Find(reference) is { } image && !image.Has(swapped))
        {
            return new InvalidError("/base", "recipe.base_has_no_cuda", 0, image.Name, wanted.Cuda, string.Join(", ", image.Cudas));
        }

        return recipe with
        {
            Base = new ImageReference(reference.Repository, swapped.ToString(), "").ToString(),
            Pip = [.. recipe.Pip.Select(package => DevicePackages.OnGpu(package, wanted.Cuda) ?? package)],
        };
    }

    private static bool TryParseCuda(string text, out ImageTag tag)
    {
        var word = text.StartsWith("cuda", StringComparison.Ordinal) ? text : "cuda" + text;
        var parts = word.Split('-', 2);
        parts[0] = parts[0].Replace(".", "", StringComparison.Ordinal);
        return ImageTag.TryParse(string.Join('-', parts), out tag!);
    }
}
