using System;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MmLock.Benchmarks.Measuring;

/// <summary>An analyzer that is called for the compilation and does nothing: what having any analyzer costs.</summary>
internal static class EmptyAnalyzer
{
    private const string Source = """
        using System.Collections.Immutable;
        using Microsoft.CodeAnalysis;
        using Microsoft.CodeAnalysis.Diagnostics;
        [DiagnosticAnalyzer(LanguageNames.CSharp)]
        public sealed class Empty : DiagnosticAnalyzer
        {
            static readonly DiagnosticDescriptor Nothing = new("EMPTY", "nothing", "nothing", "None", DiagnosticSeverity.Warning, true);
            public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => ImmutableArray.Create(Nothing);
            public override void Initialize(AnalysisContext context)
            {
                context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
                context.EnableConcurrentExecution();
                context.RegisterCompilationAction(static c => { });
            }
        }
        """;

    private static readonly Lazy<string> Made = new(Make);

    public static string Path => Made.Value;

    private static string Make()
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "mmlock-benchmarks", Environment.ProcessId.ToString(), "Empty.dll");
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        var compilation = CSharpCompilation.Create(
            "Empty",
            [CSharpSyntaxTree.ParseText(Source)],
            Sdk.References.Append(typeof(Compilation).Assembly.Location)
                .Where(r => System.IO.Path.GetFileName(r) != "System.Collections.Immutable.dll")
                .Append(typeof(System.Collections.Immutable.ImmutableArray).Assembly.Location)
                .Select(static r => MetadataReference.CreateFromFile(r)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var result = compilation.Emit(path);
        return result.Success ? path : throw new InvalidOperationException(string.Join("\n", result.Diagnostics));
    }
}
