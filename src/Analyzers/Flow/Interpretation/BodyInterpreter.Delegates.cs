using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;
using ReferenceKind = MmLock.Analyzers.Model.RefKind;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>Delegates: which bodies run here, under what is held here, and which run some other time.</content>
internal sealed partial class BodyInterpreter
{
    private readonly Dictionary<Value, IFlowAnonymousFunctionOperation> _lambdas = [];
    private readonly HashSet<Value> _escaping = [];
    private readonly Dictionary<Value, (IMethodSymbol Method, Value? Receiver, IOperation Site)> _methodDelegates = [];
    private readonly Dictionary<IFlowAnonymousFunctionOperation, LambdaUse> _uses = [];
    private int _inlined;

    /// <summary>Lambdas met in this body that run some other time: bodies of their own, entered with nothing held.</summary>
    public IEnumerable<(IFlowAnonymousFunctionOperation Lambda, ControlFlowGraph Owner, MethodContract? DelegateContract)> LaterLambdas()
    {
        foreach (var pair in _uses)
        {
            if (pair.Value.Escapes || !pair.Value.RunsHere)
                yield return (pair.Key, pair.Value.Owner, pair.Value.DelegateContract);
        }
    }

    /// <summary>Walks a lambda's graph inside this body; set by the walker.</summary>
    public System.Func<BodyFrame, World, bool, List<World>>? WalkInline { get; set; }

    private Value EvalDelegateCreation(IDelegateCreationOperation creation)
    {
        switch (creation.Target)
        {
            case IFlowAnonymousFunctionOperation lambda:
                var made = EvalLambda(lambda);
                var delegateContract = creation.Type is INamedTypeSymbol type ? _contracts.DelegateContract(type) : MethodContract.None;
                _uses[lambda].DelegateContract = delegateContract;
                CheckConversion(creation, lambda.Symbol, lambda, delegateContract);
                return made;
            case IMethodReferenceOperation reference:
                var receiver = reference.Instance is null ? null : Eval(reference.Instance);
                var value = Yield(creation);
                _methodDelegates[value] = (reference.Method, receiver, reference);
                CheckConversion(
                    creation, reference.Method, reference,
                    creation.Type is INamedTypeSymbol expected ? _contracts.DelegateContract(expected) : MethodContract.None);
                if (receiver is not null && !RunsAtOnce(creation))
                    Escape(receiver, reference);
                return value;
            default:
                EvalChildren(creation);
                // new Action<Page>(work): a delegate in another delegate's clothes.
                if (creation.Target is { Type: INamedTypeSymbol { DelegateInvokeMethod: { } wrapped } } inner && creation.Type is INamedTypeSymbol outer)
                    CheckConversion(creation, wrapped, inner, _contracts.DelegateContract(outer));
                return Yield(creation);
        }
    }

    private Value EvalLambda(IFlowAnonymousFunctionOperation lambda)
    {
        var value = _values.Result(lambda, null, "lambda");
        _lambdas[value] = lambda;
        if (!_uses.ContainsKey(lambda))
            _uses.Add(lambda, new LambdaUse(_frame.Graph));
        return value;
    }

    /// <summary>MML2012: what is converted demands more or promises less than the delegate type tells its callers.</summary>
    private void CheckConversion(IDelegateCreationOperation creation, IMethodSymbol method, IOperation converted, MethodContract expected)
    {
        if (!Emitting || creation.Type is null)
            return;
        var contract = method.MethodKind == MethodKind.DelegateInvoke ? _contracts.DelegateContract(method.ContainingType) : _contracts.Method(method);
        ContractMismatch? problem = null;
        if (RunsAtOnce(creation))
        {
            // What it demands is checked like a call, under what is held there.
            if (!expected.IsDeclared || method.MethodKind == MethodKind.AnonymousFunction || !contract.IsDeclared && !PromisesEffects(expected))
                return;
            Raise(new ConversionEvent(_w, converted, method, creation.Type, new ContractCompatibility(_contracts).PromisesLess(contract, expected)));
            return;
        }
        // A plain lock's own release as a delegate is how wrappers end a section: who calls it, and when, they know.
        bool isPlain = contract.IsExternal
            && (method.ContainingType is { Name: "Monitor" } || _contracts.LockTypeOf(method.ContainingType) is { IsAnnotated: false });
        if ((contract.IsDeclared || !contract.References.IsEmpty) && !isPlain)
        {
            if (method.MethodKind != MethodKind.AnonymousFunction || !IsNaturallyTyped(creation))
                problem = new ContractCompatibility(_contracts).WhyNot(contract, expected);
        }
        else if (method.MethodKind != MethodKind.AnonymousFunction && PromisesEffects(expected))
        {
            problem = new ContractCompatibility(_contracts).WhyNot(contract, expected);
        }
        else if (!expected.IsDeclared && _summaries.Find(method)?.Requirement is { } demand)
        {
            problem = new ContractMismatch("requires", demand.Locks[0].Text, demand.Locks[0].Class, Rest: " to be held by its caller");
        }
        if (method.MethodKind != MethodKind.AnonymousFunction)
            Recorder.EscapingMethods.Add(method.OriginalDefinition);
        Raise(new ConversionEvent(_w, converted, method, creation.Type, problem));
    }

