using System.Collections.Generic;
using MmLock.Analyzers.Diagnostics;

namespace MmLock.CodeFixes.Locks;

/// <summary>Which locks does a finding miss, as code at its place names them?</summary>
internal static class MissingLocks
{
    public static IEnumerable<string> Of(FindingSite site)
    {
        if (site[DiagnosticProperties.Alternatives] is { } alternatives)
            return alternatives.Split('\n');
        return site[DiagnosticProperties.Lock] is { } one ? [one] : [];
    }
}
