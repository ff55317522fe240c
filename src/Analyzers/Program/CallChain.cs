using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow;

namespace MmLock.Analyzers.Program;

/// <summary>The calls between a body and what happens below it, outermost first; they share their tails.</summary>
/// <param name="Callee">Who is called first.</param>
/// <param name="Call">Where.</param>
/// <param name="Rest">The calls that the callee makes; null where it acts itself.</param>
internal sealed record CallChain(IMethodSymbol Callee, Location Call, CallChain? Rest)
{
    public int Length { get; } = 1 + (Rest?.Length ?? 0);

    public static int LengthOf(CallChain? chain) => chain?.Length ?? 0;

    /// <summary>The callees as a message names them; no more of them than it can bear.</summary>
    public static IReadOnlyList<IMethodSymbol> Callees(CallChain? chain)
    {
        var callees = new List<IMethodSymbol>();
        for (; chain is not null && callees.Count < FlowLimits.ChainLength; chain = chain.Rest)
            callees.Add(chain.Callee);
        return callees;
    }

    /// <summary>The places of the calls.</summary>
    public static IReadOnlyList<Location> Calls(CallChain? chain)
    {
        var calls = new List<Location>();
        for (; chain is not null && calls.Count < FlowLimits.ChainLength; chain = chain.Rest)
            calls.Add(chain.Call);
        return calls;
    }
}