    private static bool PromisesEffects(MethodContract expected)
    {
        foreach (var clause in expected.Clauses)
        {
            if (clause.Kind is ClauseKind.Acquires or ClauseKind.Releases)
                return true;
        }
        foreach (var clause in expected.References)
        {
            if (clause.Kind is ReferenceKind.Acquires or ReferenceKind.TryAcquires or ReferenceKind.Releases)
                return true;
        }
        return false;
    }

    /// <summary><c>var f = [MustHold(...)] () => ...</c>: the lambda keeps its contract in the local's hands.</summary>
    private static bool IsNaturallyTyped(IDelegateCreationOperation creation)
    {
        for (var node = creation.Syntax.Parent; node is not null; node = node.Parent)
        {
            if (node is VariableDeclarationSyntax declaration)
                return declaration.Type.IsVar;
            if (node is not (EqualsValueClauseSyntax or VariableDeclaratorSyntax or ParenthesizedExpressionSyntax))
                return false;
        }
        return false;
    }

    /// <summary>The delegate is an argument that the callee invokes before it returns.</summary>
    private bool RunsAtOnce(IOperation creation)
    {
        var at = creation.Parent;
        while (at is IConversionOperation or IDelegateCreationOperation)
            at = at.Parent;
        if (at is not IArgumentOperation { Parameter: { } parameter } argument || argument.Parent is not IInvocationOperation invocation)
            return false;
        var contract = _contracts.Method(invocation.TargetMethod, invocation.Instance?.Type);
        return contract.IsDeferred ? IsConsumed(invocation) : contract.InvokedHere.Contains(parameter.Ordinal);
    }

    /// <summary>A deferred query that is consumed in the same expression runs there.</summary>
    private bool IsConsumed(IOperation query)
    {
        IOperation? at = query;
        while (true)
        {
            at = at.Parent;
            while (at is IConversionOperation or ITranslatedQueryOperation or IParenthesizedOperation)
                at = at.Parent;
            switch (at)
            {
                case IArgumentOperation { Parent: IInvocationOperation consumer }:
                    var contract = _contracts.Method(consumer.TargetMethod, consumer.Instance?.Type);
                    if (contract.IsDeferred || IsDeferredName(consumer.TargetMethod))
                    {
                        at = consumer;
                        continue;
                    }
                    return ((IArgumentOperation)at!).Parameter is { } taken && contract.Consumes.Contains(taken.Ordinal);
                case IInvocationOperation { TargetMethod.Name: "GetEnumerator" }:
                    return true;
                default:
                    return false;
            }
        }
    }

    private static bool IsDeferredName(IMethodSymbol method) =>
        method.ContainingType?.Name == "Enumerable" && method.ReturnType is INamedTypeSymbol { Name: "IEnumerable" or "IOrderedEnumerable" };

    /// <summary>The delegate runs before the statement is over: the callee says so, or the query it makes is consumed here.</summary>
    private bool IsInvokedHere(IOperation? operation, MethodContract contract, int argument) => contract.IsDeferred
        ? operation is IInvocationOperation query && IsConsumed(query)
        : contract.InvokedHere.Contains(argument);

    private void RunDelegates(IOperation operation, CallSite site, MethodContract contract, Value? delegateValue)
    {
        if (delegateValue is not null)
        {
            if (_lambdas.TryGetValue(delegateValue, out var invoked))
                RunHere(invoked, site, null, operation, arguments: true);
            else if (_methodDelegates.TryGetValue(delegateValue, out var target))
                CallThrough(operation, target.Method, target.Receiver, null);
        }
        for (int i = 0; i < site.Arguments.Length; i++)
        {
            if (site.Arguments[i] is not { } value)
                continue;
            bool here = IsInvokedHere(operation, contract, i);
            if (_lambdas.TryGetValue(value, out var lambda))
            {
                if (here)
                    RunHere(lambda, site, site.Method!.Parameters[i].Type as INamedTypeSymbol, operation, arguments: false);
                else
                    DelegateEscapes(value);
            }
            else if (here && _methodDelegates.TryGetValue(value, out var target))
            {
                CallThrough(target.Site, target.Method, target.Receiver, site.Method!.Parameters[i].Type as INamedTypeSymbol);
            }
        }
    }

