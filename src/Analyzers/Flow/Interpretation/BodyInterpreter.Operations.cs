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

    private Value EvalAssignment(ISimpleAssignmentOperation assignment)
    {
        if (assignment.IsRef)
            return EvalRefAssignment(assignment);
        if (assignment.Target is IDiscardOperation)
        {
            NoteIgnored(assignment.Value);
            return Eval(assignment.Value);
        }
        if (assignment.Target is IPropertyReferenceOperation property && !IsPlace(property, Setter(property.Property)))
            return AssignProperty(property, assignment.Value, assignment);
        var place = PlaceOf(assignment.Target);
        NoteIgnoredLocal(assignment);
        var value = Eval(assignment.Value);
        if (place is null)
        {
            Eval(assignment.Target);
            Escape(value, assignment.Value);
            return value;
        }
        Store(place, value, assignment.Target, assignment.Value, assignment);
        return value;
    }

    /// <summary>What an array, collection or anonymous object is made of goes into it, its references too.</summary>
    private void EscapePart(IOperation part)
    {
        var value = Eval(part);
        HandOn(value);
        Escape(value, part);
    }

    /// <summary>Writes a value into a place: guards, staleness, references, escape.</summary>
    private void Store(Value place, Value value, IOperation target, IOperation source, IOperation statement)
    {
        Access(place, target, isWrite: true, compound: statement is not ISimpleAssignmentOperation);
        CheckWriteBack(place, value, target);
        bool isLocal = place.Kind is ValueKind.LocalPlace or ValueKind.CapturePlace;
        LoseOverwritten(place, value, statement);
        if (!isLocal)
        {
            // What is put into an object that nobody else sees goes no further than that object.
            if (!IsOfUnseen(place))
                CheckBorrowStored(value, source);
            if (place.Symbol is not { } member || !_contracts.Field(member).Unreferenced)
                UseReference(value, source);
            HandOnInto(place, value);
            EscapeInto(place, value, source);
        }
        Assign(place, value);
    }

    private Value EvalRefAssignment(ISimpleAssignmentOperation assignment)
    {
        var source = PlaceOf(assignment.Value) ?? Eval(assignment.Value);
        var slot = assignment.Target switch
        {
            ILocalReferenceOperation local => _values.LocalPlace(local.Local, local.Type),
            IParameterReferenceOperation parameter => _values.LocalPlace(parameter.Parameter, parameter.Type),
            IFlowCaptureReferenceOperation capture => _values.CapturePlace(capture.Id, capture.Type),
            _ => null,
        };
        if (slot is null)
        {
            // A ref field: the reference outlives the guard under which it was made.
            EscapeByRef(source, assignment, "a ref field");
            return _values.Lost;
        }
        _w.Env = _w.Env.Set(slot, source.IsPlace ? _values.RefTo(source) : source);
        return _values.Lost;
    }

    private Value EvalCompound(ICompoundAssignmentOperation compound)
    {
        if (compound.OperatorMethod is not null)
        {
            var before = EvalUpdate(compound, compound.Target, compound.Value, compound.OperatorKind);
            CallOperator(compound, compound.OperatorMethod, [compound.Target, compound.Value], evaluated: true);
            return before;
        }
        return EvalUpdate(compound, compound.Target, compound.Value, compound.OperatorKind);
    }

    private Value EvalStep(IIncrementOrDecrementOperation step)
    {
        var before = EvalUpdate(step, step.Target, null, step.Kind);
        if (step.OperatorMethod is { } method)
            CallOperator(step, method, [step.Target], evaluated: true);
        return before;
    }

    /// <summary>Reads and writes one place in one expression: one finding, for the write.</summary>
    private Value EvalUpdate(IOperation operation, IOperation target, IOperation? operand, object? kind)
    {
        if (target is IPropertyReferenceOperation property && !(IsPlace(property, Setter(property.Property)) && IsPlace(property, Getter(property.Property))))
        {
            var old = ReadProperty(property);
            return AssignProperty(property, operand, operation, readsToo: true, old: old);
        }
        var place = PlaceOf(target);
        if (place is null)
        {
            Eval(target);
            return operand is null ? Yield(operation) : Eval(operand);
        }
        var before = Content(place);
        NoteRead(place, before, target);
        var by = operand is null ? _values.Constant(1) : Eval(operand);
        Access(place, target, isWrite: true, compound: true);
        var after = kind is null
            ? Yield(operation)
            : kind is BinaryOperatorKind binary ? Fold(binary, before, by, operation) : _values.Binary(kind, before, by, operation.Type);
        if (after.Kind == ValueKind.Lost)
            after = Yield(operation);
        CheckWriteBack(place, after, target);
        if (kind is null && place.Kind is not (ValueKind.LocalPlace or ValueKind.CapturePlace))
            EscapeInto(place, by, operand!);
        Assign(place, after);
        return after;
    }

    /// <summary>What is on its way from one variable to another while several are assigned at once.</summary>
    private Value[] _exchanged = [];

    private Value EvalDeconstruction(IDeconstructionAssignmentOperation deconstruction)
    {
        var target = deconstruction.Target is IDeclarationExpressionOperation declared ? declared.Expression : deconstruction.Target;
        if (target is ITupleOperation to && Unwrap(deconstruction.Value) is ITupleOperation from && to.Elements.Length == from.Elements.Length)
        {
            var places = new Value?[to.Elements.Length];
            for (int i = 0; i < places.Length; i++)
                places[i] = to.Elements[i] is IPropertyReferenceOperation p && !IsStored(p) ? null : PlaceOf(to.Elements[i]);
            var contents = new Value[places.Length];
            for (int i = 0; i < places.Length; i++)
                contents[i] = Eval(from.Elements[i]);
            _exchanged = contents;
            for (int i = 0; i < places.Length; i++)
            {
                if (places[i] is { } place)
                    Store(place, contents[i], to.Elements[i], from.Elements[i], deconstruction);
                else if (to.Elements[i] is IPropertyReferenceOperation property)
                    AssignProperty(property, null, deconstruction, value: contents[i]);
            }
            _exchanged = [];
            return Yield(deconstruction);
        }
        var source = Eval(deconstruction.Value);
        if (target is ITupleOperation parts && DeconstructOf(Unwrap(deconstruction.Value).Type, parts.Elements.Length) is { } method)
            CallDeconstruct(deconstruction, method, source);
        // A tuple in a variable is its fields.
        if (Unwrap(deconstruction.Value) is ILocalReferenceOperation or IParameterReferenceOperation && source.Type is { IsTupleType: true })
            source = PlaceOf(deconstruction.Value) ?? source;
        AssignParts(target, source, deconstruction);
        return Yield(deconstruction);

        void AssignParts(IOperation part, Value? whole, IOperation site)
        {
            if (part is IDeclarationExpressionOperation declaration)
                part = declaration.Expression;
            if (part is ITupleOperation tuple)
            {
                var parts = whole?.Type is INamedTypeSymbol { IsTupleType: true } type ? type.TupleElements : [];
                for (int i = 0; i < tuple.Elements.Length; i++)
                {
                    // A tuple's parts are its fields, under whatever name.
                    var inner = i < parts.Length && whole!.Kind != ValueKind.Lost
                        ? Content(_values.Member(whole, Canonical(parts[i]), parts[i].Type))
                        : null;
                    AssignParts(tuple.Elements[i], inner, site);
                }
            }
            else if (PlaceOf(part) is { } place)
            {
                Store(place, whole is { Kind: not ValueKind.Lost } known ? known : Yield(part), part, part, site);
            }
        }
    }

    // The operation does not say which method takes the object apart.
    private static IMethodSymbol? DeconstructOf(ITypeSymbol? type, int parts)
    {
        for (; type is not null and not { IsTupleType: true }; type = type.BaseType)
        {
            foreach (var member in type.GetMembers("Deconstruct"))
            {
                if (member is IMethodSymbol { IsStatic: false } method && method.Parameters.Length == parts)
                    return method;
            }
        }
        return null;
    }

    private void CallDeconstruct(IOperation operation, IMethodSymbol method, Value value)
    {
        var site = new CallSite(method, method.Parameters.Length) { Operation = operation, ReceiverText = TextOf(value), Result = _values.Lost };
        if (method.IsStatic && site.Arguments.Length > 0)
            site.Arguments[0] = value;
        else
            site.Receiver = value;
        Call(operation, site, _contracts.Method(method, value.Type), null);
    }

    private static IOperation Unwrap(IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
            operation = conversion.Operand;
        return operation;
    }

    private Value EvalConversion(IConversionOperation conversion)
    {
        if (conversion.OperatorMethod is { } method)
            return CallOperator(conversion, method, [conversion.Operand]);
        var operand = Eval(conversion.Operand);
        if (conversion.IsTryCast && conversion.Type?.IsReferenceType == true
            && !conversion.Conversion.IsImplicit && !conversion.Conversion.IsIdentity)
        {
            return _values.Binary(conversion.Type.OriginalDefinition, operand, _values.Null, conversion.Type) is { Kind: not ValueKind.Lost } cast
                ? cast
                : Yield(conversion);
        }
        return operand;
    }

    private Value EvalUnary(IUnaryOperation unary)
    {
        if (unary.OperatorMethod is { } method)
            return CallOperator(unary, method, [unary.Operand]);
        var operand = Eval(unary.Operand);
        if (unary.OperatorKind == UnaryOperatorKind.Not && unary.Type?.SpecialType == SpecialType.System_Boolean)
            return _values.Not(operand);
        var result = _values.Binary(unary.OperatorKind, operand, _values.Null, unary.Type);
        return result.Kind == ValueKind.Lost ? Yield(unary) : result;
    }

    private Value EvalBinary(IBinaryOperation binary)
    {
        if (binary.OperatorMethod is { } method && !IsPlainEquality(method))
            return CallOperator(binary, method, [binary.LeftOperand, binary.RightOperand]);
        var left = Eval(binary.LeftOperand);
        var right = Eval(binary.RightOperand);
        if (binary.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals)
            NoteCompared(left, right);
        var result = Fold(binary.OperatorKind, left, right, binary);
        return result.Kind == ValueKind.Lost ? Yield(binary) : result;
    }

    /// <summary>Equality operators of the framework (strings, records of it) compare and do nothing else.</summary>
    private static bool IsPlainEquality(IMethodSymbol method) =>
        method.Name is "op_Equality" or "op_Inequality" && method.DeclaringSyntaxReferences.IsEmpty
        && method.GetAttributes().IsEmpty;

    private Value Fold(BinaryOperatorKind kind, Value left, Value right, IOperation operation)
    {
        switch (kind)
        {
            case BinaryOperatorKind.Equals:
                return _values.Equal(left, right);
            case BinaryOperatorKind.NotEquals:
                return _values.Not(_values.Equal(left, right));
            case BinaryOperatorKind.And when operation.Type?.SpecialType == SpecialType.System_Boolean:
                if (WorldAssumptions.Truth(_w, left) == false || WorldAssumptions.Truth(_w, right) == false)
                    return _values.False;
                if (WorldAssumptions.Truth(_w, left) == true)
                    return right;
                if (WorldAssumptions.Truth(_w, right) == true)
                    return left;
                break;
            case BinaryOperatorKind.Or when operation.Type?.SpecialType == SpecialType.System_Boolean:
                if (WorldAssumptions.Truth(_w, left) == true || WorldAssumptions.Truth(_w, right) == true)
                    return _values.True;
                if (WorldAssumptions.Truth(_w, left) == false)
                    return right;
                if (WorldAssumptions.Truth(_w, right) == false)
                    return left;
                break;
            case BinaryOperatorKind.ExclusiveOr when WorldAssumptions.Truth(_w, right) is { } flips:
                return flips ? _values.Not(left) : left;
            case BinaryOperatorKind.ExclusiveOr when WorldAssumptions.Truth(_w, left) is { } flips:
                return flips ? _values.Not(right) : right;
            case BinaryOperatorKind.GreaterThanOrEqual:
                return _values.Not(Compare(BinaryOperatorKind.LessThan, left, right, operation));
            case BinaryOperatorKind.LessThanOrEqual:
                return _values.Not(Compare(BinaryOperatorKind.LessThan, right, left, operation));
            case BinaryOperatorKind.GreaterThan:
                return Compare(BinaryOperatorKind.LessThan, right, left, operation);
            case BinaryOperatorKind.LessThan:
                return Compare(BinaryOperatorKind.LessThan, left, right, operation);
        }
        return _values.Binary(kind, left, right, operation.Type);
    }

    /// <summary>left &lt; right, decided where both are known numbers.</summary>
    private Value Compare(BinaryOperatorKind kind, Value left, Value right, IOperation operation)
    {
        if (Number(left) is { } a && Number(right) is { } b)
            return a < b ? _values.True : _values.False;
        return _values.Binary(kind, left, right, operation.Type);

        long? Number(Value value) => (WorldJoin.About(_w, value)?.Is) switch
        {
            int n => n,
            long n => n,
            short n => n,
            byte n => n,
            uint n => n,
            _ => null,
        };
    }

    private Value EvalPattern(Value value, IPatternOperation pattern, IOperation site)
    {
        switch (pattern)
        {
            case IConstantPatternOperation constant:
                return _values.Equal(value, Eval(constant.Value));
            case INegatedPatternOperation negated:
                return _values.Not(EvalPattern(value, negated.Pattern, site));
            case IDeclarationPatternOperation declaration:
                if (declaration.DeclaredSymbol is { } declared)
                    Assign(_values.LocalPlace(declared, declaration.MatchedType), value);
                if (declaration.MatchesNull && value.Kind != ValueKind.Lost
                    || IsSameType(declaration.InputType, declaration.MatchedType) && declaration.InputType.IsValueType)
                {
                    return _values.True;
                }
                return IsSameType(declaration.InputType, declaration.MatchedType)
                    ? _values.Not(_values.Equal(value, _values.Null))
                    : TypeTest(value, declaration.MatchedType ?? declaration.NarrowedType, pattern);
            case ITypePatternOperation type:
                return IsSameType(type.InputType, type.MatchedType)
                    ? _values.Not(_values.Equal(value, _values.Null))
                    : TypeTest(value, type.MatchedType, pattern);
            case IRecursivePatternOperation recursive:
                if (recursive.DeclaredSymbol is { } whole)
                    Assign(_values.LocalPlace(whole, recursive.MatchedType), value);
                bool isEmpty = recursive.PropertySubpatterns.Length == 0 && recursive.DeconstructionSubpatterns.Length == 0;
                if (recursive.DeconstructSymbol is IMethodSymbol deconstruct)
                    CallDeconstruct(recursive, deconstruct, value);
                foreach (var part in recursive.PropertySubpatterns)
                    EvalMemberPattern(value, part, site);
                return isEmpty && IsSameType(recursive.InputType, recursive.MatchedType)
                    ? _values.Not(_values.Equal(value, _values.Null))
                    : Opaque(pattern);
            case IRelationalPatternOperation relational:
                return Fold(relational.OperatorKind, value, Eval(relational.Value), site);
            case IDiscardPatternOperation:
                return _values.True;
            case IBinaryPatternOperation binary:
                var left = EvalPattern(value, binary.LeftPattern, site);
                var right = EvalPattern(value, binary.RightPattern, site);
                return Opaque(pattern, binary.OperatorKind == BinaryOperatorKind.And ? BinaryOperatorKind.And : BinaryOperatorKind.Or, left, right);
            default:
                return Opaque(pattern);
        }

        Value TypeTest(Value tested, ITypeSymbol type, IPatternOperation at)
        {
            var result = _values.Binary(type.OriginalDefinition, tested, _values.Null, null);
            return result.Kind == ValueKind.Lost ? Opaque(at) : result;
        }
    }

    /// <summary>A member that a pattern looks at is read.</summary>
    private void EvalMemberPattern(Value value, IPropertySubpatternOperation part, IOperation site)
    {
        if (part.Member is IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member)
        {
            UseBorrowed(value, member, followed: true);
            UseReference(value, member);
            var place = Merged(_values.Member(value, Canonical(member.Member), member.Type));
            Access(place, member, isWrite: false);
            if (member is IPropertyReferenceOperation property && Getter(property.Property) is { } getter
                && _contracts.Method(getter, value.Type) is var contract && (contract.HasEffectsOrDemands || !IsStored(property)))
            {
                Call(member, new CallSite(getter, 0) { Operation = member, Receiver = value, ReceiverText = TextOf(value), Result = Content(place) }, contract, null);
            }
            EvalPattern(Content(place), part.Pattern, site);
        }
    }

    private Value Opaque(IOperation site, BinaryOperatorKind? kind = null, Value? left = null, Value? right = null)
    {
        if (kind is { } known && left is not null && right is not null)
        {
            bool? a = WorldAssumptions.Truth(_w, left), b = WorldAssumptions.Truth(_w, right);
            if (known == BinaryOperatorKind.And)
            {
                if (a == false || b == false)
                    return _values.False;
                if (a == true)
                    return right;
                if (b == true)
                    return left;
            }
            else
            {
                if (a == true || b == true)
                    return _values.True;
                if (a == false)
                    return right;
                if (b == false)
                    return left;
            }
        }
        var value = _values.Result(site, null);
        WorldRenaming.Refresh(_w, value, _values);
        return value;
    }

    private static bool IsSameType(ITypeSymbol? a, ITypeSymbol? b) =>
        a is not null && b is not null && SymbolEqualityComparer.Default.Equals(a, b);

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
