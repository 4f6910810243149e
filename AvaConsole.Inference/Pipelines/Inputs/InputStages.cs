using AvaConsole.Core.Common;
using AvaConsole.Inference.Packages;
using AvaConsole.Inference.Tensors;

namespace AvaConsole.Inference.Pipelines.Inputs;

/// <summary>
/// Settles a model's inputs: which member of the description fills which of them, of what kind it is, and all that it leaves out.
/// </summary>
internal sealed class InputStages
{
    private readonly ServiceDescription _description;
    private readonly ModelSignature _signature;
    private readonly string _folder;
    private readonly InputProblems _problems = new();

    private InputStages(ServiceDescription description, ModelSignature signature, string folder) =>
        (_description, _signature, _folder) = (description, signature, folder);

    /// <param name="folder">Where the model lies: vocabularies lie beside it.</param>
    /// <returns>Error: an <see cref="InvalidError"/> with codes <c>package.*</c> that names all that does not fit.</returns>
    public static Result<IInputStage> Create(ServiceDescription description, ModelSignature signature, string folder) =>
        new InputStages(description, signature, folder).Create();

    private Result<IInputStage> Create()
    {
        var pairs = Assign();
        var parts = pairs.Select(pair => MakePart(SettleKind(pair.Description, pair.Port), pair.Port)).ToList();
        return _problems.All.Count == 0 ? new InputStage(parts!) : new InvalidError(_problems.All);
    }

    /// <summary>Named inputs first; the others get, in order, what nothing has named.</summary>
    private List<(InputDescription Description, ModelPort Port)> Assign()
    {
        var free = _signature.Inputs.ToList();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in _description.Inputs.OfType<TextInput>())
        {
            free.RemoveAll(port => port.Name == text.MaskTensor || port.Name == text.TypesTensor);
        }

        foreach (var input in _description.Inputs.Where(input => input.Tensor is not null))
        {
            Take(input.Tensor!, free, taken);
        }

        var pairs = new List<(InputDescription, ModelPort)>();
        foreach (var input in _description.Inputs)
        {
            var port = input.Tensor is null ? free.FirstOrDefault() : _signature.Inputs.FirstOrDefault(known => known.Name == input.Tensor);
            if (port is not null)
            {
                free.Remove(port);
                pairs.Add((input, port));
            }
            else if (input.Tensor is null)
            {
                _problems.Report("package.inputs_too_many", _description.Inputs.Count, Names(_signature.Inputs));
            }
        }

        AssignRest(free, pairs);
        return pairs;
    }

    // Where nothing is described at all, each input of the model is what it looks like.
    private void AssignRest(List<ModelPort> free, List<(InputDescription Description, ModelPort Port)> pairs)
    {
        var left = free.Where(port => !port.IsOptional).ToList();
        if (_description.Inputs.Count == 0)
        {
            pairs.AddRange(left.Select(port => (new InputDescription { Tensor = left.Count > 1 ? port.Name : null, Entry = left.Count > 1 ? port.Name : null }, port)));
        }
        else if (left.Count > 0 && _problems.All.Count == 0)
        {
            _problems.Report("package.inputs_left", Names(left));
        }
    }

    private void Take(string name, List<ModelPort> free, HashSet<string> taken)
    {
        if (!taken.Add(name))
        {
            _problems.Report("package.tensor_twice", name);
        }
        else if (free.RemoveAll(port => port.Name == name) == 0)
        {
            _problems.Report("package.tensor_unknown", name, Names(_signature.Inputs));
        }
    }

    private InputDescription SettleKind(InputDescription description, ModelPort port)
    {
        if (description.GetType() != typeof(InputDescription))
        {
            return description;
        }

        if (port.Type == TensorType.Bytes && port.Shape.All(length => length is -1 or 1))
        {
            return new TextInput { Tensor = description.Tensor, Entry = description.Entry };
        }

        return PictureInputResolver.IsLikely(port) && _description.Pipeline != PipelineKind.Raw
            ? new PictureInput { Tensor = description.Tensor, Entry = description.Entry }
            : new TensorInput { Tensor = description.Tensor, Entry = description.Entry };
    }

    private IInputPart? MakePart(InputDescription description, ModelPort port) => description switch
    {
        PictureInput picture => new PictureInputResolver(picture, port, _problems).Resolve(),
        TextInput text => new TextInputResolver(text, port, _signature, _folder, _problems).Resolve(),
        TabularInput table => new TabularInputResolver(table, port, _problems).Resolve(),
        AudioInput sound => new AudioInputResolver(sound, port, _problems).Resolve(),
        TensorInput tensor => TensorInputPart.Create(tensor, port, _problems),
        _ => throw new InvalidOperationException($"No stage reads {description.GetType()}."),
    };

    private static string Names(IReadOnlyList<ModelPort> ports) => string.Join(", ", ports.Select(port => port.Name));
}
