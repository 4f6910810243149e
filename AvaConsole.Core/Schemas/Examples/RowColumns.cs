namespace AvaConsole.Core.Schemas.Examples;

/// <summary>What the columns of a pasted table mean, by their headings in English and Chinese.</summary>
internal static class RowColumns
{
    public const string Name = "name";
    public const string Type = "type";
    public const string Required = "required";
    public const string Minimum = "min";
    public const string Maximum = "max";
    public const string Enum = "enum";
    public const string Default = "default";
    public const string Description = "description";
    public const string Range = "range";
    public const string Format = "format";
    public const string Pattern = "pattern";
    public const string Title = "title";
    public const string Example = "example";
    public const string Encoding = "encoding";
    public const string Compress = "compress";

    /// <summary>The order of a table without headings, and of copied rows.</summary>
    public static IReadOnlyList<string> Usual { get; } = [Name, Type, Required, Minimum, Maximum, Enum, Default, Description];

    /// <summary>What a heading of a table of parameters may name.</summary>
    public static IReadOnlyList<string> OfParameters { get; } = [.. Usual, Range, Format, Pattern, Title, Example];

    private static readonly Dictionary<string, string> s_known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["name"] = Name,
        ["id"] = Name,
        ["key"] = Name,
        ["field"] = Name,
        ["parameter"] = Name,
        ["param"] = Name,
        ["名称"] = Name,
        ["参数"] = Name,
        ["参数名"] = Name,
        ["参数名称"] = Name,
        ["字段"] = Name,
        ["字段名"] = Name,
        ["type"] = Type,
        ["data type"] = Type,
        ["datatype"] = Type,
        ["类型"] = Type,
        ["数据类型"] = Type,
        ["参数类型"] = Type,
        ["required"] = Required,
        ["mandatory"] = Required,
        ["必填"] = Required,
        ["必选"] = Required,
        ["必须"] = Required,
        ["是否必填"] = Required,
        ["是否必选"] = Required,
        ["是否必须"] = Required,
        ["必传"] = Required,
        ["是否必传"] = Required,
        ["min"] = Minimum,
        ["minimum"] = Minimum,
        ["最小"] = Minimum,
        ["最小值"] = Minimum,
        ["下限"] = Minimum,
        ["max"] = Maximum,
        ["maximum"] = Maximum,
        ["最大"] = Maximum,
        ["最大值"] = Maximum,
        ["上限"] = Maximum,
        ["enum"] = Enum,
        ["values"] = Enum,
        ["allowed values"] = Enum,
        ["allowed"] = Enum,
        ["options"] = Enum,
        ["枚举"] = Enum,
        ["枚举值"] = Enum,
        ["可选值"] = Enum,
        ["允许值"] = Enum,
        ["default"] = Default,
        ["default value"] = Default,
        ["默认"] = Default,
        ["默认值"] = Default,
        ["缺省值"] = Default,
        ["description"] = Description,
        ["desc"] = Description,
        ["comment"] = Description,
        ["meaning"] = Description,
        ["note"] = Description,
        ["notes"] = Description,
        ["描述"] = Description,
        ["说明"] = Description,
        ["备注"] = Description,
        ["含义"] = Description,
        ["range"] = Range,
        ["value range"] = Range,
        ["范围"] = Range,
        ["取值范围"] = Range,
        ["format"] = Format,
        ["格式"] = Format,
        ["pattern"] = Pattern,
        ["regex"] = Pattern,
        ["正则"] = Pattern,
        ["正则表达式"] = Pattern,
        ["title"] = Title,
        ["label"] = Title,
        ["display name"] = Title,
        ["标题"] = Title,
        ["显示名"] = Title,
        ["中文名"] = Title,
        ["example"] = Example,
        ["sample"] = Example,
        ["示例"] = Example,
        ["例子"] = Example,
        ["示例值"] = Example,
        ["encoding"] = Encoding,
        ["encodings"] = Encoding,
        ["编码"] = Encoding,
        ["编码方式"] = Encoding,
        ["compress"] = Compress,
        ["compression"] = Compress,
        ["压缩"] = Compress,
        ["压缩方式"] = Compress,
    };

    /// <summary>Null where the first line is no heading: fewer than two of its cells are known, or the first is not.</summary>
    public static IReadOnlyList<string?>? OfHeading(IReadOnlyList<string> cells, IReadOnlyList<string> known)
    {
        var columns = cells.Select(cell => s_known.TryGetValue(cell.Trim(), out var column) && known.Contains(column) ? column : null).ToList();
        var isHeading = columns.Contains(Name) && (columns.Count(column => column is not null) > 1 || cells.Count == 1);
        return isHeading ? columns : null;
    }
}
