using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>Places: what can be assigned, and what it holds.</content>
internal sealed partial class BodyInterpreter
{
    /// <summary>
    /// The place that an operation names; the objects on the way to it are read, the place itself is not. Null for operations
    /// that name no place.
    /// </summary>
    private Value? PlaceOf(IOperation operation)
    {
        switch (operation)
        {
            case ILocalReferenceOperation local:
                return Aliased(_values.LocalPlace(local.Local, local.Type));
            case IParameterReferenceOperation parameter:
                return PlaceOfParameter(parameter.Parameter);
            case IFlowCaptureReferenceOperation capture:
                return Aliased(_values.CapturePlace(capture.Id, capture.Type));
            case IFieldReferenceOperation field:
                return PlaceOfMember(field, field.Field, field.Instance);
            case IPropertyReferenceOperation property when property.Arguments.Length == 0:
                return PlaceOfMember(property, property.Property, property.Instance);
            case IPropertyReferenceOperation indexer:
                // A struct is part of its owner here too.
                var container = indexer.Instance is null ? _values.Lost
                    : indexer.Instance.Type?.IsValueType == true && PlaceOf(indexer.Instance) is { } whole ? whole
                    : Eval(indexer.Instance);
                var at = _values.Null;
                foreach (var argument in indexer.Arguments)
                    at = Eval(argument.Value);
                return _values.Element(container, at, indexer.Type);
            case IEventReferenceOperation handler:
                return PlaceOfMember(handler, handler.Event, handler.Instance);
            case IArrayElementReferenceOperation element:
                var array = Eval(element.ArrayReference);
                Follow(array, element.ArrayReference, element);
                var index = _values.Null;
                foreach (var one in element.Indices)
                    index = Eval(one);
                return _values.Element(array, index, element.Type);
            case IInlineArrayAccessOperation inline:
                var buffer = PlaceOf(inline.Instance) ?? Eval(inline.Instance);
                return _values.Element(buffer, Eval(inline.Argument), inline.Type);
            case IConversionOperation { OperatorMethod: null } conversion:
                return PlaceOf(conversion.Operand);
            case IParenthesizedOperation parenthesized:
                return PlaceOf(parenthesized.Operand);
            case IDeclarationExpressionOperation declaration:
                return PlaceOf(declaration.Expression);
            case ISimpleAssignmentOperation { IsRef: true } assignment:
                Eval(assignment);
                return PlaceOf(assignment.Target);
            default:
                return null;
        }
    }

    private Value PlaceOfParameter(IParameterSymbol parameter)
    {
        // The receiver of an extension block is what its members call this.
        if (parameter.ContainingSymbol is INamedTypeSymbol)
            return _values.LocalPlace(parameter, parameter.Type);
        // A primary constructor's parameter that another member mentions is a field in truth.
        if (parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
            && !SymbolEqualityComparer.Default.Equals(constructor, _frame.Method) && IsOwnType(constructor.ContainingType)
            && _frame.Parent is null && _frame.Method?.MethodKind is not (MethodKind.LambdaMethod or MethodKind.LocalFunction or null))
        {
            return _values.Member(ThisValue, parameter, parameter.Type);
        }
        return Aliased(_values.LocalPlace(parameter, parameter.Type));
    }

    private Value PlaceOfMember(IOperation reference, ISymbol member, IOperation? instance)
    {
        member = Canonical(member);
        if (instance is null)
            return _values.Static(member, reference.Type);
        // A struct is part of its owner: no object is read on the way to its fields.
        if (instance.Type?.IsValueType == true && PlaceOf(instance) is { } owner)
            return _values.Member(owner, member, reference.Type);
        var container = Eval(instance);
        Follow(container, instance, reference);
        if (member.ContainingType is { TypeKind: TypeKind.Interface })
            member = Canonical(MemberLookup.Actual(member, container.Type));
        return Merged(_values.Member(container, member, reference.Type));
    }