    /// <summary>A method group that is invoked at once is checked like a call.</summary>
    private void CallThrough(IOperation operation, IMethodSymbol method, Value? receiver, INamedTypeSymbol? delegateType)
    {
        var site = new CallSite(method, method.Parameters.Length) { Operation = operation, Receiver = receiver, Result = _values.Lost };
        var contract = _contracts.Method(method);
        var lent = new List<LentHold>();
        if (delegateType is not null && _contracts.DelegateContract(delegateType) is { IsDeclared: true } given)
        {
            // Which arguments the callee will pass is not known, but what the delegate type says of them is.
            for (int i = 0; i < site.Arguments.Length; i++)
            {
                var argument = _values.Result(operation, method.Parameters[i].Type, i);
                WorldRenaming.Refresh(_w, argument, _values);
                site.Arguments[i] = argument;
            }
            Lend(given, site, lent);
        }
        ApplyContract(operation, site, contract);
        if (_dead)
            return;
        var before = Emitting && HasInferredEffects(method, contract) ? Snapshot() : null;
        ApplyInferred(operation, site, contract);
        RecordCall(operation, site, contract, before);
        foreach (var hold in lent)
            TakeBack(hold, hold.Capability);
    }

    /// <summary>Runs a lambda's body here, under what is held here.</summary>
    private void RunHere(IFlowAnonymousFunctionOperation lambda, CallSite call, INamedTypeSymbol? delegateType, IOperation operation, bool arguments)
    {
        var use = _uses[lambda];
        use.RunsHere = true;
        var contract = _contracts.Method(lambda.Symbol);
        if (!_contracts.IsAnalysed(lambda.Symbol))
            return;
        if (arguments && use.DelegateContract is { IsDeclared: true })
        {
            // Called by its type's contract, and judged by it.
            use.Escapes = true;
            return;
        }
        if (contract.IsDeclared)
        {
            var site = new CallSite(lambda.Symbol, lambda.Symbol.Parameters.Length) { Operation = operation, Receiver = ThisValue, Result = _values.Lost };
            for (int i = 0; i < site.Arguments.Length && arguments && i < call.Arguments.Length; i++)
                site.Arguments[i] = call.Arguments[i];
            ApplyContract(operation, site, contract);
            use.Escapes = true;
            return;
        }
        if (WalkInline is null || _inlined >= FlowLimits.Inlining)
        {
            Recorder.Incomplete("bodies inlined into one another");
            return;
        }
        var given = delegateType is null ? MethodContract.None : _contracts.DelegateContract(delegateType);
        var frame = BodyFrames.ForLambda(lambda, use.Owner, _frame, given, throughVariable: arguments);
        var entry = new CallSite(lambda.Symbol, lambda.Symbol.Parameters.Length) { IsEntry = true, Receiver = ThisValue };
        for (int i = 0; i < entry.Arguments.Length; i++)
        {
            var parameter = lambda.Symbol.Parameters[i];
            // Where the lambda assigns the parameter, what was passed still needs a name.
            var value = arguments && i < call.Arguments.Length && call.Arguments[i] is { } argument ? argument
                : frame.Assigned.Contains(parameter) ? _values.Parameter(parameter)
                : _values.Result(lambda, parameter.Type, i);
            if (!arguments)
                WorldRenaming.Refresh(_w, value, _values);
            Assign(_values.LocalPlace(parameter, parameter.Type), value);
            entry.Arguments[i] = value;
        }
        frame.Passed = [.. entry.Arguments!];
        Lend(given, entry, frame.Lent);
        _inlined++;
        var results = WalkInline(frame, _w, Emitting);
        _inlined--;
        if (results.Count == 0)
        {
            Kill();
            return;
        }
        _w = results[results.Count == 1 ? 0 : Choose(results.Count)].Clone();
    }

    /// <summary>What the delegate type says of locks holds where the callee invokes it.</summary>
    private void Lend(MethodContract given, CallSite site, List<LentHold> lent)
    {
        foreach (var clause in given.Clauses)
        {
            LockMode? mode = clause.Kind switch
            {
                ClauseKind.MustHold or ClauseKind.Drops or ClauseKind.Releases => clause.Mode,
                ClauseKind.MustHoldAny or ClauseKind.Downgrades => LockMode.Exclusive,
                ClauseKind.Upgrades => LockMode.Shared,
                _ => null,
            };
            if (mode is null && clause.Kind != ClauseKind.Acquires || clause.Locks.IsEmpty)
                continue;
            int chosen = clause.Kind != ClauseKind.MustHoldAny || clause.Locks.Length == 1 ? -1 : Choose(clause.Locks.Length);
            for (int i = 0; i < clause.Locks.Length; i++)
            {
                if ((chosen < 0 || i == chosen) && Resolve(clause.Locks[i], site) is { } capability && !lent.Exists(l => l.Capability.Equals(capability)))
                    lent.Add(Lend(clause.Locks[i], capability, mode));
            }
        }
    }

