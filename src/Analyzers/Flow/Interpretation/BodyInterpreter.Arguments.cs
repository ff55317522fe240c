using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;
using ReferenceKind = MmLock.Analyzers.Model.RefKind;
using RefKind = Microsoft.CodeAnalysis.RefKind;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>What goes into a call and comes out of it.</content>
internal sealed partial class BodyInterpreter
{
    private void EvalArguments(ImmutableArray<IArgumentOperation> arguments, CallSite site, bool isAccessor)
    {
        foreach (var argument in arguments)
        {
            int ordinal = argument.Parameter?.Ordinal ?? -1;
            if (ordinal < 0 || ordinal >= site.Arguments.Length)
            {
                Eval(argument.Value);
                continue;
            }
            site.ArgumentOperations[ordinal] = argument.Value;
            var refKind = argument.Parameter!.RefKind;
            bool isPointer = isAccessor && ordinal == 0;
            if (refKind != RefKind.None && PlaceOf(argument.Value) is { } place)
            {
                site.Places[ordinal] = place;
                _isAccessorArgument = isPointer;
                bool isWrite = refKind is RefKind.Ref or RefKind.Out && !_isAccessorArgument;
                Access(place, argument.Value, isWrite, compound: refKind == RefKind.Ref);
                site.Arguments[ordinal] = Content(place);
            }
            else
            {
                _isAccessorArgument = isPointer;
                site.Arguments[ordinal] = Eval(argument.Value);
            }
            _isAccessorArgument = false;
        }
    }

    private Value ResultOf(IOperation operation, IMethodSymbol method)
    {
        if (method.ReturnType.IsReferenceType || method.ReturnType.IsValueType || method.ReturnType is ITypeParameterSymbol)
        {
            var value = _values.Result(operation, method.ReturnType);
            WorldRenaming.Refresh(_w, value, _values);
            return value;
        }
        return Yield(operation);
    }

    /// <summary>A callee that reads a sequence to its end reads what stands in it, as a loop over it would.</summary>
    private void ReadConsumed(CallSite site, MethodContract contract)
    {
        if (contract.IsDeferred && site.Operation is { } query && IsConsumed(query))
            ReadElements(0);
        foreach (int ordinal in contract.Consumes)
            ReadElements(ordinal);

        void ReadElements(int ordinal)
        {
            if (ordinal < site.Arguments.Length && site.Arguments[ordinal] is { } sequence && site.ArgumentOperations[ordinal] is { } argument)
                AccessPointee(sequence, argument, isWrite: false);
        }
    }

    /// <summary>Arguments that are used up, dead or given away must not be passed on.</summary>
    private void UseArguments(CallSite site, MethodContract contract)
    {
        for (int i = 0; i < site.Arguments.Length; i++)
        {
            if (site.Arguments[i] is not { } value || site.ArgumentOperations[i] is not { } operation)
                continue;
            if (site.Places[i] is not null && contract.RcuRole is not null && i == 0)
                continue;
            bool isFreed = IsFreedHere(contract, i);
            if (!isFreed)
                UseBorrowed(value, operation, followed: false);
            bool aboutReference = false;
            foreach (var reference in contract.References)
                aboutReference |= reference.Ordinal == i && reference.Kind is not ReferenceKind.MustNotHold;
            if (!aboutReference && !isFreed)
                UseReference(value, operation);
        }
    }

    private static bool IsFreedHere(MethodContract contract, int ordinal)
    {
        foreach (var clause in contract.Clauses)
        {
            if (clause.Kind is ClauseKind.Frees or ClauseKind.FreesAfterGracePeriod or ClauseKind.Unpublishes)
            {
                foreach (var expression in clause.Locks)
                {
                    if (expression is PathExpression { Root: { Kind: PathRootKind.Parameter } root, Steps.IsEmpty: true } && root.Ordinal == ordinal)
                        return true;
                }
            }
        }
        return false;
    }

    /// <summary>What is passed may be kept by the callee: a fresh object is fresh no more.</summary>
    private void EscapeArguments(CallSite site, MethodContract contract)
    {
        bool isKept = site.Method is { } method && (_contracts.IsMutator(method) && KeepsItsArguments(method.Name) || IsExchange(method));
        for (int i = 0; i < site.Arguments.Length; i++)
        {
            if (site.Arguments[i] is { } value && site.ArgumentOperations[i] is { } operation
                && !(_lambdas.ContainsKey(value) ? IsInvokedHere(site.Operation, contract, i) : contract.InvokedHere.Contains(i)))
            {
                // Added to a collection is stored: the collection answers for it.
                if (isKept)
                {
                    CheckBorrowStored(value, operation);
                    HandOn(value);
                }
                Escape(value, operation);
            }
        }
    }

    private static bool IsExchange(IMethodSymbol method) =>
        method is { Name: "Exchange" or "CompareExchange", ContainingType.Name: "Interlocked" } or { Name: "Write", ContainingType.Name: "Volatile" };

    private static bool KeepsItsArguments(string name) =>
        name is "Push" or "Enqueue" or "Insert" or "TryAdd" or "set_Item" || name.StartsWith("Add", System.StringComparison.Ordinal);

    /// <summary>After the call, what was passed by reference holds something new.</summary>
    private void AssignOutputs(IOperation operation, CallSite site, MethodContract contract)
    {
        for (int i = 0; i < site.Places.Length; i++)
        {
            if (site.Places[i] is not { } place || site.Method is null || site.Method.Parameters[i].RefKind is not (RefKind.Ref or RefKind.Out))
                continue;
            // Each dereference yields a value of its own; the pointer's place says nothing new.
            if (contract.RcuRole is not null && i == 0 || site.OutputsDone[i])
                continue;
            var yielded = _values.Result(operation, site.Method.Parameters[i].Type, i);
            WorldRenaming.Refresh(_w, yielded, _values);
            Assign(place, yielded);
        }
    }
}