    /// <summary>
    /// An override names the same place as what it overrides; a generic instance the same as its definition; a name given to
    /// an element of a tuple the same as its number.
    /// </summary>
    internal static ISymbol Canonical(ISymbol member)
    {
        if (member is IFieldSymbol { CorrespondingTupleField: { } numbered })
            member = numbered;
        while (member is IPropertySymbol { OverriddenProperty: { } overridden })
            member = overridden;
        return member.OriginalDefinition;
    }

    /// <summary>
    /// A <c>[SameLock]</c> of the type makes two members one place: the one that is held, else the second of the two.
    /// </summary>
    private Value Merged(Value place)
    {
        if (place.Kind != ValueKind.Member || _merging || !_contracts.HasAnnotations || Names(place, out var canonical) is not { } names)
            return place;
        foreach (var held in _w.Held)
        {
            if (held.Capability.Lock is not { } other)
                continue;
            if (ReferenceEquals(other, place) || names.Contains(other))
                return other;
            if (other.Kind == ValueKind.Member && Names(other, out _) is { } others && others.Exists(names.Contains))
                return other;
        }
        return canonical ?? place;
    }

    /// <summary>All that <c>[SameLock]</c> calls one place; null where it says nothing of it.</summary>
    private List<Value>? Names(Value place, out Value? canonical)
    {
        List<Value>? names = null;
        canonical = null;
        for (var container = place.First!; ; container = container.First!)
        {
            if ((container.Type ?? (container.Symbol is { } symbol ? TypeOf(symbol) : null)) is INamedTypeSymbol type
                && _contracts.SameLocks(type) is { IsEmpty: false } pairs)
            {
                int known = names?.Count ?? 1;
                foreach (var (first, second) in pairs)
                {
                    var there = Other(first, second, container, place);
                    var back = Other(second, first, container, place);
                    if ((there ?? back) is null)
                        continue;
                    names ??= [place];
                    canonical ??= there ?? NoElement(second, back);
                    Note(there);
                    Note(back);
                }
                // What leads on from the other name, by another pair.
                for (int i = known; i < names?.Count && i < known + pairs.Length; i++)
                {
                    foreach (var (first, second) in pairs)
                    {
                        Note(Other(first, second, container, names[i]));
                        Note(Other(second, first, container, names[i]));
                    }
                }
            }
            if (container.Kind is not (ValueKind.Member or ValueKind.Element))
                return names;
        }

        void Note(Value? name)
        {
            if (name is not null && !names!.Contains(name))
                names.Add(name);
        }
    }

    private static readonly PathStep Any = new AnyElementStep();

    private bool _merging;

    /// <summary>No element in particular can stand for the lock: such a path only leads to the other.</summary>
    private static Value? NoElement(LockExpression from, Value? to) => from is PathExpression { Steps: var steps } && steps.Contains(Any) ? to : null;

    /// <summary>What the one path names, where the other one names the place.</summary>
    private Value? Other(LockExpression from, LockExpression to, Value container, Value place)
    {
        if (from is not PathExpression path || !LeadsTo(path, container, place) || to is PathExpression { Steps: var steps } && steps.Contains(Any))
            return null;
        _merging = true;
        var other = ValueOf(to, new CallSite(null, 0) { Receiver = container, IsEntry = true });
        _merging = false;
        return other is null || other.Kind == ValueKind.Lost ? null : other;
    }

    /// <summary>The members and elements of the path, walked from the container, end at the place.</summary>
    private static bool LeadsTo(PathExpression path, Value container, Value place)
    {
        var at = place;
        for (int i = path.Steps.Length - 1; i >= 0; i--)
        {
        bool fits = path.Steps[i] switch
            {
                MemberStep step => at.Kind == ValueKind.Member && SymbolEqualityComparer.Default.Equals(Canonical(step.Member), at.Symbol),
                AnyElementStep => at.Kind == ValueKind.Element,
                _ => false,
            };
            if (!fits)
                return false;
            at = at.First!;
        }
        return path.Root.Kind == PathRootKind.This && ReferenceEquals(at, container);
    }

