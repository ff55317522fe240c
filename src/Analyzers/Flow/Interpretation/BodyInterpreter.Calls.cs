using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;
using ReferenceKind = MmLock.Analyzers.Model.RefKind;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>Calls of every form: methods, constructors, operators, accessors, delegates. All end in a call with a contract.</content>
internal sealed partial class BodyInterpreter
{
    private Value EvalInvocation(IInvocationOperation invocation)
    {
        var method = Target(invocation);
        if (IsTransparent(method) && invocation.Instance is not null)
            return Eval(invocation.Instance);
        if (invocation.Syntax is WithExpressionSyntax)
        {
            // The copy that a with-expression makes of a record: nobody else knows it yet.
            Eval(invocation.Instance);
            return MakeFresh(invocation);
        }
        if (method is { Name: "ReferenceEquals", ContainingType.SpecialType: SpecialType.System_Object } && invocation.Arguments.Length == 2)
        {
            var left = Eval(invocation.Arguments[0].Value);
            var right = Eval(invocation.Arguments[1].Value);
            NoteCompared(left, right);
            return _values.Equal(left, right);
        }
        var site = new CallSite(method, method.Parameters.Length) { Operation = invocation };
        var contract = ContractOf(method, invocation.Instance, out var receiverType);
        bool isAccessor = contract.RcuRole is not null;
        Value? delegateValue = null;
        if (invocation.Instance is { } instance)
        {
            site.ReceiverType = receiverType;
            site.WrittenReceiver = instance;
            // A struct's methods act on the place: a lock in a struct field is the field.
            var place = instance.Type?.IsValueType == true ? PlaceOf(instance) : null;
            if (place is not null)
            {
                Access(place, instance, isWrite: IsMutating(method));
                site.Receiver = Content(place) is { Kind: ValueKind.Phi or ValueKind.Result or ValueKind.Fresh or ValueKind.Member } known
                    && place.Kind is ValueKind.LocalPlace or ValueKind.CapturePlace ? Content(place) : place;
            }
            else
            {
                site.Receiver = Eval(instance);
                if (method.MethodKind == MethodKind.DelegateInvoke)
                    delegateValue = site.Receiver;
            }
            if (place is null && instance is not IInstanceReferenceOperation)
                FollowReceiver(site.Receiver, instance, invocation, contract);
            if (place is null)
                AccessPointee(site.Receiver, instance, isWrite: _contracts.IsMutator(method));
        }
        else if (method is { MethodKind: MethodKind.LocalFunction, IsStatic: false })
        {
            site.Receiver = ThisValue;
        }
        EvalArguments(invocation.Arguments, site, isAccessor);
        if (_dead)
            return _values.Lost;
        if (site.Receiver is { } collection)
            site.Result = EnumeratorOf(collection, invocation);
        return Call(invocation, site, contract, delegateValue);
    }

