using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Contracts;

namespace MmLock.Analyzers.Hosts;

/// <summary>One contract cache per compilation, for both analyzers.</summary>
internal static class ContractCaches
{
    private static readonly ConditionalWeakTable<Compilation, ContractCache> Caches = new();

    /// <summary>The cache of a compilation; made at the first question.</summary>
    /// <remarks>
    /// It must not keep a token: an editor asks about one compilation many times, and the first request may be cancelled while
    /// the next ones go on with what it began.
    /// </remarks>
    public static ContractCache For(Compilation compilation) =>
        Caches.GetValue(compilation, static c => new ContractCache(c, CancellationToken.None));
}
