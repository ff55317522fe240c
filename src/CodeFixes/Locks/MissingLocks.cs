using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Analyzers.Diagnostics;

namespace MmLock.CodeFixes.Locks;

/// <summary>Which locks does a finding miss, as code at its place names them?</summary>
internal static class MissingLocks
{
    public static IEnumerable<string> Of(FindingSite site)
    {
        if (site[DiagnosticProperties.Alternatives] is { } alternatives)
            return alternatives.Split('\n');
        return site[DiagnosticProperties.Lock] is { } one ? [OfReceiver(one, site)] : [];
    }

    /// <summary>A lock of an object made here goes by the name that the object has at the place.</summary>
    private static string OfReceiver(string text, FindingSite site)
    {
        var dot = text.LastIndexOf('.');
        return text.StartsWith("new ", StringComparison.Ordinal) && dot > 0
            && site.Node.AncestorsAndSelf().OfType<MemberAccessExpressionSyntax>().FirstOrDefault() is { Expression: IdentifierNameSyntax receiver }
                ? receiver + text.Substring(dot)
                : text;
    }
}
