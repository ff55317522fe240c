using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;
using RefKind = MmLock.Analyzers.Model.RefKind;

namespace MmLock.Analyzers.Contracts;

/// <summary>From the words on one method to its contract: the only place that knows what each word means.</summary>
internal sealed class MethodContractReader(ContractCache cache, IMethodSymbol method, ProblemSink problems)
{
    private readonly ExpressionReader _expressions = new(cache, BindingScope.Of(method), problems);
    private readonly ImmutableArray<ContractClause>.Builder _clauses = ImmutableArray.CreateBuilder<ContractClause>();
    private readonly ImmutableArray<SwitchClause>.Builder _switches = ImmutableArray.CreateBuilder<SwitchClause>();
    private readonly ImmutableArray<RefClause>.Builder _references = ImmutableArray.CreateBuilder<RefClause>();
    private readonly SortedSet<int> _invokedHere = [];
    private readonly SortedSet<int> _invokedElsewhere = [];
    private readonly SortedSet<int> _consumes = [];
    private readonly ImmutableArray<(LockExpression, LockExpression)>.Builder _sameLocks =
        ImmutableArray.CreateBuilder<(LockExpression, LockExpression)>();
    private MethodContract _contract = MethodContract.None;

    /// <summary>Words that describe a method without being a contract that its callers and its body are judged by.</summary>
    public static bool IsContract(Annotation word) => word.Name
        is not ("NoLockAnalysis" or "SameLock" or "InvokedHere" or "DoesNotReturn" or "DoesNotReturnIf"
            or "LockType" or "LockClass" or "ScopedLock" or "RefCounted" or "AcquiredBefore" or "AcquiredAfter"
            or "LockHierarchy" or "ExternalContract" or "RcuGuarded" or "StableUnder")
        && !word.Name.EndsWith("GuardedBy", StringComparison.Ordinal);

    /// <summary>A contract about references: a method without any other still inherits one, and still has one inferred.</summary>
    public static bool IsReference(Annotation word) =>
        word.Name.EndsWith("Ref", StringComparison.Ordinal) || word.Name == "Unreferenced";

    public MethodContract Read(ImmutableArray<Annotation> words)
    {
        var isDeclared = false;
        foreach (var word in words)
        {
            Read(word);
            isDeclared |= IsContract(word) && !IsReference(word);
        }

        return _contract with
        {
            Clauses = _clauses.ToImmutable(),
            Switches = _switches.ToImmutable(),
            References = _references.ToImmutable(),
            InvokedHere = [.. _invokedHere],
            InvokedElsewhere = [.. _invokedElsewhere],
            Consumes = [.. _consumes],
            SameLocks = _sameLocks.ToImmutable(),
            IsDeclared = isDeclared,
            DeclaredOn = words.Any(IsContract) ? method : null,
        };
    }

    private void Read(Annotation word)
    {
        _hasOutcome = true;
        switch (word.Name)
        {
            case "MustHold":
                Clause(word, ClauseKind.MustHold, LockMode.Exclusive);
                break;
            case "MustHoldShared":
                Clause(word, ClauseKind.MustHold, LockMode.Shared);
                break;
            case "MustHoldAny":
                Clause(word, ClauseKind.MustHoldAny, LockMode.Shared);
                break;
            case "MustNotHold":
                Clause(word, ClauseKind.MustNotHold, LockMode.Shared);
                break;
            case "Acquires" or "AcquiresShared" or "AcquiresUpgradeable":
                Clause(word, ClauseKind.Acquires, ModeOf(word.Name), Outcome(word, false));
                break;
            case "TryAcquires" or "TryAcquiresShared" or "TryAcquiresUpgradeable":
                Clause(word, ClauseKind.Acquires, ModeOf(word.Name), Outcome(word, true));
                break;
            case "Releases" or "ReleasesShared" or "ReleasesUpgradeable":
                Clause(word, ClauseKind.Releases, ModeOf(word.Name), Outcome(word, false));
                break;
            case "ReleasesAny":
                Clause(word, ClauseKind.Releases, LockMode.Shared, Outcome(word, false), anyMode: true);
                break;
            case "MayAcquire":
                Clause(word, ClauseKind.MayAcquire, LockMode.Exclusive);
                break;
            case "Drops":
                Clause(word, ClauseKind.Drops, LockMode.Shared);
                break;
            case "Downgrades":
                Clause(word, ClauseKind.Downgrades, LockMode.Exclusive);
                break;
            case "Upgrades":
                Clause(word, ClauseKind.Upgrades, LockMode.Shared);
                break;
            case "AssertsHeld" or "AssertsHeldShared" or "AssertsHeldUpgradeable":
                Clause(word, ClauseKind.AssertsHeld, ModeOf(word.Name), Outcome(word, false));
                break;
            case "AssertsNotHeld":
                Clause(word, ClauseKind.AssertsNotHeld, LockMode.Shared, Outcome(word, false));
                break;
            case "Governs":
                Clause(word, ClauseKind.Governs, LockMode.Exclusive, orThis: false);
                break;
            case "ReturnsLock":
                Clause(word, ClauseKind.ReturnsLock, LockMode.Exclusive, orThis: false);
                break;
            case "WaitsForReaders":
                Clause(word, ClauseKind.WaitsForReaders, LockMode.Shared);
                _contract = _contract with { MaySleep = true, SleepDeclaration = word.Place() };
                break;
            case "Unpublishes":
                Clause(word, ClauseKind.Unpublishes, LockMode.Exclusive, wantsLock: false);
                break;
            case "Frees":
                Clause(word, ClauseKind.Frees, LockMode.Exclusive, wantsLock: false);
                break;
            case "FreesAfterGracePeriod":
                Clause(word, ClauseKind.FreesAfterGracePeriod, LockMode.Exclusive, wantsLock: false);
                break;
            case "SameLock":
                var (first, second) = (_expressions.One(word, 0), _expressions.One(word, 1));
                if (first is not null && second is not null)
                    _sameLocks.Add((first, second));
                break;
            default:
                ReadPlain(word);
                break;
        }
    }

