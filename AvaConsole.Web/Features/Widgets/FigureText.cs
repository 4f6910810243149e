using System.Globalization;

namespace AvaConsole.Web.Features.Widgets;

/// <summary>Says measured figures, with a point in every language.</summary>
public static class FigureText
{
    /// <summary>Two decimals below ten, none above.</summary>
    public static string Number(double value) => value.ToString(value is > 0 and < 10 ? "0.##" : "#,0", CultureInfo.InvariantCulture);

    /// <summary>As charts format their axes.</summary>
    public static string OfAxis(object value) => Number(Convert.ToDouble(value, CultureInfo.InvariantCulture));
}
