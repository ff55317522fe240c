using System;
using System.Globalization;
using System.IO;
using System.Linq;
using MmLock.Benchmarks.Corpora;
using MmLock.Benchmarks.Measuring;

namespace MmLock.Benchmarks.Scenarios;

/// <summary>Corpora by the names that the command line uses.</summary>
internal static class Named
{
    public static Corpus Of(string name)
    {
        var dash = name.LastIndexOf('-');
        if (name == "sample")
            return SampleCode.MmKernel();
        if (name == "own")
            return SampleCode.Read("own", Path.Combine(Sdk.Repository, "src", "Annotations"));
        var size = int.Parse(name.AsSpan(dash + 1), NumberStyles.Integer, CultureInfo.InvariantCulture);
        var kind = name.Substring(0, dash);
        return kind switch
        {
            "plain" => PlainCode.Of(size),
            "model" => ModelCode.Of(size),
            _ => HardShape.All.First(s => s.Name.Replace(' ', '-') == kind).At(size),
        };
    }
}