    /// <summary>A using statement disposes through the interface: what runs is the method of what is disposed.</summary>
    private static IMethodSymbol Target(IInvocationOperation invocation)
    {
        var method = invocation.TargetMethod;
        return method.ContainingType?.TypeKind == TypeKind.Interface && invocation.Instance is { } instance
            && Unwrap(instance).Type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } concrete
            && concrete.FindImplementationForInterfaceMember(method) is IMethodSymbol implementation
            && implementation.Parameters.Length == method.Parameters.Length
            ? implementation
            : method;
    }

    private MethodContract ContractOf(IMethodSymbol method, IOperation? instance, out ITypeSymbol? receiverType)
    {
        var unwrapped = instance is null ? null : Unwrap(instance);
        receiverType = unwrapped?.Type ?? method.ContainingType;
        if (method.MethodKind == MethodKind.DelegateInvoke && method.ContainingType is { } delegateType)
            return _contracts.DelegateContract(delegateType);
        return _contracts.Method(method, receiverType);
    }

    /// <summary>Wrappers around a task or an awaiter that do not change what is awaited.</summary>
    private static bool IsTransparent(IMethodSymbol method) =>
        method.Name is "ConfigureAwait" or "AsTask" or "GetAwaiter" or "WaitAsync" && IsTask(method.ContainingType)
        || method.Name is "GetResult" && method.ContainingType?.Name.EndsWith("Awaiter", System.StringComparison.Ordinal) == true;

    private static bool IsTask(INamedTypeSymbol? type) =>
        type is { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks" } };

    private Value EvalCreation(IObjectCreationOperation creation)
    {
        if (creation.Constructor is not { } constructor)
        {
            EvalChildren(creation);
            return MakeFresh(creation);
        }
        var site = new CallSite(constructor, constructor.Parameters.Length) { Operation = creation, ReceiverType = creation.Type };
        EvalArguments(creation.Arguments, site, isAccessor: false);
        var made = creation.Type?.IsValueType == true ? Yield(creation) : MakeFresh(creation);
        site.Receiver = made;
        site.Result = made;
        Call(creation, site, _contracts.Method(constructor, creation.Type), null);
        if (!_dead && constructor.ContainingType.IsRecord)
            FillRecord(constructor, site, made);
        if (creation.Initializer is { } initializer)
            Eval(initializer);
        return made;
    }

    /// <summary>The parameters of a positional record are what its properties hold.</summary>
    private void FillRecord(IMethodSymbol constructor, CallSite site, Value made)
    {
        foreach (var parameter in constructor.Parameters)
        {
            if (site.Arguments[parameter.Ordinal] is not { Kind: not (ValueKind.Lost or ValueKind.Constant) } value || !parameter.Type.IsReferenceType)
                continue;
            foreach (var member in constructor.ContainingType.GetMembers(parameter.Name))
            {
                if (member is IPropertySymbol { IsStatic: false } property && SymbolEqualityComparer.Default.Equals(property.Type, parameter.Type))
                {
                    HandOn(value);
                    Assign(_values.Member(made, Canonical(property), property.Type), value);
                }
            }
        }
    }

    private Value CallOperator(IOperation operation, IMethodSymbol method, ImmutableArray<IOperation> operands, bool evaluated = false)
    {
        var site = new CallSite(method, method.Parameters.Length) { Operation = operation };
        for (int i = 0; i < operands.Length && i < site.Arguments.Length; i++)
        {
            site.ArgumentOperations[i] = operands[i];
            site.Arguments[i] = evaluated && i == 0 ? PlaceOf(operands[i]) is { } place ? Content(place) : _values.Lost : Eval(operands[i]);
        }
        return Call(operation, site, _contracts.Method(method), null);
    }

    private static bool HasConditional(MethodContract contract)
    {
        foreach (var clause in contract.Clauses)
        {
            if (clause.Outcome is not null)
                return true;
        }
        return false;
    }

    private void FollowReceiver(Value receiver, IOperation instance, IOperation call, MethodContract contract)
    {
        Deref(receiver);
        if (_dead)
            return;
        bool takesRef = false;
        foreach (var reference in contract.References)
            takesRef |= reference is { Kind: ReferenceKind.TryAcquires or ReferenceKind.Acquires or ReferenceKind.Releases, Ordinal: RefClause.Receiver };
        UseBorrowed(receiver, instance, followed: true);
        if (!takesRef)
            UseReference(receiver, instance);
        if (_w.Reads.TryGet(receiver, out var read) && read.Standing == ReadStanding.Hint && read.LockedThrough is null
            && !TakesLocks(contract) && !(call.Type is { } type && IsLockLike(type)))
        {
            if (Emitting)
                Raise(new StaleEvent(_w, instance, read, StaleUse.Followed));
        }
    }

    private static bool TakesLocks(MethodContract contract)
    {
        foreach (var clause in contract.Clauses)
        {
            if (clause.Kind is ClauseKind.Acquires or ClauseKind.Releases or ClauseKind.AssertsHeld)
                return true;
        }
        return false;
    }

    /// <summary>The heart: what a call asks, does and yields.</summary>
    private Value Call(IOperation operation, CallSite site, MethodContract contract, Value? delegateValue)
    {
        var method = site.Method!;
        bool changesHoldings = ChangesHoldings(contract);
        if (!changesHoldings)
            NoteThrow(operation);
        if (site.Result is null)
            site.Result = method.ReturnsVoid ? _values.Lost : ResultOf(operation, method);
        UseArguments(site, contract);
        ReadConsumed(site, contract);

        if (contract.NeverReturnsIfOrdinal is >= 0 and var guardOrdinal && guardOrdinal < site.Arguments.Length
            && site.Arguments[guardOrdinal] is { } guarded)
        {
            if (!WorldAssumptions.Assume(_w, guarded, !contract.NeverReturnsIfValue, _values))
                Kill();
        }

        ApplyContract(operation, site, contract);
        if (_dead)
            return _values.Lost;
        // What the callee itself takes or lets go is not held, or gone, when it is called.
        var before = Emitting && HasInferredEffects(method, contract) ? Snapshot() : null;
        ApplyInferred(operation, site, contract);
        if (method.MethodKind == MethodKind.LocalFunction)
        {
            ForgetWrittenBy(method, operation);
            HandOnReleasedBy(method);
        }
        RunDelegates(operation, site, contract, delegateValue);
        if (_dead)
            return _values.Lost;
        RecordCall(operation, site, contract, before);
        EscapeArguments(site, contract);
        AssignOutputs(operation, site, contract);
        if (contract.NeverReturns)
            Kill();
        return site.Result!;
    }

    private static bool ChangesHoldings(MethodContract contract)
    {
        if (contract.Switches.Length > 0 || contract.DisposesGuard)
            return true;
        foreach (var clause in contract.Clauses)
        {
            if (clause.Kind is ClauseKind.Acquires or ClauseKind.Releases or ClauseKind.Downgrades or ClauseKind.Upgrades
                or ClauseKind.AssertsHeld or ClauseKind.AssertsNotHeld)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>What the variables hold that a local function may mention.</summary>
    private ImmutableArray<(ISymbol Variable, PortablePath Path)> Captures()
    {
        var captures = ImmutableArray.CreateBuilder<(ISymbol, PortablePath)>();
        for (int i = 0; i < _w.Env.Count; i++)
        {
            if (_w.Env.KeyAt(i) is { Kind: ValueKind.LocalPlace, Symbol: { } variable }
                && _w.Env.ValueAt(i) is { Kind: not (ValueKind.Lost or ValueKind.Constant or ValueKind.RefTo) } value)
            {
                captures.Add((variable, PortablePath.Of(value, Recorder.Opaque)));
            }
        }
        return captures.ToImmutable();
    }

    private static ImmutableArray<ContextKind> SectionsEnded(MethodContract contract)
    {
        var ended = ImmutableArray<ContextKind>.Empty;
        foreach (var change in contract.Switches)
        {
            switch (change.Kind)
            {
                case SwitchKind.EnablesIrq or SwitchKind.RestoresIrq:
                    ended = ended.Add(ContextKind.Irq);
                    break;
                case SwitchKind.EnablesPreemption:
                    ended = ended.Add(ContextKind.Preempt);
                    break;
                case SwitchKind.EnablesBh:
                    ended = ended.Add(ContextKind.Bh);
                    break;
            }
        }
        foreach (var clause in contract.Clauses)
        {
            if (clause.Kind != ClauseKind.Releases)
                continue;
            foreach (var expression in clause.Locks)
            {
                if (expression is ContextExpression section)
                    ended = ended.Add(section.Context);
            }
        }
        return ended;
    }

    /// <summary>Remembers a call whose callee's body may matter to what is held here.</summary>
    private void RecordCall(IOperation operation, CallSite site, MethodContract contract, HeldSnapshot? before)
    {
        if (!Emitting || site.Method is not { } method || method.MethodKind is MethodKind.DelegateInvoke || contract.IsExternal)
            return;
        if (method.DeclaringSyntaxReferences.IsEmpty && method.AssociatedSymbol?.DeclaringSyntaxReferences.IsEmpty != false)
            return;
        bool hidesAcquires = false;
        foreach (var clause in contract.Clauses)
            hidesAcquires |= clause.Kind is ClauseKind.MayAcquire or ClauseKind.Acquires;
        bool hidesSleep = contract.MaySleep || contract.NeverSleeps;
        if (!_contracts.IsAnalysed(method))
            return;
        var snapshot = site.Inside ?? before ?? Snapshot();
        var location = PlaceOfFinding(operation);
        var known = ImmutableArray<ParameterTruth>.Empty;
        string asText = "";
        for (int i = 0; i < site.Arguments.Length; i++)
        {
            if (method.Parameters[i].Type.SpecialType == SpecialType.System_Boolean && site.Arguments[i] is { } passed
                && WorldAssumptions.Truth(_w, passed) is { } truth)
            {
                known = known.Add(new ParameterTruth(i, truth));
                asText += (truth ? " +" : " -") + i;
            }
        }
        var when = ParametersKnown(out string conditions);
        if (!Recorder.IsNew(location, snapshot, "call " + method.Name + asText + "|" + conditions))
            return;
        var arguments = ImmutableArray.CreateBuilder<PortablePath?>(site.Arguments.Length);
        var texts = ImmutableArray.CreateBuilder<string>(site.Arguments.Length);
        for (int i = 0; i < site.Arguments.Length; i++)
        {
            arguments.Add(site.Arguments[i] is { } value && value.Kind is not (ValueKind.Lost or ValueKind.Constant)
                ? PortablePath.Of(value, Recorder.Opaque) : null);
            texts.Add(site.ArgumentOperations[i] is { } argument ? Short(argument.Syntax.ToString()) : "");
        }
        Recorder.Calls.Add(new CallRecord(
            method,
            site.Receiver is { Kind: not ValueKind.Lost } receiver ? PortablePath.Of(receiver, Recorder.Opaque) : null,
            site.ReceiverText, arguments.MoveToImmutable(), texts.MoveToImmutable(), location, snapshot, hidesAcquires, hidesSleep)
        {
            When = when,
            Known = known,
            IsReceiverFresh = site.Receiver is { } own && IsOfFresh(own),
            IsEnumerated = method.Name == "GetEnumerator" || IsConsumed(operation),
            Ended = SectionsEnded(contract),
            Captures = method.MethodKind == MethodKind.LocalFunction ? Captures() : [],
        });
    }
}
