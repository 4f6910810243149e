using System.Collections.Frozen;
using AvaConsole.Core.Naming;

namespace AvaConsole.Core.Images.Catalogue;

/// <summary>
/// What an image is for, as its names say it and, where they do not, its labels. Each is empty where nothing says it. Two schemes of names live side
/// by side: variants in the tag (<c>ava-caffe:py27-cuda80-cudnn6</c>) and everything in the name (<c>ava-caffe-gpu-classify:v20180228-1</c>).
/// </summary>
/// <param name="Framework">In lower case, for example <c>tensorflow</c>; see <see cref="FrameworkText"/>.</param>
/// <param name="Device"><c>cpu</c> or <c>gpu</c>.</param>
/// <param name="Cuda">For example <c>9.0</c>.</param>
/// <param name="Cudnn">For example <c>6</c>.</param>
/// <param name="Python">For example <c>3.5</c>.</param>
/// <param name="Kind">Of model, for example <c>classify</c>.</param>
public sealed record ImageFacets(string Framework, string Device, string Cuda, string Cudnn, string Python, string Kind)
{
    private const int MaxLabelValue = 40;

    private static readonly FrozenDictionary<string, string> s_frameworks = new Dictionary<string, string>
    {
        ["caffe"] = "Caffe",
        ["caffe2"] = "Caffe2",
        ["chainer"] = "Chainer",
        ["darknet"] = "Darknet",
        ["jax"] = "JAX",
        ["keras"] = "Keras",
        ["mindspore"] = "MindSpore",
        ["mxnet"] = "MXNet",
        ["onnxruntime"] = "ONNX Runtime",
        ["paddle"] = "PaddlePaddle",
        ["pytorch"] = "PyTorch",
        ["tensorflow"] = "TensorFlow",
        ["tensorrt"] = "TensorRT",
        ["theano"] = "Theano",
        ["xgboost"] = "XGBoost",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static ImageFacets None { get; } = new("", "", "", "", "", "");

    /// <summary>The framework as its makers write it; one that is not known as it stands.</summary>
    public string FrameworkText => TextOf(Framework);

    /// <summary>In lower case, by what people type.</summary>
    internal string SearchText { get; } = string.Join('\n', new[]
    {
        TextOf(Framework).ToLowerInvariant(), Device, Cuda.Length > 0 ? $"cuda {Cuda}" : "", Cudnn.Length > 0 ? $"cudnn {Cudnn}" : "",
        Python.Length > 0 ? $"python {Python}" : "", Kind,
    }.Where(text => text.Length > 0));

    public static string TextOf(string framework) => s_frameworks.GetValueOrDefault(framework, framework);

    /// <param name="name">The repository's last part, for example <c>ava-caffe</c>.</param>
    /// <param name="tag">Empty for none.</param>
    /// <param name="labels">A stranger's texts.</param>
    /// <param name="environmentNames">Variables that NVIDIA's images set tell that an image is made for its devices.</param>
    public static ImageFacets Of(string name, string tag, IReadOnlyDictionary<string, string>? labels = null, IReadOnlyList<string>? environmentNames = null)
    {
        var image = ImageNameOf(name, tag);
        var parts = ImageTag.TryParse(tag, out var parsed) ? parsed : null;
        string Label(params ReadOnlySpan<string> keys) => labels is null ? "" : LabelOf(labels, keys);
        var device = First(parts?.Device, image?.Device, Label("device") is ImageName.Cpu or ImageName.Gpu ? Label("device") : "", DeviceOf(environmentNames));
        return new ImageFacets(
            First(image?.Framework, FrameworkOf(name), Label("framework")),
            device,
            First(parts?.Cuda, Label("cuda")),
            First(parts?.Cudnn, Label("cudnn")),
            First(parts?.Python, Label("python")),
            First(image?.Kind, Label("kind", "type")));
    }

    private static ImageName? ImageNameOf(string name, string tag)
    {
        if (!name.StartsWith(ImageName.Prefix, StringComparison.Ordinal) && !tag.StartsWith(ImageName.Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        // The version is the tag, or part of the name, or everything is the tag.
        return (tag.StartsWith('v') && ImageName.TryParse($"{name}-{tag}", out var image)) || ImageName.TryParse(name, out image) || ImageName.TryParse(tag, out image) ? image : null;
    }

    private static string FrameworkOf(string name)
    {
        foreach (var part in name.Split('-', '_', '.'))
        {
            if (s_frameworks.ContainsKey(part))
            {
                return part;
            }
        }

        return "";
    }

    /// <summary>By the last part of a label's name, whoever's prefix is in front. What reads as more than a word is no facet.</summary>
    private static string LabelOf(IReadOnlyDictionary<string, string> labels, ReadOnlySpan<string> keys)
    {
        foreach (var (name, value) in labels)
        {
            var key = name.AsSpan(name.LastIndexOf('.') + 1);
            foreach (var wanted in keys)
            {
                if (key.Equals(wanted, StringComparison.OrdinalIgnoreCase) && value.Length is > 0 and <= MaxLabelValue
                    && value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_'))
                {
                    return value.ToLowerInvariant();
                }
            }
        }

        return "";
    }

    private static string DeviceOf(IReadOnlyList<string>? environmentNames) =>
        environmentNames is not null && environmentNames.Any(name => name is "CUDA_VERSION" or "NVIDIA_REQUIRE_CUDA") ? ImageName.Gpu : "";

    private static string First(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (!string.IsNullOrEmpty(text))
            {
                return text;
            }
        }

        return "";
    }
}
