using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace MmLock.Benchmarks.Measuring;

/// <summary>Where the compiler, the reference assemblies and the default analyzers of the running SDK are.</summary>
internal static class Sdk
{
    private static readonly string Root = Path.GetFullPath(
        Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));

    private static readonly string Newest = NewestIn(Path.Combine(Root, "sdk"));

    public static string Host => Path.Combine(Root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    public static string Compiler => Path.Combine(Newest, "Roslyn", "bincore", "csc.dll");

    public static string Pack => NewestIn(Path.Combine(Root, "packs", "Microsoft.NETCore.App.Ref"));

    public static IEnumerable<string> References =>
        Directory.GetFiles(NewestIn(Path.Combine(Pack, "ref")), "*.dll").Order(StringComparer.Ordinal);

    /// <summary>What a project gets without asking: the .NET analyzers, the generators of the framework, their levels.</summary>
    public static IEnumerable<string> DefaultAnalyzers
    {
        get
        {
            var analyzers = Path.Combine(Newest, "Sdks", "Microsoft.NET.Sdk", "analyzers");
            return Directory.GetFiles(Path.Combine(Pack, "analyzers", "dotnet", "cs"), "*.dll")
                .Append(Path.Combine(analyzers, "Microsoft.CodeAnalysis.NetAnalyzers.dll"))
                .Append(Path.Combine(analyzers, "Microsoft.CodeAnalysis.CSharp.NetAnalyzers.dll"))
                .Order(StringComparer.Ordinal);
        }
    }

    public static string DefaultLevels => Path.Combine(
        Newest, "Sdks", "Microsoft.NET.Sdk", "analyzers", "build", "config", "analysislevel_10_default.globalconfig");

    public static string Annotations => Path.Combine(AppContext.BaseDirectory, "MmLock.Annotations.dll");

    public static string Analyzer => Path.Combine(AppContext.BaseDirectory, "MmLock.Analyzers.dll");

    /// <summary>The root of the repository, for the sample.</summary>
    public static string Repository { get; } = FindRepository();

    private static string NewestIn(string folder) =>
        Directory.GetDirectories(folder).MaxBy(static d => Version.TryParse(Path.GetFileName(d).Replace("net", ""), out var v) ? v : new(0, 0))!;

    private static string FindRepository()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Analyzers.sln")))
            at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("run it from a clone of the repository");
    }
}
