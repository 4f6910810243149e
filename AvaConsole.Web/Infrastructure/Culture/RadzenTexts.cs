using System.Globalization;
using System.Resources;
using AvaConsole.Web.Resources;
using Radzen;

namespace AvaConsole.Web.Infrastructure.Culture;

/// <summary>
/// Radzen.Blazor brings no Chinese. <c>Resources/RadzenText</c> holds the strings of the components that the console uses, under
/// Radzen's own keys; for any other key the component falls back to its own text.
/// </summary>
public sealed class RadzenTexts : ILocalizer
{
    private static readonly ResourceManager s_texts = new(typeof(RadzenText).FullName!, typeof(RadzenText).Assembly);

    public string Get(string key, CultureInfo culture) => s_texts.GetString(key, culture)!;
}
