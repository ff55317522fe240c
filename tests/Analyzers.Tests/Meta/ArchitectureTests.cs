using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using MmLock.Analyzers.Hosts;
using Xunit;

namespace MmLock.Analyzers.Tests.Meta;

/// <summary>Data moves one way through the layers; folders are namespaces are layers.</summary>
public sealed class ArchitectureTests
{
    /// <summary>Who may use whom.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Model"] = [],
        ["Options"] = [],
        ["Symbols"] = ["Model"],
        ["Ordering"] = ["Model", "Symbols"],
        ["Contracts"] = ["Model", "Symbols", "Ordering"],
        ["Flow"] = ["Model", "Symbols", "Contracts", "Options"],
        ["Inference"] = ["Model", "Flow", "Contracts"],
        ["Diagnostics"] = ["Model"],
        ["Program"] = ["Model", "Ordering", "Contracts", "Flow"],
        ["Rules"] = ["Model", "Options", "Symbols", "Ordering", "Contracts", "Flow", "Inference", "Program", "Diagnostics"],
        ["Hosts"] = ["Model", "Options", "Symbols", "Ordering", "Contracts", "Flow", "Inference", "Diagnostics", "Rules"],
    };

    /// <summary>Words that a layer must not know.</summary>
    private static readonly Dictionary<string, string[]> MustNotSay = new()
    {
        ["Model"] = ["IOperation", "Operations", "FlowAnalysis"],
        ["Symbols"] = ["IOperation", "Diagnostic"],
        ["Contracts"] = ["IOperation", "Diagnostic", "DiagnosticDescriptor"],
        ["Ordering"] = ["IOperation", "Diagnostic", "DiagnosticDescriptor"],
        ["Flow"] = ["Diagnostic", "DiagnosticDescriptor"],
        ["Inference"] = ["Diagnostic", "DiagnosticDescriptor"],
        ["Program"] = ["IOperation", "Diagnostic", "DiagnosticDescriptor"],
        ["Rules"] = ["AnalysisContext", "CompilationStartAnalysisContext", "Compilation"],
    };

    private static readonly Lazy<(string Layer, string File, CompilationUnitSyntax Root)[]> Sources = new(() =>
        Directory.GetFiles(Repository.PathOf("src", "Analyzers"), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.PathOf("src", "Analyzers"), path).Replace('\\', '/'))
            .Where(file => !file.StartsWith("obj/") && !file.StartsWith("bin/") && !file.StartsWith("Polyfills/"))
            .Select(file => (
                file.Split('/')[0],
                file,
                Parse(file)))
            .ToArray());

    private static CompilationUnitSyntax Parse(string file) =>
        CSharpSyntaxTree.ParseText(File.ReadAllText(Repository.PathOf("src", "Analyzers", file))).GetCompilationUnitRoot();

    [Fact]
    public void EveryFile_IsInAKnownLayerAndItsNamespace() => Assert.Empty(Sources.Value
        .Where(s => !MayUse.ContainsKey(s.Layer)
            || s.Root.Members.OfType<BaseNamespaceDeclarationSyntax>().Single().Name.ToString()
                != "MmLock.Analyzers." + Path.GetDirectoryName(s.File)!.Replace('\\', '/').Replace('/', '.'))
        .Select(s => s.File));

    [Fact]
    public void Layers_UseOnlyWhatTheyMay() => Assert.Empty(
        from source in Sources.Value
        from name in source.Root.DescendantNodes().OfType<NameSyntax>()
        let text = name.ToString()
        where text.StartsWith("MmLock.Analyzers.", StringComparison.Ordinal)
        let used = text.Split('.')[2]
        where used != source.Layer && !MayUse[source.Layer].Contains(used)
        select $"{source.File} uses {used}");

    [Fact]
    public void Layers_DoNotSayWhatTheyMustNotKnow() => Assert.Empty(
        from source in Sources.Value
        where MustNotSay.ContainsKey(source.Layer)
        from name in source.Root.DescendantNodes().OfType<SimpleNameSyntax>()
        where MustNotSay[source.Layer].Contains(name.Identifier.Text)
        select $"{source.File} says {name.Identifier.Text}");

    [Fact]
    public void OnlyHosts_AreAnalyzers() => Assert.All(
        typeof(LockFlowAnalyzer).Assembly.GetTypes().Where(t => typeof(DiagnosticAnalyzer).IsAssignableFrom(t)),
        t => Assert.Equal("MmLock.Analyzers.Hosts", t.Namespace));

    [Fact]
    public void NothingStatic_CanChange() => Assert.Empty(
        from type in typeof(LockFlowAnalyzer).Assembly.GetTypes()
        where type.Namespace?.StartsWith("MmLock.Analyzers.", StringComparison.Ordinal) == true && !type.Name.Contains('<')
        from field in type.GetFields(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic
            | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.DeclaredOnly)
        where !field.IsInitOnly && !field.IsLiteral
        select $"{type.Name}.{field.Name}");
}