    /// <summary>The place behind a by-reference alias.</summary>
    private Value Aliased(Value place) =>
        _w.Env.TryGet(place, out var content) && content.Kind == ValueKind.RefTo ? content.First! : place;

    /// <summary>What a place holds.</summary>
    private Value Content(Value place)
    {
        if (_w.Env.TryGet(place, out var content))
            return content;
        content = InitialContent(place);
        if (place.Kind == ValueKind.LocalPlace && content.Kind is ValueKind.Parameter or ValueKind.Captured or ValueKind.This)
            _values.InitialContents[place] = content;
        return content;
    }

    private Value InitialContent(Value place)
    {
        switch (place.Kind)
        {
            case ValueKind.LocalPlace when place.Data is IParameterSymbol { ContainingSymbol: INamedTypeSymbol }:
                return ThisValue;
            case ValueKind.LocalPlace when place.Data is IParameterSymbol parameter:
                return IsOwnParameter(parameter) ? _values.Parameter(parameter) : _values.Captured(parameter, parameter.Type);
            case ValueKind.LocalPlace when place.Data is ILocalSymbol local:
                if (local.IsConst && local.HasConstantValue)
                    return _values.Constant(local.ConstantValue);
                // The flag of a lowered lock statement is never assigned: it is false where its region begins.
                return IsOwnLocal(local)
                    ? local.Type.SpecialType == SpecialType.System_Boolean ? _values.False : place
                    : _values.Captured(local, local.Type);
            case ValueKind.LocalPlace:
            case ValueKind.CapturePlace:
                return _values.Lost;
            case ValueKind.Member when place.First is { Kind: ValueKind.LocalPlace } owner && _w.Env.TryGet(owner, out var whole):
                // A member of a struct local that was copied from somewhere.
                return whole.Kind is ValueKind.Lost or ValueKind.Constant ? _values.Lost : Content(_values.Member(whole, place.Symbol!, place.Type));
            default:
                return place;
        }
    }

    private bool IsOwnParameter(IParameterSymbol parameter)
    {
        for (var frame = _frame; frame is not null; frame = frame.Parent)
        {
            if (SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol.OriginalDefinition, frame.Method?.OriginalDefinition))
                return true;
        }
        return false;
    }

    private bool IsOwnLocal(ILocalSymbol local)
    {
        for (var frame = _frame; frame is not null; frame = frame.Parent)
        {
            if (SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, frame.Owner))
                return true;
        }
        // Locals of initializers and top-level code belong to symbols of the compiler's making.
        return local.ContainingSymbol is not IMethodSymbol;
    }

    /// <summary>Assigns a place; what was known below it is about another object now.</summary>
    private void Assign(Value place, Value content)
    {
        if (place.Kind == ValueKind.Lost)
            return;
        if (place.Kind == ValueKind.LocalPlace && !_w.Env.Contains(place))
            Content(place);
        for (int i = _w.Env.Count - 1; i >= 0; i--)
        {
            var other = _w.Env.KeyAt(i);
            if (!ReferenceEquals(other, place) && other.Kind is ValueKind.Member or ValueKind.Element && other.IsReachedThrough(place)
                && place.Kind is ValueKind.LocalPlace)
            {
                _w.Env = _w.Env.Remove(other);
            }
        }
        _w.Env = _w.Env.Set(place, content);
    }

    /// <summary>The value is not null from here on, or this path does not exist.</summary>
    private void Deref(Value value)
    {
        if (value.Kind is ValueKind.Lost or ValueKind.This || value.Type?.IsValueType == true)
            return;
        if (!WorldAssumptions.AssumeNull(_w, value, false))
            Kill();
    }
}
