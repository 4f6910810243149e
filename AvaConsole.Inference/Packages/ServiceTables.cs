using System.Reflection;
using System.Runtime.CompilerServices;
using AvaConsole.Inference.Pictures;

namespace AvaConsole.Inference.Packages;

/// <summary>Which members <c>service.yaml</c> has, made from the records' properties that carry a <see cref="ServiceMemberAttribute"/>.</summary>
internal static class ServiceTables
{
    private const int MaxSteps = 32;

    private static readonly Lazy<ServiceSection> s_model = new(() => Section("model", typeof(EnsembleModel)));

    private static readonly ServiceSection s_column = Section("column", typeof(ColumnDescription), shorthand: "name");

    private static readonly ServiceSection s_step = Section("step", typeof(EnsembleStep));

    public static ServiceInputs Input { get; } = MakeInputs();

    public static ServiceOutputs Output { get; } = new(new Dictionary<PipelineKind, ServiceSection>
    {
        [PipelineKind.Classification] = Section("classification_output", typeof(ClassificationOutput)),
        [PipelineKind.Detection] = Section("detection_output", typeof(DetectionOutput)),
        [PipelineKind.Segmentation] = Section("segmentation_output", typeof(SegmentationOutput)),
        [PipelineKind.Embedding] = Section("embedding_output", typeof(EmbeddingOutput)),
        [PipelineKind.Regression] = Section("regression_output", typeof(RegressionOutput)),
        [PipelineKind.Raw] = Section("raw_output", typeof(RawOutput)),
    });

    /// <summary>The file's own mapping.</summary>
    public static ServiceSection Root { get; } = Section("service", typeof(ServiceDescription));

    /// <summary>All sections, the root first.</summary>
    public static IReadOnlyList<ServiceSection> All { get; } =
        [Root, .. Input.Kinds.Values, s_column, .. Output.Kinds.Values, s_model.Value, s_step];

    /// <summary>The section of a record's type.</summary>
    public static ServiceSection Of(Type record) => All.First(section => section.Record == record);

    private static ServiceInputs MakeInputs()
    {
        var kinds = new Dictionary<string, ServiceSection>
        {
            ["picture"] = Section("picture_input", typeof(PictureInput), "picture"),
            ["text"] = Section("text_input", typeof(TextInput), "text"),
            ["tabular"] = Section("tabular_input", typeof(TabularInput), "tabular"),
            ["audio"] = Section("audio_input", typeof(AudioInput), "audio"),
            ["tensor"] = Section("tensor_input", typeof(TensorInput), "tensor"),
        };
        return new ServiceInputs(Section("any_input", typeof(InputDescription)), kinds);
    }

    private static ServiceSection Section(string name, Type record, string? kind = null, string? shorthand = null) =>
        new(name, record, new Lazy<IReadOnlyList<ServiceMember>>(() => MakeMembers(record, kind)), shorthand);

    private static List<ServiceMember> MakeMembers(Type record, string? kind)
    {
        var members = new List<ServiceMember>();
        if (kind is not null)
        {
            members.Add(new ServiceMember(ServiceInputs.KindName, new ServiceConstant(kind), "What the input takes.", []));
        }

        // Members of the base record come first, as they do in the documentation.
        foreach (var property in record.GetProperties().OrderBy(property => property.DeclaringType == record ? 1 : 0))
        {
            if (property.GetCustomAttribute<ServiceMemberAttribute>() is { } attribute)
            {
                members.AddRange(MakeMembers(property, attribute));
            }
        }

        return members;
    }

    private static IEnumerable<ServiceMember> MakeMembers(PropertyInfo property, ServiceMemberAttribute attribute)
    {
        if (attribute.IsInlined)
        {
            // A model of an ensemble holds no ensemble.
            return Section("", property.PropertyType).Members
                .Where(member => !member.Target[0].GetCustomAttribute<ServiceMemberAttribute>()!.IsOfRoot)
                .Select(member => member with { Target = [property, .. member.Target] });
        }

        var isRequired = property.GetCustomAttribute<RequiredMemberAttribute>() is not null;
        var member = new ServiceMember(ServiceMember.Write(property.Name), TypeOf(property, attribute), attribute.Description, [property])
        {
            IsRequired = isRequired,
            IsOverridable = attribute.IsOverridable,
        };
        return property.PropertyType == typeof(IReadOnlyList<InputDescription>)
            ? [new ServiceMember("input", new ServiceSingle(Input), "What the model takes.", [property]), member]
            : [member];
    }

    private static ServiceMemberType TypeOf(PropertyInfo property, ServiceMemberAttribute attribute)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(OutputDescription))
        {
            return Output;
        }

        if (type == typeof(IReadOnlyDictionary<string, string>))
        {
            return new ServiceMap<string>(new ServiceText(), attribute.MaxItems);
        }

        if (type == typeof(IReadOnlyDictionary<string, EnsembleModel>))
        {
            return new ServiceMap<EnsembleModel>(s_model.Value, MaxSteps);
        }

        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) && type.GetGenericArguments() is [var element]
            ? new ServiceList(TypeOf(element, attribute), element, attribute.OneOrMany, attribute.MaxItems)
            : TypeOf(type, attribute);
    }

    private static ServiceMemberType TypeOf(Type type, ServiceMemberAttribute attribute) => type switch
    {
        _ when type == typeof(string) => attribute.IsFile ? new ServiceFile() : new ServiceText(),
        _ when type == typeof(bool) => new ServiceBoolean(),
        _ when type == typeof(int) || type == typeof(long) => new ServiceWhole(type == typeof(long), attribute.Minimum, attribute.Maximum),
        _ when type == typeof(float) => new ServiceNumber(attribute),
        _ when type == typeof(Rgb) => new ServiceColor(),
        _ when type == typeof(InputDescription) => Input,
        _ when type == typeof(ColumnDescription) => s_column,
        _ when type == typeof(EnsembleStep) => s_step,
        { IsEnum: true } => new ServiceChoice(type),
        _ => throw new InvalidOperationException($"service.yaml has no form for {type}."),
    };
}
