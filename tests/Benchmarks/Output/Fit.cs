using System;
using System.Collections.Generic;
using System.Linq;

namespace MmLock.Benchmarks.Output;

/// <summary>By which power of the size does something grow? Least squares over logarithms.</summary>
internal static class Fit
{
    public static double Exponent(IReadOnlyList<(double Size, double Cost)> points)
    {
        var logs = points.Where(static p => p.Cost > 0).Select(static p => (X: Math.Log(p.Size), Y: Math.Log(p.Cost))).ToList();
        double x = logs.Average(static p => p.X), y = logs.Average(static p => p.Y);
        return logs.Sum(p => (p.X - x) * (p.Y - y)) / logs.Sum(p => (p.X - x) * (p.X - x));
    }
}
