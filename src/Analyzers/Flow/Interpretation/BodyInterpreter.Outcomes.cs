using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <summary>How a call came out in this world.</summary>
/// <param name="Tests">The outcomes that are so.</param>
internal sealed record ChosenOutcome(List<OutcomeTest> Tests)
{
    public bool Matches(OutcomeTest test) => Tests.Contains(test);
}

/// <content>Outcomes: a call that may come out several ways splits the world, each part knowing how it came out.</content>
internal sealed partial class BodyInterpreter
{
    /// <summary>Calls whose outcome nobody looks at.</summary>
    private readonly HashSet<IOperation> _ignored = [];

    private ChosenOutcome? ChooseOutcome(IOperation operation, CallSite site, MethodContract contract)
    {
        List<OutcomeTest>? tests = null;
        foreach (var clause in contract.Clauses)
            Add(clause.Outcome);
        foreach (var change in contract.Switches)
            Add(change.Outcome);
        foreach (var reference in contract.References)
            Add(reference.Outcome);
        if (tests is null)
            return null;
        SayIgnored(operation, site, contract, tests);
        var granted = new List<OutcomeTest>();
        var done = new HashSet<int>();
        foreach (var test in tests)
        {
            if (done.Add(test.ResultOrdinal))
                ChooseFor(operation, site, test.ResultOrdinal, tests, granted);
        }
        return new ChosenOutcome(granted);

        void Add(OutcomeTest? test)
        {
            if (test is not null)
            {
                tests ??= [];
                if (!tests.Contains(test))
                    tests.Add(test);
            }
        }
    }

    private void ChooseFor(IOperation operation, CallSite site, int ordinal, List<OutcomeTest> tests, List<OutcomeTest> granted)
    {
        var value = OutcomeValue(operation, site, ordinal);
        var options = new List<OutcomeTest?>();
        foreach (var test in tests)
        {
            if (test.ResultOrdinal == ordinal && !options.Contains(test))
                options.Add(test);
        }
        // The opposite of a test that has one; "none of these" for named values.
        var first = options[0]!;
        if (options.Count == 1 || !AreOpposite(options))
            options.Add(first.Kind == OutcomeKind.Value || options.Count > 1 ? null : Opposite(first));
        int chosen = Choose(options.Count);
        var taken = options[chosen];
        if (taken is null)
        {
            foreach (var test in options)
            {
                if (test is not null && !AssumeOutcome(value, test, false))
                    Kill();
            }
            return;
        }
        if (!AssumeOutcome(value, taken, true))
            Kill();
        foreach (var test in tests)
        {
            if (test.ResultOrdinal == ordinal && test.Equals(taken))
                granted.Add(test);
        }
    }

    private static bool AreOpposite(List<OutcomeTest?> options) =>
        options.Count == 2 && Opposite(options[0]!).Kind == options[1]!.Kind;

    private static OutcomeTest Opposite(OutcomeTest test) => test with
    {
        Kind = test.Kind switch
        {
            OutcomeKind.True => OutcomeKind.False,
            OutcomeKind.False => OutcomeKind.True,
            OutcomeKind.NotNull => OutcomeKind.Null,
            OutcomeKind.Null => OutcomeKind.NotNull,
            OutcomeKind.Zero => OutcomeKind.NonZero,
            OutcomeKind.NonZero => OutcomeKind.Zero,
            var kind => kind,
        },
    };

    private Value OutcomeValue(IOperation operation, CallSite site, int ordinal)
    {
        if (ordinal < 0 || ordinal >= site.Places.Length || site.Places[ordinal] is not { } place)
            return ordinal >= 0 && ordinal < site.Arguments.Length ? site.Arguments[ordinal] ?? _values.Lost : site.Result!;
        if (!site.OutputsDone[ordinal])
        {
            var yielded = _values.Result(operation, site.Method!.Parameters[ordinal].Type, ordinal);
            WorldRenaming.Refresh(_w, yielded, _values);
            Assign(place, yielded);
            site.OutputsDone[ordinal] = true;
        }
        return Content(place);
    }

    private bool AssumeOutcome(Value value, OutcomeTest test, bool sense) => test.Kind switch
    {
        OutcomeKind.True => WorldAssumptions.Assume(_w, value, sense, _values),
        OutcomeKind.False => WorldAssumptions.Assume(_w, value, !sense, _values),
        OutcomeKind.NotNull => WorldAssumptions.AssumeNull(_w, value, !sense),
        OutcomeKind.Null => WorldAssumptions.AssumeNull(_w, value, sense),
        OutcomeKind.Zero => WorldAssumptions.AssumeConstant(_w, value, 0, sense),
        OutcomeKind.NonZero => WorldAssumptions.AssumeConstant(_w, value, 0, !sense),
        _ => WorldAssumptions.AssumeConstant(_w, value, test.Constant, sense),
    };

    /// <summary>A call as a statement, or one whose result is discarded.</summary>
    private void NoteIgnored(IOperation operation)
    {
        if (!Emitting)
            return;
        while (true)
        {
            switch (operation)
            {
                case IAwaitOperation await:
                    operation = await.Operation;
                    continue;
                case IConversionOperation { OperatorMethod: null } conversion:
                    operation = conversion.Operand;
                    continue;
                case IInvocationOperation { Instance: { } instance } invocation when IsTransparent(invocation.TargetMethod):
                    operation = instance;
                    continue;
            }
            break;
        }
        _ignored.Add(operation);
    }

    private IOperation? _usedValue;

    /// <summary>A condition or a returned value: somebody looks at it.</summary>
    public Value EvalUsed(IOperation operation)
    {
        _usedValue = operation;
        return Eval(operation);
    }

    /// <summary>A local that nothing reads is as good as a discard.</summary>
    private void NoteIgnoredLocal(ISimpleAssignmentOperation assignment)
    {
        if (assignment.Target is ILocalReferenceOperation { Local: var local } && !_frame.ReadLocals.Contains(local)
            && assignment.Parent is null or IExpressionStatementOperation && !ReferenceEquals(assignment, _usedValue))
            NoteIgnored(assignment.Value);
    }

    private void SayIgnored(IOperation operation, CallSite site, MethodContract contract, List<OutcomeTest> tests)
    {
        if (!Emitting)
            return;
        bool ignored = false;
        foreach (var test in tests)
        {
            if (test.ResultOrdinal < 0)
                ignored |= _ignored.Contains(operation);
            else if (test.ResultOrdinal < site.ArgumentOperations.Length)
            {
                var argument = site.ArgumentOperations[test.ResultOrdinal];
                if (argument is IDeclarationExpressionOperation declaration)
                    argument = declaration.Expression;
                ignored |= argument is IDiscardOperation
                    || argument is ILocalReferenceOperation { Local: var local } && !_frame.ReadLocals.Contains(local);
            }
        }
        if (!ignored)
            return;
        foreach (var clause in contract.Clauses)
        {
            if (clause is { Kind: ClauseKind.Acquires, Outcome: not null } && clause.Locks.Length > 0)
            {
                var tried = Resolve(clause.Locks[0], site);
                Raise(new IgnoredOutcomeEvent(_w, operation, tried?.Text ?? clause.Locks[0].Text) { Callee = site.Method, Lock = tried });
                return;
            }
        }
        foreach (var reference in contract.References)
        {
            if (reference.Kind == Model.RefKind.TryAcquires)
            {
                Raise(new IgnoredOutcomeEvent(_w, operation, site.ReceiverText.Length > 0 ? site.ReceiverText : "a reference") { Callee = site.Method });
                return;
            }
        }
    }
}
