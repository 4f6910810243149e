using System.Globalization;
using AvaConsole.Core.Benchmarks;
using AvaConsole.Web.Features.Widgets;
using AvaConsole.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AvaConsole.Web.Features.Releases;

/// <summary>How pages say what a benchmark found.</summary>
internal static class BenchmarkTexts
{
    /// <summary>Where the knee is, or that none was seen.</summary>
    public static string Knee(IStringLocalizer<BenchmarksText> texts, BenchmarkRun run) =>
        BenchmarkKnee.Of(run) is { } knee
            ? texts["KneeAt", knee.Clients, FigureText.Number(knee.PerSecond), FigureText.Number(knee.P99)]
            : run.Report.Points.MaxBy(point => point.PerSecond) is { PerSecond: > 0 } best ? texts["KneeUnseen", best.Clients, FigureText.Number(best.PerSecond)] : texts["NothingAnswered"];

    /// <summary>With its sign; empty where it is not known.</summary>
    public static string Change(double? change) => change is { } share ? share.ToString("+0.0 %;−0.0 %;0 %", CultureInfo.InvariantCulture) : "";

    /// <summary>Seconds below two minutes, minutes above.</summary>
    public static string Duration(IStringLocalizer<BenchmarksText> texts, TimeSpan time) => time < TimeSpan.FromMinutes(2)
        ? texts["Seconds", Math.Ceiling(time.TotalSeconds)]
        : texts["Minutes", Math.Ceiling(time.TotalMinutes)];
}
