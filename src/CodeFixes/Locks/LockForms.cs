using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Model;

namespace MmLock.CodeFixes.Locks;

/// <summary>How does code at some place take a lock and let it go again? Read from the contracts of what can be called there.</summary>
internal sealed class LockForms(FindingSite site)
{
    private readonly LockCalls _calls = new(site);

    /// <summary>The forms of a lock or section, the one to prefer first.</summary>
    /// <param name="text">The lock as an expression, or the section as <c>@name</c>.</param>
    /// <param name="mode">The mode that is needed.</param>
    public IEnumerable<LockForm> For(string text, LockMode mode)
    {
        if (text.StartsWith("@", StringComparison.Ordinal))
            return ContextNames.Find(text.Substring(1)) is { } context ? Forms(_calls.OfContext(context), mode, IrqContext.None) : [];
        var cuts = LockExpressionText.Cuts(text, site.Model, site.Position);
        if (cuts.IsEmpty)
            return [];
        if (IsMonitor(cuts[0].Type))
            return [LockForm.Scoped($"lock ({text})")];
        if (cuts[0].Type is { Name: "SpinLock", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } })
            return [OfSpinLock(text)];
        var lockClass = cuts[0].Symbol is { } named ? site.Contracts.ClassOf(named) : site.Contracts.ClassOfType(cuts[0].Type);
        return Forms(_calls.OfLock(cuts), mode, lockClass?.TakenIn ?? IrqContext.None);
    }

    /// <summary>The calls that let go a lock that was taken elsewhere.</summary>
    public IEnumerable<string> Releases(string text, LockMode mode)
    {
        var calls = text.StartsWith("@", StringComparison.Ordinal)
            ? ContextNames.Find(text.Substring(1)) is { } context ? _calls.OfContext(context) : []
            : _calls.OfLock(LockExpressionText.Cuts(text, site.Model, site.Position));
        return calls.Where(call => call is { Does: LockDeed.Release, Switch: null } && (call.Mode == mode || call.AnyMode || call.IsSection))
            .Select(static call => call.Text).Distinct();
    }

    private bool IsMonitor(ITypeSymbol type) =>
        type is { Name: "Lock", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } }
        || (type.IsReferenceType && site.Contracts.LockTypeOf(type) is null);

    private static IEnumerable<LockForm> Forms(IEnumerable<LockCall> found, LockMode mode, IrqContext taken)
    {
        var calls = found.ToList();
        var acquires = calls.Where(static call => call.Does == LockDeed.Acquire)
            .Where(call => call.Mode >= mode || call.IsSection)
            .OrderBy(call => call.Mode).ThenBy(call => Exposure(call, taken)).ThenBy(static call => call.IsGuard ? 0 : 1);
        foreach (var acquire in acquires)
        {
            if (acquire.IsGuard)
            {
                yield return LockForm.Scoped($"using ({acquire.Text})");
                continue;
            }

            var release = calls.Where(call => call.Does == LockDeed.Release && call.Answers(acquire))
                .OrderBy(call => SymbolEqualityComparer.Default.Equals(call.Method.ContainingType, acquire.Method.ContainingType) ? 0 : 1)
                .FirstOrDefault();
            if (release is not null)
                yield return LockForm.Pair(acquire.Text + ";", release.Text + ";");
        }
    }

    /// <summary>How far the form is from what the class needs: one that interrupts take is taken with them off.</summary>
    private static int Exposure(LockCall call, IrqContext taken) => (taken, call.Switch) switch
    {
        (IrqContext.None, null) => 0,
        (IrqContext.Hardirq, SwitchKind.SavesIrq) => 0,
        (IrqContext.Hardirq, SwitchKind.DisablesIrq) => 1,
        (IrqContext.Softirq, SwitchKind.DisablesBh) => 0,
        (IrqContext.Softirq, SwitchKind.SavesIrq) => 1,
        (_, SwitchKind.SavesIrq) => 2,
        (_, null) => 3,
        _ => 4,
    };

    private LockForm OfSpinLock(string text)
    {
        var flag = site.FreeName("lockTaken");
        return new(
            [$"{(site.Style.UsesVar ? "var" : "bool")} {flag} = false;"],
            "try",
            [$"{text}.Enter(ref {flag});"],
            [$"if ({flag})", site.Style.Unit + $"{text}.Exit();"]);
    }
}
