using AvaConsole.Core.Naming;

namespace AvaConsole.Web.Features.Images.Names;

/// <summary>What is typed for an image's name. All forms are kept beside each other, so that trying another one loses nothing.</summary>
internal sealed class ImageNameInput
{
    public ImageNameForm Form { get; set; }

    public string Framework { get; set; } = "";

    public string Device { get; set; } = "";

    public string Kind { get; set; } = "";

    public string Name { get; set; } = ImageName.Prefix;

    public string Tag { get; set; } = "";

    public string Free { get; set; } = "";

    public string Registry { get; set; } = "";

    public string Namespace { get; set; } = "";

    public bool IsEmpty => Form switch
    {
        ImageNameForm.Dated => Framework.Length == 0 && Kind.Length == 0,
        ImageNameForm.Tagged => Name is "" or ImageName.Prefix && Tag.Length == 0,
        _ => Free.Length == 0,
    };

    /// <summary>A name taken apart into the form that it has.</summary>
    public static ImageNameInput From(string name)
    {
        if (name.Length == 0)
        {
            return new ImageNameInput();
        }

        if (ImageName.TryParse(name, out var parts))
        {
            return new ImageNameInput { Framework = parts.Framework, Device = parts.Device, Kind = parts.Kind };
        }

        return name.Split(':') is [var image, var tag] && ImageTag.TryParse(tag, out _)
            ? new ImageNameInput { Form = ImageNameForm.Tagged, Name = image, Tag = tag }
            : new ImageNameInput { Form = ImageNameForm.Free, Free = name };
    }

    public ImageNameQuery ToQuery(string own) => new(Form)
    {
        Framework = Framework.Trim(),
        Device = Device,
        Kind = Kind.Trim(),
        Text = Form == ImageNameForm.Tagged ? $"{Name.Trim()}{(Tag.Trim().Length > 0 ? ":" + Tag.Trim() : "")}" : Free.Trim(),
        Registry = Registry.Trim(),
        Namespace = Namespace.Trim(),
        Own = own,
    };
}
