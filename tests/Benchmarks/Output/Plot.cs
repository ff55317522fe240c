using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace MmLock.Benchmarks.Output;

/// <summary>One line of a plot.</summary>
internal sealed record Series(string Name, IReadOnlyList<(double Size, double Cost)> Points);

/// <summary>A plot with two logarithmic axes, as SVG: straight lines are powers.</summary>
internal static class Plot
{
    private const double Left = 70, Top = 40, Width = 480, Height = 300;

    private static readonly string[] Colours = ["#1f6fb4", "#c8502d", "#3a8f4d", "#8a5bb5", "#b08a1e", "#4c4c4c"];

    public static void Write(string path, string title, string sizes, string costs, IReadOnlyList<Series> series)
    {
        var all = series.SelectMany(static s => s.Points).Where(static p => p.Cost > 0).ToList();
        var (x0, x1) = Decades(all.Select(static p => p.Size));
        var (y0, y1) = Decades(all.Select(static p => p.Cost));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 400" font-family="sans-serif" font-size="12">
            <rect width="760" height="400" fill="white"/>
            <text x="{Left}" y="22" font-size="15">{title}</text>
            <text x="{Left + Width / 2}" y="{Top + Height + 40}" text-anchor="middle">{sizes}</text>
            <text transform="translate(18 {Top + Height / 2}) rotate(-90)" text-anchor="middle">{costs}</text>

            """);
        for (int d = x0; d <= x1; d++)
        {
            var x = Left + Width * (d - x0) / (x1 - x0);
            svg.Append(CultureInfo.InvariantCulture, $"""
                <line x1="{x:F1}" y1="{Top}" x2="{x:F1}" y2="{Top + Height}" stroke="#ddd"/>
                <text x="{x:F1}" y="{Top + Height + 18}" text-anchor="middle">{Name(d)}</text>

                """);
        }

        for (int d = y0; d <= y1; d++)
        {
            var y = Top + Height - Height * (d - y0) / (y1 - y0);
            svg.Append(CultureInfo.InvariantCulture, $"""
                <line x1="{Left}" y1="{y:F1}" x2="{Left + Width}" y2="{y:F1}" stroke="#ddd"/>
                <text x="{Left - 8}" y="{y + 4:F1}" text-anchor="end">{Name(d)}</text>

                """);
        }

        for (int i = 0; i < series.Count; i++)
        {
            var points = series[i].Points.Where(static p => p.Cost > 0)
                .Select(p => (
                    X: Left + Width * (Math.Log10(p.Size) - x0) / (x1 - x0),
                    Y: Top + Height - Height * (Math.Log10(p.Cost) - y0) / (y1 - y0))).ToList();
            var line = string.Join(" ", points.Select(static p => string.Create(CultureInfo.InvariantCulture, $"{p.X:F1},{p.Y:F1}")));
            svg.Append(CultureInfo.InvariantCulture, $"""
                <polyline points="{line}" fill="none" stroke="{Colours[i % Colours.Length]}" stroke-width="2"/>
                <text x="{Left + Width + 12}" y="{Top + 14 + 18 * i}" fill="{Colours[i % Colours.Length]}">{series[i].Name}</text>

                """);
            foreach (var (x, y) in points)
                svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:F1}\" cy=\"{y:F1}\" r=\"3\" fill=\"{Colours[i % Colours.Length]}\"/>\n");
        }

        File.WriteAllText(path, svg.Append("</svg>\n").ToString());
    }

    private static (int From, int To) Decades(IEnumerable<double> values)
    {
        var list = values.ToList();
        int from = (int)Math.Floor(Math.Log10(list.Min())), to = (int)Math.Ceiling(Math.Log10(list.Max()));
        return (from, Math.Max(to, from + 1));
    }

    private static string Name(int decade) => decade switch
    {
        >= 6 => string.Create(CultureInfo.InvariantCulture, $"{Math.Pow(10, decade - 6)} M"),
        >= 3 => string.Create(CultureInfo.InvariantCulture, $"{Math.Pow(10, decade - 3)} k"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Pow(10, decade)}"),
    };
}
