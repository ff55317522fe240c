using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Rules.Held;

/// <summary>What MML2003 and MML2004 share: one finding an expression, naming the guards that are missing.</summary>
internal static class GuardedAccess
{
    public static void Judge(DiagnosticDescriptor rule, AccessEvent access, Verdicts verdicts)
    {
        if (access.Satisfied)
        {
            verdicts.Pass(rule, access.Place(), part: access.Member.Name);
            return;
        }
        var mode = access.IsWrite ? LockMode.Exclusive : LockMode.Shared;
        bool anyOf = access.Guard?.Kind == GuardKind.StableUnder && !access.IsWrite;
        var wanted = anyOf ? access.Needed : access.Missing;
        if (wanted.IsEmpty)
            return;
        verdicts.Fail(rule, access.Place(), LockPhrases.Required(wanted, mode, anyOf), texts =>
        {
            var finding = new Finding(rule, access.Place(), LockWording.Member(access.Member), LockWording.And(texts))
                .About(wanted[0], mode).Requiring(wanted, mode, anyOf);
            return access.World.Find(wanted[0]) is { } weaker
                ? finding.At(LocationRole.AcquiredAt, weaker.Site()).With(DiagnosticProperties.HeldMode, weaker.Mode.ToString())
                : finding;
        }, part: access.Member.Name, declaration: access.Guard?.Declaration);
    }
}
