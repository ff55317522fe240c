using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Symbols;

namespace MmLock.CodeFixes.Editing;

/// <summary>Makes the names of annotations known where they are written.</summary>
internal static class UsingDirectives
{
    private const string Namespace = KnownTypeNames.Namespace;

    /// <summary>The name to write, and the directive that it needs.</summary>
    public static string Name(FindingSite site, SyntaxNode declaration, string name, out TextChange? import)
    {
        import = null;
        var known = site.Model.LookupNamespacesAndTypes(declaration.SpanStart, name: name + "Attribute").OfType<INamedTypeSymbol>().ToList();
        if (known is [{ } only] && KnownTypeNames.AnnotationName(only) == name)
            return name;
        if (!known.IsEmpty() || site.Root is not CompilationUnitSyntax unit)
            return $"{Namespace}.{name}";
        import = Import(site, unit);
        return name;
    }

    private static TextChange Import(FindingSite site, CompilationUnitSyntax unit)
    {
        var line = $"using {Namespace};" + site.Style.NewLine;
        var scoped = unit.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault(static space => space.Usings.Count > 0);
        var usings = unit.Usings.Count > 0 || scoped is null ? unit.Usings : scoped.Usings;
        var plain = usings.Where(static u => u.Alias is null && u.StaticKeyword.RawKind == 0 && u.GlobalKeyword.RawKind == 0).ToList();
        if (plain.LastOrDefault(u => ComesBefore(u.Name!.ToString(), Namespace)) is { } before)
            return new TextChange(new TextSpan(Lines.End(site.Text, before.Span.End), 0), site.Style.NewLine + Indented(before) + line.TrimEnd('\r', '\n'));
        if (plain.FirstOrDefault() is { } after)
            return new TextChange(new TextSpan(after.SpanStart, 0), line + Indented(after));
        // Directly before the first token: a comment on top of the file stays on top.
        var first = unit.Externs.Count > 0 ? unit.Externs.Last().GetLastToken().GetNextToken() : unit.GetFirstToken();
        return new TextChange(new TextSpan(first.SpanStart, 0), line + site.Style.NewLine + Lines.Indentation(site.Text, first.SpanStart));

        string Indented(UsingDirectiveSyntax directive) => Lines.Indentation(site.Text, directive.SpanStart);
    }

    private static bool ComesBefore(string one, string other)
    {
        bool system = IsSystem(one), otherSystem = IsSystem(other);
        return system != otherSystem ? system : string.CompareOrdinal(one, other) < 0;

        static bool IsSystem(string name) => name == "System" || name.StartsWith("System.", System.StringComparison.Ordinal);
    }

    private static bool IsEmpty<T>(this System.Collections.Generic.List<T> list) => list.Count == 0;
}