    private void ReadPlain(Annotation word)
    {
        switch (word.Name)
        {
            case "MaySleep":
                _contract = _contract with { MaySleep = true, SleepDeclaration = word.Place() };
                break;
            case "NeverSleeps":
                _contract = _contract with { NeverSleeps = true, SleepDeclaration = word.Place() };
                break;
            case "RunsIn" when Enum.TryParse<RunContext>(word[0], out var context):
                _contract = _contract with { RunsIn = context };
                break;
            case "NoLockAnalysis":
                _contract = _contract with { NoAnalysis = true };
                break;
            case "RcuAccessor" when Enum.TryParse<RcuRole>(word[0], out var role):
                _contract = _contract with { RcuRole = role, RcuFlavor = _expressions.Named(word, "Flavor") };
                break;
            case "InvokedHere" when word.Target == AnnotationTarget.Parameter:
                _invokedHere.Add(word.Ordinal);
                break;
            case "InvokedElsewhere" when word.Target == AnnotationTarget.Parameter:
                _invokedElsewhere.Add(word.Ordinal);
                break;
            case "Consumes" when word.Target == AnnotationTarget.Parameter:
                _consumes.Add(word.Ordinal);
                break;
            case "Deferred":
                _contract = _contract with { IsDeferred = true };
                break;
            case "DoesNotReturn":
                _contract = _contract with { NeverReturns = true };
                break;
            case "DoesNotReturnIf" when word.Target == AnnotationTarget.Parameter:
                _contract = _contract with
                {
                    NeverReturnsIfOrdinal = word.Ordinal,
                    NeverReturnsIfValue = string.Equals(word[0], "true", StringComparison.OrdinalIgnoreCase),
                };
                break;
            case "DisablesIrq" or "EnablesIrq" or "SavesIrq" or "RestoresIrq" or "DisablesPreemption" or "EnablesPreemption"
                or "DisablesBh" or "EnablesBh":
                Switch(word, (SwitchKind)Enum.Parse(typeof(SwitchKind), word.Name));
                break;
            case "AcquiresRef" or "TryAcquiresRef" or "ReleasesRef" or "MustHoldRef" or "MustNotHoldRef" or "Unreferenced":
                Reference(word);
                break;
        }
    }

    private void Clause(
        Annotation word, ClauseKind kind, LockMode mode, OutcomeTest? outcome = null, bool anyMode = false, bool orThis = true,
        bool wantsLock = true)
    {
        var locks = _expressions.All(word, orThis && wantsLock, out var isComplete, wantsLock: wantsLock);
        if (!_hasOutcome)
            return;

        // Of several alternatives one is enough: without those that did not bind it would ask for more than was meant.
        if (locks.IsEmpty || (kind == ClauseKind.MustHoldAny && !isComplete))
            return;
        _clauses.Add(new(
            kind, locks, mode, anyMode, outcome, word.Says("Waits"), word.Place(), Ordinal(word["Timeout"]), Ordinal(word["Flag"])));
    }

    private void Switch(Annotation word, SwitchKind kind)
    {
        var flags = -2;
        if (kind is SwitchKind.SavesIrq or SwitchKind.RestoresIrq && word[0] is { } name)
        {
            flags = name == "return" && _expressions.Scope.Result is not null ? -1 : Ordinal(name);
            if (flags < 0 && name != "return" || (name == "return" && flags != -1))
            {
                problems.Add(
                    BindFailure.Bad(
                        name, $"'{name}' is no parameter", NearestName.Find(name, method.Parameters.Select(static p => p.Name))),
                    word, 0);
                return;
            }
        }

        var outcome = Outcome(word, false);
        if (_hasOutcome)
            _switches.Add(new(kind, flags, outcome, word.Place()));
    }

    private void Reference(Annotation word)
    {
        var kind = word.Name switch
        {
            "AcquiresRef" => RefKind.Acquires,
            "TryAcquiresRef" => RefKind.TryAcquires,
            "ReleasesRef" => RefKind.Releases,
            "MustHoldRef" => RefKind.MustHold,
            "MustNotHoldRef" => RefKind.MustNotHold,
            _ => RefKind.Unreferenced,
        };
        var ordinal = word.Target switch
        {
            AnnotationTarget.Return => RefClause.Result,
            AnnotationTarget.Parameter => word.Ordinal,
            _ => kind == RefKind.Unreferenced ? RefClause.Result : RefClause.Receiver,
        };
        var outcome = Outcome(word, kind == RefKind.TryAcquires);
        if (_hasOutcome)
            _references.Add(new(kind, ordinal, outcome, word.Place()));
    }

    /// <summary>False when the outcome that the annotation depends on does not exist.</summary>
    private bool _hasOutcome = true;

    private OutcomeTest? Outcome(Annotation word, bool always)
    {
        _hasOutcome = OutcomeReader.TryRead(word, method, always, problems, out var outcome);
        return outcome;
    }

    private int Ordinal(string? parameter)
    {
        foreach (var candidate in method.Parameters)
        {
            if (parameter is not null && candidate.Name == parameter)
                return candidate.Ordinal;
        }

        return -1;
    }

    private static LockMode ModeOf(string word) =>
        word.EndsWith("Shared", StringComparison.Ordinal) ? LockMode.Shared
        : word.EndsWith("Upgradeable", StringComparison.Ordinal) ? LockMode.Upgradeable
        : LockMode.Exclusive;
}
