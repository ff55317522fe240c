using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>Properties and events: calls that look like members.</content>
internal sealed partial class BodyInterpreter
{
    /// <summary>An auto-property without a contract: reading and writing it is reading and writing a place.</summary>
    private bool IsPlace(IPropertyReferenceOperation reference, IMethodSymbol? accessor) =>
        IsStored(reference) && (accessor is null || !_contracts.Method(accessor, reference.Instance?.Type).HasEffectsOrDemands);

    private static bool IsStored(IPropertyReferenceOperation reference)
    {
        var property = reference.Property.OriginalDefinition;
        if (property.IsIndexer || property.IsAbstract || property.ContainingType.TypeKind == TypeKind.Interface)
            return false;
        foreach (var member in property.ContainingType.GetMembers())
        {
            if (member is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property))
                return true;
        }
        return false;
    }

    private Value ReadProperty(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        if (property.ContainingType?.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T && reference.Instance is { } nullable)
            return property.Name == "HasValue" ? _values.Not(_values.Equal(Eval(nullable), _values.Null)) : Eval(nullable);
        var getter = Getter(property);
        var place = PlaceOf(reference);
        if (_dead)
            return _values.Lost;
        if (place is not null)
            Access(place, reference, isWrite: false);
        var contract = getter is null ? MethodContract.None : _contracts.Method(getter, reference.Instance?.Type);
        if (getter is null || !contract.HasEffectsOrDemands && IsStored(reference))
            return AgeOptimisticRead(place!, place is null ? Yield(reference) : Content(place), reference);
        var site = new CallSite(getter, getter.Parameters.Length) { Operation = reference, ReceiverType = reference.Instance?.Type };
        if (reference.Instance is { } instance)
        {
            site.Receiver = place?.First ?? Eval(instance);
            site.WrittenReceiver = instance;
        }
        for (int i = 0; i < reference.Arguments.Length && i < site.Arguments.Length; i++)
        {
            site.ArgumentOperations[i] = reference.Arguments[i].Value;
            if (place?.Kind == ValueKind.Element && reference.Arguments.Length == 1)
                site.Arguments[i] = place.Second;
        }
        bool isStable = place is not null && place.Kind != ValueKind.Lost && reference.Type is { IsReferenceType: true } type
            && type.SpecialType != SpecialType.System_String && !IsCursor(property) && !HasConditional(contract);
        if (site.Receiver is { } collection && property.Name is "Length" or "Count")
            NoteAllMet(collection);
        site.Result = isStable ? Content(place!) : ElementMet(site.Receiver, reference) ?? Yield(reference);
        return Call(reference, site, contract, null);
    }

    /// <summary>The current element of an enumeration: the same member, another value each round.</summary>
    private static bool IsCursor(IPropertySymbol property) => property.Name == "Current";

    private static IMethodSymbol? Getter(IPropertySymbol property)
    {
        for (var p = property; p is not null; p = p.OverriddenProperty)
        {
            if (p.GetMethod is { } getter)
                return getter;
        }
        return null;
    }

    private static IMethodSymbol? Setter(IPropertySymbol property)
    {
        for (var p = property; p is not null; p = p.OverriddenProperty)
        {
            if (p.SetMethod is { } setter)
                return setter;
        }
        return null;
    }

    /// <summary>Calls the setter of a property that is more than a place.</summary>
    private Value AssignProperty(
        IPropertyReferenceOperation reference, IOperation? source, IOperation statement, bool readsToo = false, Value? old = null,
        Value? value = null)
    {
        var place = readsToo && reference.Arguments.Length == 0 && reference.Instance is not null and not IInstanceReferenceOperation
            ? null
            : PlaceOf(reference);
        value ??= source is null ? old ?? _values.Lost : Eval(source);
        if (_dead)
            return _values.Lost;
        if (readsToo && source is not null)
            value = Yield(statement);
        if (place is not null)
        {
            Access(place, reference, isWrite: true, compound: readsToo);
            CheckWriteBack(place, value, reference);
        }
        var setter = Setter(reference.Property);
        if (setter is not null)
        {
            var site = new CallSite(setter, setter.Parameters.Length) { Operation = readsToo ? statement : reference, ReceiverType = reference.Instance?.Type };
            if (reference.Instance is { } instance)
            {
                site.Receiver = place?.First ?? (readsToo ? _values.Lost : Eval(instance));
                site.WrittenReceiver = instance;
            }
            if (site.Arguments.Length > 0)
            {
                site.Arguments[site.Arguments.Length - 1] = value;
                site.ArgumentOperations[site.Arguments.Length - 1] = source;
            }
            Call(reference, site, _contracts.Method(setter, reference.Instance?.Type), null);
        }
        if (source is not null)
        {
            CheckBorrowStored(value, source);
            HandOn(value);
            Escape(value, source);
        }
        if (place is not null && place.Kind is ValueKind.Member or ValueKind.Static or ValueKind.Element)
            Assign(place, value);
        return value;
    }

    private Value EvalEventAssignment(IEventAssignmentOperation assignment)
    {
        if (assignment.EventReference is IEventReferenceOperation { Event: { } handled } reference)
        {
            var place = PlaceOf(reference);
            if (place is not null)
                Access(place, reference, isWrite: true, compound: true);
            var value = Eval(assignment.HandlerValue);
            var accessor = assignment.Adds ? handled.AddMethod : handled.RemoveMethod;
            if (accessor is not null && !_dead)
            {
                var site = new CallSite(accessor, accessor.Parameters.Length) { Operation = assignment, Receiver = place?.First };
                if (site.Arguments.Length > 0)
                    site.Arguments[0] = value;
                Call(assignment, site, _contracts.Method(accessor), null);
            }
            return _values.Lost;
        }
        EvalChildren(assignment);
        return _values.Lost;
    }

    /// <summary>A non-readonly method of a struct may write it.</summary>
    private static bool IsMutating(IMethodSymbol method) =>
        method.ContainingType?.IsValueType == true && !method.IsReadOnly && !method.IsStatic
        && method.MethodKind != MethodKind.PropertyGet && method.ContainingType.SpecialType == SpecialType.None
        && method.ContainingType.TypeKind == TypeKind.Struct && !method.ContainingType.IsReadOnly
        && method.Name is not ("ToString" or "Equals" or "GetHashCode" or "CompareTo" or "GetEnumerator");
}
