using System.Globalization;
using AvaConsole.Core.Common;
using AvaConsole.Inference.Pictures;

namespace AvaConsole.Inference.Packages;

/// <summary>
/// The members of a <see cref="ServiceDescription"/> by their written names, from <c>service.yaml</c> or from a release's
/// <c>custom_values</c>. Checks each and reports all that is wrong at once.
/// </summary>
/// <param name="source">What the problems' fields start with.</param>
internal sealed class ServiceFields(string source)
{
    private const int MaxSide = 8192;

    private readonly Dictionary<string, IReadOnlyList<string>> _values = new(StringComparer.Ordinal);
    private readonly List<Problem> _problems = [];

    public static IReadOnlyList<string> Names { get; } =
    [
        "pipeline", "labels", "input.tensor", "input.width", "input.height", "input.color", "input.layout", "input.resize", "input.background",
        "input.scale", "input.mean", "input.std", "output.tensor", "output.activation", "output.top_k",
    ];

    public void Add(string name, IReadOnlyList<string> values) => _values[name] = values;

    public Result<ServiceDescription> Read()
    {
        _problems.AddRange(_values.Keys.Except(Names).Select(name => Problem(name, "package.service_field_unknown", name)));
        var picture = new PictureInput
        {
            Tensor = Text("input.tensor"),
            Width = Integer("input.width", 1, MaxSide),
            Height = Integer("input.height", 1, MaxSide),
            Color = Choice<PictureColor>("input.color", "grey", "rgb", "bgr"),
            Layout = Choice<PictureLayout>("input.layout", "nchw", "nhwc"),
            Resize = Choice<PictureFit>("input.resize", "stretch", "cover", "contain"),
            Background = Choice("input.background", "white", "black") switch { null => null, "black" => Rgb.Black, _ => Rgb.White },
            Scale = Numbers("input.scale", mayBeZero: false) is [var scale, ..] ? scale : null,
            Mean = Numbers("input.mean", mayBeZero: true),
            Std = Numbers("input.std", mayBeZero: false),
        };
        var output = new ClassificationOutput
        {
            Tensor = Text("output.tensor"),
            Activation = Choice<Activation>("output.activation", "none", "softmax"),
            TopK = Integer("output.top_k", 1, 1000),
        };
        var description = new ServiceDescription
        {
            Pipeline = Choice<PipelineKind>("pipeline", "classification"),
            Labels = FileName("labels"),
            Inputs = picture == new PictureInput() ? [] : [picture],
            Output = output == new ClassificationOutput() ? null : output,
        };
        return _problems.Count == 0 ? description : new InvalidError(_problems);
    }

    private string? Text(string name) => _values.TryGetValue(name, out var values) && values.Count > 0 ? values[0] : null;

    private string? Choice(string name, params string[] allowed)
    {
        var text = Text(name);
        if (text is null || allowed.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        _problems.Add(Problem(name, "package.service_field_choice", name, EntryName.Show(text), string.Join(", ", allowed)));
        return null;
    }

    private T? Choice<T>(string name, params string[] allowed)
        where T : struct, Enum => Choice(name, allowed) is { } text ? Enum.Parse<T>(text, ignoreCase: true) : null;

    private string? FileName(string name)
    {
        var text = Text(name);
        if (text is null || (text is not ("" or "." or "..") && text.IndexOfAny(['/', '\\', '\0']) < 0))
        {
            return text;
        }

        _problems.Add(Problem(name, "package.service_field_file", name, EntryName.Show(text)));
        return null;
    }

    private int? Integer(string name, int minimum, int maximum)
    {
        var text = Text(name);
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        _problems.Add(Problem(name, "package.service_field_range", name, EntryName.Show(text), minimum, maximum));
        return null;
    }

    private List<float>? Numbers(string name, bool mayBeZero)
    {
        if (!_values.TryGetValue(name, out var texts))
        {
            return null;
        }

        var numbers = new List<float>();
        foreach (var text in texts)
        {
            if (!float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !float.IsFinite(number) || (number == 0 && !mayBeZero))
            {
                _problems.Add(Problem(name, "package.service_field_number", name, EntryName.Show(text)));
                return null;
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private Problem Problem(string name, string code, params object?[] args) => new($"{source}:{EntryName.Show(name)}", code, args);
}