    private LentHold Lend(LockExpression expression, Capability capability, LockMode? mode)
    {
        var before = _w.Find(capability);
        if (mode is null || before is not null)
            return new LentHold(expression, capability, before);
        var section = _w.Irq;
        bool isIrq = capability.Context is ContextKind.Irq;
        // Who holds what interrupts take has them off.
        if ((isIrq || capability.Class?.TakenIn == IrqContext.Hardirq) && !section.IsOff)
            _w.Irq = new IrqState(IrqOpener.Entry);
        if (!isIrq)
            _w.SetHeld(Held.Once(capability, capability.Type.Kind.Nests() ? LockMode.Shared : mode.Value, HeldReason.Asserted, null));
        return new LentHold(expression, capability, before, section);
    }

    /// <summary>The callee of the delegate answers again for what it had lent.</summary>
    private void TakeBack(BodyFrame frame)
    {
        if (frame.Lent.Count == 0)
            return;
        var site = EntrySite(frame);
        foreach (var hold in frame.Lent)
            TakeBack(hold, Resolve(hold.Expression, site) ?? hold.Capability);
    }

    private void TakeBack(LentHold hold, Capability now)
    {
        _w.RemoveHeld(now);
        if (hold.Before is { } before)
            _w.SetHeld(before);
        if (hold.Section is { IsOff: false } section && _w.Irq.Opener == IrqOpener.Entry)
            _w.Irq = section;
    }

    /// <summary>A delegate goes where nobody knows when it runs; what it captured goes with it.</summary>
    private void DelegateEscapes(Value value)
    {
        if (!_lambdas.TryGetValue(value, out var lambda))
            return;
        var use = _uses[lambda];
        use.Escapes = true;
        foreach (var captured in use.Captured(lambda))
        {
            if (captured is IInstanceReferenceOperation)
            {
                Escape(ThisValue, captured);
                continue;
            }
            var place = captured switch
            {
                ILocalReferenceOperation local => _values.LocalPlace(local.Local, local.Type),
                IParameterReferenceOperation parameter => _values.LocalPlace(parameter.Parameter, parameter.Type),
                _ => null,
            };
            if (place is null || !_w.Env.TryGet(place, out var content) && !(captured is IParameterReferenceOperation own && IsOwnParameter(own.Parameter)))
                continue;
            content ??= Content(place);
            CheckBorrowStored(content, captured, "captured by a delegate that runs later");
            HandOn(content);
            Escape(content, captured);
        }
    }

    /// <summary>A local function that gives up references may give up those of the outer variables that it mentions.</summary>
    private void HandOnReleasedBy(IMethodSymbol localFunction)
    {
        if (_w.Refs.Count == 0)
            return;
        foreach (var variable in BodyFrames.ReleasedBy(localFunction, _frame, _contracts))
        {
            if (_w.Env.TryGet(_values.LocalPlace(variable, TypeOf(variable)), out var content))
                HandOn(content);
        }
    }

    /// <summary>Variables that a local function assigns hold something new after it was called.</summary>
    private void ForgetWrittenBy(IMethodSymbol localFunction, IOperation operation)
    {
        foreach (var variable in BodyFrames.WrittenBy(localFunction, _frame))
        {
            var place = _values.LocalPlace(variable, TypeOf(variable));
            if (_w.Env.Contains(place))
            {
                var value = _values.Result(operation, TypeOf(variable), variable.Name);
                WorldRenaming.Refresh(_w, value, _values);
                _w.Env = _w.Env.Set(place, value);
            }
        }
    }

    private sealed class LambdaUse(ControlFlowGraph owner)
    {
        private ImmutableArray<IOperation> _captured;

        public ControlFlowGraph Owner { get; } = owner;

        public bool RunsHere { get; set; }

        public bool Escapes { get; set; }

        public MethodContract? DelegateContract { get; set; }

        /// <summary>What the body mentions of its surroundings.</summary>
        public ImmutableArray<IOperation> Captured(IFlowAnonymousFunctionOperation lambda)
        {
            if (_captured.IsDefault)
                _captured = BodyFrames.Captured(lambda, Owner);
            return _captured;
        }
    }
}
