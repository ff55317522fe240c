using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>Operations: what each yields, and in which order its parts are met.</content>
internal sealed partial class BodyInterpreter
{
    /// <summary>Evaluates an operation in the current world.</summary>
    public Value Eval(IOperation? operation)
    {
        if (operation is null || _dead)
            return _values.Lost;
        if (operation.ConstantValue is { HasValue: true, Value: var constant } && operation is not ISimpleAssignmentOperation)
            return _values.Constant(constant);
        switch (operation)
        {
            case IExpressionStatementOperation statement:
                NoteIgnored(statement.Operation);
                return Eval(statement.Operation);
            case ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation
                or IFlowCaptureReferenceOperation or IArrayElementReferenceOperation or IEventReferenceOperation
                or IInlineArrayAccessOperation:
                return ReadOf(operation);
            case IPropertyReferenceOperation property:
                return ReadProperty(property);
            case IInstanceReferenceOperation:
                return ThisValue;
            case IFlowCaptureOperation capture:
                return Capture(capture);
            case ISimpleAssignmentOperation assignment:
                return EvalAssignment(assignment);
            case ICompoundAssignmentOperation compound:
                return EvalCompound(compound);
            case IIncrementOrDecrementOperation step:
                return EvalStep(step);
            case ICoalesceAssignmentOperation coalesce:
                return EvalUpdate(coalesce, coalesce.Target, coalesce.Value, null);
            case IDeconstructionAssignmentOperation deconstruction:
                return EvalDeconstruction(deconstruction);
            case IInvocationOperation invocation:
                return EvalInvocation(invocation);
            case IObjectCreationOperation creation:
                return EvalCreation(creation);
            case ITypeParameterObjectCreationOperation or IDynamicObjectCreationOperation:
                EvalChildren(operation);
                return MakeFresh(operation);
            case IAnonymousObjectCreationOperation or IArrayCreationOperation or ICollectionExpressionOperation:
                foreach (var part in operation.ChildOperations)
                    EscapePart(part);
                return MakeFresh(operation);
            case IArrayInitializerOperation initializer:
                foreach (var element in initializer.ElementValues)
                    EscapePart(element);
                return _values.Lost;
            case IConversionOperation conversion:
                return EvalConversion(conversion);
            case IUnaryOperation unary:
                return EvalUnary(unary);
            case IBinaryOperation binary:
                return EvalBinary(binary);
            case IIsPatternOperation pattern:
                return EvalPattern(Eval(pattern.Value), pattern.Pattern, pattern);
            case IIsNullOperation isNull:
                return _values.Equal(Eval(isNull.Operand), _values.Null);
            case IIsTypeOperation isType:
                return _values.Binary(isType.TypeOperand, Eval(isType.ValueOperand), _values.Null, isType.Type);
            case ITypeOfOperation typeOf:
                return _values.TypeObject(typeOf.TypeOperand);
            case IDefaultValueOperation:
                return operation.Type is { IsReferenceType: true } or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } ? _values.Null : _values.Result(operation, operation.Type);
            case IAwaitOperation await:
                return EvalAwait(await);
            case IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak } yield:
                return EvalYield(yield);
            case IDelegateCreationOperation creation:
                return EvalDelegateCreation(creation);
            case IFlowAnonymousFunctionOperation lambda:
                return EvalLambda(lambda);
            case IMethodReferenceOperation reference:
                Eval(reference.Instance);
                return Yield(operation);
            case IEventAssignmentOperation handler:
                return EvalEventAssignment(handler);
            case ITupleOperation tuple:
                return EvalTuple(tuple);
            case IDeclarationExpressionOperation declaration:
                return ReadOf(declaration.Expression);
            case IDiscardOperation or INameOfOperation or ISizeOfOperation or IOmittedArgumentOperation:
                return _values.Lost;
            case IParenthesizedOperation parenthesized:
                return Eval(parenthesized.Operand);
            case ICaughtExceptionOperation:
                return Yield(operation);
            case IWithOperation with:
                Eval(with.Operand);
                Eval(with.Initializer);
                return MakeFresh(operation);
            case IArgumentOperation argument:
                return Eval(argument.Value);
            case ITranslatedQueryOperation query:
                return Eval(query.Operation);
            case IAddressOfOperation address:
                if (PlaceOf(address.Reference) is { } taken)
                    Access(taken, address.Reference, isWrite: true);
                return Yield(operation);
            default:
                EvalChildren(operation);
                return Yield(operation);
        }
    }

    /// <summary>Who has the tuple has what is in it, and the references to that.</summary>
    private Value EvalTuple(ITupleOperation tuple)
    {
        var elements = new Value[tuple.Elements.Length];
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = Eval(tuple.Elements[i]);
            HandOn(elements[i]);
        }
        var made = Yield(tuple);
        var fields = tuple.Type is INamedTypeSymbol { IsTupleType: true } type ? type.TupleElements : [];
        for (int i = 0; i < elements.Length && i < fields.Length && !_dead; i++)
        {
            // Numbers and the like have no part in what is lent or held.
            if (elements[i].Kind is not (ValueKind.Lost or ValueKind.Constant) && fields[i].Type.IsReferenceType)
                Assign(_values.Member(made, Canonical(fields[i]), fields[i].Type), elements[i]);
        }
        return made;
    }

    /// <summary>The value of a return statement; a place where the method returns by reference.</summary>
    public Value EvalReturned(IOperation operation)
    {
        if (_frame.Method is not ({ ReturnsByRef: true } or { ReturnsByRefReadonly: true }) || PlaceOf(operation) is not { } place)
            return EvalUsed(operation);
        EscapeByRef(place, operation, "a ref return");
        return _values.Lost;
    }

    private void EvalChildren(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
            Eval(child);
    }

    /// <summary>A value known by its site alone; what the site yielded before is told apart from it.</summary>
    private Value Yield(IOperation site, object? part = null)
    {
        var value = _values.Result(site, site.Type, part);
        WorldRenaming.Refresh(_w, value, _values);
        return value;
    }

    private Value MakeFresh(IOperation site)
    {
        var value = _values.Fresh(site);
        WorldRenaming.Refresh(_w, value, _values);
        _w.Fresh = _w.Fresh.Set(value, true);
        return value;
    }

    /// <summary>Reads a place, with all that a read asks for.</summary>
    private Value ReadOf(IOperation operation)
    {
        var place = PlaceOf(operation);
        if (place is null)
            return Yield(operation);
        if (operation is IFieldReferenceOperation { Field: { IsVolatile: true, Type.IsReferenceType: false } })
        {
            Access(place, operation, isWrite: false);
            return Yield(operation);
        }
        Access(place, operation, isWrite: false);
        return AgeOptimisticRead(place, Content(place), operation);
    }

    private Value Capture(IFlowCaptureOperation capture)
    {
        var slot = _values.CapturePlace(capture.Id, capture.Value.Type);
        if (_frame.PlaceCaptures.Contains(capture.Id) && PlaceOf(capture.Value) is { } place)
        {
            _w.Env = _w.Env.Set(slot, place.Kind == ValueKind.Lost ? place : _values.RefTo(place));
            return _values.Lost;
        }
        var value = Eval(capture.Value);
        if (!_dead)
            _w.Env = _w.Env.Set(slot, value);
        return value;
    }

    /// <summary>What is on its way from one variable to another while several are assigned at once.</summary>
    private Value[] _exchanged = [];

    private static IOperation Unwrap(IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
            operation = conversion.Operand;
        return operation;
    }

    private Value EvalAwait(IAwaitOperation await)
    {
        // The task stands for its result: a try that is awaited has the outcome of the call.
        var before = _w.Held;
        var task = Eval(await.Operation);
        if (Emitting)
            Raise(new SuspendEvent(_w, await, "await"));
        // Taking a lock does not throw, however it is waited for: an await that fails has taken nothing.
        if (_w.Held == before)
            NoteThrow(await);
        return task;
    }

    private Value EvalYield(IReturnOperation yield)
    {
        Recorder.IsIterator = true;
        var value = Eval(yield.ReturnedValue);
        if (yield.Kind == OperationKind.YieldReturn)
        {
            CheckBorrowStored(value, yield.ReturnedValue ?? yield);
            HandOn(value);
            Escape(value, yield);
            if (Emitting)
                Raise(new SuspendEvent(_w, yield, "yield return"));
        }
        return _values.Lost;
    }
}
