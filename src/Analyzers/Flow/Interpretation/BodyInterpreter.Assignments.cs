using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Flow.Values;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>What is stored where: assignments of every form.</content>
internal sealed partial class BodyInterpreter
{
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
}
