using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Diagnostics;

namespace MmLock.Analyzers.Tests.Meta;

/// <summary>The rule table of the contract, written down a second time: ids, names and severities never change.</summary>
internal sealed record RuleRow(string Id, string Name, string Severity, bool Live, bool Build)
{
    public string Family => Id[3] switch
    {
        '1' => "Order",
        '2' => "Held",
        '3' => "Rcu",
        '4' => "Context",
        '5' => "Ref",
        '6' => "Suggestion",
        _ => "Annotation",
    };
}

/// <summary>The table and what the code says instead.</summary>
internal static class RuleTable
{
    public static IReadOnlyList<RuleRow> Rows { get; } = Parse(
        """
        MML1001 LockOrderViolation error live build
        MML1002 LockOrderCycle warning build
        MML1003 UnorderedNesting warning live build
        MML1004 DoubleAcquire error live build
        MML1005 UndeclaredOrder off live
        MML2001 RequiredLockNotHeld error live
        MML2002 ExcludedLockHeld error live
        MML2003 GuardedReadUnlocked error live
        MML2004 GuardedWriteUnlocked error live
        MML2005 ReleaseNotHeld error live
        MML2006 HeldAtExit error live
        MML2007 HeldOnException off live
        MML2008 LoopChangesLocks error live
        MML2009 ContractNotKept error live
        MML2010 TryAcquireIgnored warning live
        MML2011 WrongMode error live
        MML2012 OverrideContract error live
        MML2013 GuardedEscape warning live
        MML2014 HeldAcrossSuspension error live
        MML2015 StaleGuardedValue warning live
        MML3001 RcuPlainRead error live
        MML3002 RcuDereferenceUnprotected error live
        MML3003 RcuPlainWrite error live
        MML3004 RcuUpdateUnlocked error live
        MML3005 RcuPointerEscapes error live
        MML3006 RcuWaitInReader error live
        MML3007 RcuFlavourMismatch error live
        MML3008 RcuPeekFollowed error live
        MML3009 RcuFreeWithoutGracePeriod error live
        MML4001 SleepInAtomic error live build
        MML4002 IrqUnsafeAcquire error live build
        MML4003 IrqEnabledInside error live
        MML4004 IrqStateMismatch error live
        MML4005 WrongContext error live
        MML4006 IrqOrderInversion warning build
        MML4007 WaitTypeNesting off live
        MML5001 UseAfterRelease error live
        MML5002 ReferenceNotHeld error live
        MML5003 ReferenceLeak warning live
        MML5004 ExcludedReferenceHeld error live
        MML6001 InferredGuard info build
        MML6002 InferredContract info live
        MML9001 BadLockExpression error live
        MML9002 NotALock error live
        MML9003 HierarchyCycle error live
        MML9004 UnknownLockClass warning build
        MML9005 ContradictoryContract error live
        MML9006 AnalysisIncomplete info live
        """);

    /// <summary>Every descriptor by the name of its field.</summary>
    public static IReadOnlyDictionary<string, DiagnosticDescriptor> Descriptors { get; } = typeof(Descriptors)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(f => f.Name, f => (DiagnosticDescriptor)f.GetValue(null)!);

    public static bool IsAtEnd(DiagnosticDescriptor descriptor) =>
        descriptor.CustomTags.Contains(WellKnownDiagnosticTags.CompilationEnd);

    private static RuleRow[] Parse(string table) => table.Split('\n')
        .Select(line => line.Trim().Split(' '))
        .Select(w => new RuleRow(w[0], w[1], w[2], w.Contains("live"), w.Contains("build")))
        .ToArray();
}
