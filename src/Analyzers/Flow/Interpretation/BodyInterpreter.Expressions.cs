using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>Lock expressions: from the text of a contract to what is held here.</content>
internal sealed partial class BodyInterpreter
{
    /// <summary>The capability that an expression names at a call or entry; null when that cannot be said.</summary>
    private Capability? Resolve(LockExpression expression, CallSite site)
    {
        switch (expression)
        {
            case ContextExpression context:
                return Capability.OfContext(context.Context);
            case ClassExpression named:
                return Capability.OfClass(named.Class, named.Text);
            case PathExpression path:
                if (ValueOf(path, site) is not { } value || value.Kind == ValueKind.Lost)
                    return null;
                var capability = CapabilityOf(value, path.Type, path.Steps.LastOrDefault(s => s is MemberStep) as MemberStep, TextOf(path, site));
                return path.Steps.Any(s => s is AnyElementStep)
                    ? capability.AsAnyElement()
                    : capability;
            default:
                return null;
        }
    }

    /// <summary>The value that a path names; null where a part of it is not known.</summary>
    private Value? ValueOf(LockExpression expression, CallSite site)
    {
        if (expression is not PathExpression path)
            return null;
        Value? value;
        int next = 0;
        switch (path.Root.Kind)
        {
            case PathRootKind.This:
                value = site.Receiver;
                break;
            case PathRootKind.Parameter:
                value = path.Root.Ordinal < site.Arguments.Length ? site.Arguments[path.Root.Ordinal] : null;
                break;
            case PathRootKind.Return:
                value = site.Result;
                break;
            case PathRootKind.Captured:
                value = Content(_values.LocalPlace(path.Root.Symbol!, null));
                break;
            default:
                if (path.Steps.Length == 0 || path.Steps[0] is not MemberStep { Member: var first })
                    return null;
                value = first is ITypeSymbol type
                    ? _values.TypeObject(type)
                    : Content(_values.Static(Canonical(first), TypeOf(first)));
                next = 1;
                break;
        }
        for (; next < path.Steps.Length && value is not null; next++)
        {
            if (value.Kind == ValueKind.Lost || value.IsNull)
                return value;
            value = path.Steps[next] switch
            {
                MemberStep member => Walked(MemberLookup.Actual(member.Member, value.Type), value),
                // A private member of a referenced assembly has no symbol here, but a name.
                HiddenStep hidden => _values.Binary(hidden.Name, value, _values.Null, null),
                ElementStep element => Content(_values.Element(value, _values.Constant(element.Index), null)),
                ParameterElementStep index when index.Ordinal < site.Arguments.Length && site.Arguments[index.Ordinal] is { } at =>
                    Content(_values.Element(value, at, null)),
                AnyElementStep => _values.Element(value, _values.Null, null),
                _ => null,
            };
        }
        return value;
    }

    private Value Walked(ISymbol member, Value owner) =>
        NamedBy(member, owner) ?? Content(Merged(_values.Member(owner, Canonical(member), TypeOf(member))));

    /// <summary>A property with <c>[ReturnsLock]</c> is another name of what it says.</summary>
    private Value? NamedBy(ISymbol member, Value owner)
    {
        if (member is not IPropertySymbol { GetMethod: { } getter })
            return null;
        foreach (var clause in _contracts.Method(getter).Clauses)
        {
            if (clause.Kind == ClauseKind.ReturnsLock && clause.Locks.Length == 1)
                return ValueOf(clause.Locks[0], new CallSite(getter, 0) { Receiver = owner, IsEntry = true });
        }
        return null;
    }

    private static ITypeSymbol? TypeOf(ISymbol? member) => member switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        IParameterSymbol parameter => parameter.Type,
        ILocalSymbol local => local.Type,
        _ => null,
    };

    /// <summary>What holding this value means: its type as a lock, its class, its name.</summary>
    private Capability CapabilityOf(Value value, ITypeSymbol? type, MemberStep? member, string text)
    {
        type = type is null or { SpecialType: SpecialType.System_Object } ? value.Type ?? type : type;
        var declaring = value.Kind switch
        {
            ValueKind.Member or ValueKind.Static or ValueKind.Parameter or ValueKind.Captured => value.Symbol,
            ValueKind.Element => value.First!.Symbol,
            ValueKind.Reread => value.First!.Symbol,
            _ => member?.Member,
        };
        var declared = type is null ? null : _contracts.LockTypeOf(type);
        bool isHidden = type is null && value is { Kind: ValueKind.Binary, Data: string };
        var lockType = isHidden ? LockType.Hidden : declared ?? LockType.Monitor;
        if (declared is { IsAnnotated: false, Kind: LockKind.ReaderWriterSemaphore, Reentrant: false }
            && DotNetCreation.SupportsRecursion(value, declaring, _cancellation))
        {
            lockType = declared with { Reentrant = true };
        }
        LockClass? lockClass = null;
        if (declaring is not null)
            lockClass = _contracts.ClassOf(declaring);
        // The class of a collection of plain objects is no class of theirs.
        if (lockClass is { IsNamed: false } && declared is null && value.Kind == ValueKind.Element && type is not null)
            lockClass = _contracts.MonitorClassOf(type) ?? lockClass;
        if (lockClass is null && value.Kind == ValueKind.TypeObject && value.Data is ITypeSymbol typeObject)
            lockClass = new LockClass($"typeof({typeObject.ToDisplayString()})", $"typeof({typeObject.Name})", type: LockType.Monitor);
        if (lockClass is null && type is not null)
            lockClass = declared is null ? _contracts.MonitorClassOf(type) : _contracts.ClassOfType(type);
        bool plain = !lockType.IsAnnotated && (declaring is null || _contracts.IsPlainDotNetLock(declaring));
        return Capability.OfLock(value, lockType, lockClass, text, plain);
    }

    /// <summary>A requirement on something null asks nothing; neither does one on an object that nobody else can see.</summary>
    private bool AsksNothing(Capability capability)
    {
        if (capability.Lock is not { } value)
            return false;
        for (Value? part = value; part is not null; part = part.Kind is ValueKind.Member or ValueKind.Element ? part.First : null)
        {
            if (part.Kind == ValueKind.Lost || WorldAssumptions.IsNull(_w, part) == true)
                return true;
            bool isOwn = part.Kind == ValueKind.Static && _frame.IsStaticInitializer && IsOwnType(part.Symbol?.ContainingType);
            if ((isOwn || _w.Fresh.Contains(part)) && capability.Type.Kind != LockKind.Token)
                return true;
        }
        return false;
    }

    /// <summary>The capability is held here, in the mode at least; sections include what implies them.</summary>
    private bool Holds(Capability capability, LockMode mode, Value? guardedPlace = null)
    {
        if (capability.Context is { } context)
            return _w.InSection(context, _options.MergedRcuFlavours);
        if (capability.Lock is null)
        {
            foreach (var held in _w.Held)
            {
                if (Equals(held.Capability.Class, capability.ByClass) && IsEnough(held, mode))
                    return true;
            }
            return false;
        }
        if (capability.IsAnyElement)
        {
            if (_w.Find(capability) is { } whole)
                return IsEnough(whole, mode);
            foreach (var held in _w.Held)
            {
                if (IsCoveredBy(held.Capability.Lock, capability.Lock) && IsEnough(held, mode))
                    return true;
            }
            return false;
        }
        if (_w.Find(capability) is not { } found || !IsEnough(found, mode))
            return HeldWithAll(capability) is { } all && !IsMissingFromAll(capability) && IsEnough(all, mode);
        if (guardedPlace is null || !_w.Reads.TryGet(guardedPlace, out _))
            SettleStaleLocksUnlessReread(capability.Lock, guardedPlace);
        return true;
    }

    private void SettleStaleLocksUnlessReread(Value lockValue, Value? guardedPlace)
    {
        for (int i = _w.Reads.Count - 1; i >= 0; i--)
        {
            var read = _w.Reads.ValueAt(i);
            if (read.LockedThrough is not null && lockValue.IsReachedThrough(_w.Reads.KeyAt(i))
                && !ReferenceEquals(read.Place, guardedPlace))
            {
                SettleStaleLocks(lockValue);
                return;
            }
        }
    }

    private static bool IsEnough(Held held, LockMode mode) =>
        held.Capability.Type.Kind.Nests() || held.Mode >= mode;

    /// <summary>A path as the reader of the call site would write it.</summary>
    private string TextOf(PathExpression path, CallSite site)
    {
        string root = path.Root.Kind switch
        {
            PathRootKind.This => site.ReceiverText,
            PathRootKind.Parameter when path.Root.Ordinal < site.ArgumentOperations.Length
                && site.ArgumentOperations[path.Root.Ordinal] is { } argument => Short(argument.Syntax.ToString()),
            PathRootKind.Parameter => site.Method is { } m && path.Root.Ordinal < m.Parameters.Length ? m.Parameters[path.Root.Ordinal].Name : "",
            PathRootKind.Return => site.IsEntry ? "return" : site.Operation is null ? "return" : Short(site.Operation.Syntax.ToString()),
            PathRootKind.Captured => path.Root.Symbol!.Name,
            _ => "",
        };
        if (path.Steps.Length == 0)
            return root.Length == 0 ? "this" : root;
        var text = new System.Text.StringBuilder(root == "this" ? "" : root);
        for (int i = 0; i < path.Steps.Length; i++)
        {
            switch (path.Steps[i])
            {
                case MemberStep member:
                    if (text.Length > 0)
                        text.Append('.');
                    else if (path.Root.Kind == PathRootKind.Static && member.Member.ContainingType is { } type && !IsOwnType(type))
                        text.Append(type.Name).Append('.');
                    text.Append(member.Member.Name);
                    break;
                case HiddenStep hidden:
                    text.Append(text.Length > 0 ? "." : "").Append(hidden.Name);
                    break;
                case ElementStep element:
                    text.Append('[').Append(element.Index).Append(']');
                    break;
                case AnyElementStep:
                    text.Append("[*]");
                    break;
                case ParameterElementStep index:
                    text.Append('[').Append(index.Ordinal < site.ArgumentOperations.Length ? site.ArgumentOperations[index.Ordinal]?.Syntax.ToString() ?? "" : "").Append(']');
                    break;
            }
        }
        return text.ToString();
    }

    /// <summary>A value in words, for places that have no syntax at hand.</summary>
    private static string TextOf(Value value) => value.Kind switch
    {
        ValueKind.This => "this",
        ValueKind.Member when value.First!.Kind == ValueKind.This => value.Symbol!.Name,
        ValueKind.Member => TextOf(value.First!) + "." + value.Symbol!.Name,
        ValueKind.Static => value.Symbol!.ContainingType?.Name + "." + value.Symbol.Name,
        ValueKind.Element => TextOf(value.First!) + "[" + TextOf(value.Second!) + "]",
        ValueKind.Parameter or ValueKind.Captured or ValueKind.LocalPlace => value.Symbol?.Name ?? "value",
        ValueKind.Constant => value.Data?.ToString() ?? "null",
        ValueKind.Result or ValueKind.Fresh when value.Data is IOperation site => Short(Written(site.Syntax)),
        ValueKind.Phi or ValueKind.Previous or ValueKind.Reread => TextOf(value.First!),
        ValueKind.Binary when value.Data is string hidden => TextOf(value.First!) + "." + hidden,
        ValueKind.TypeObject when value.Data is ITypeSymbol type => $"typeof({type.Name})",
        _ => "value",
    };

    /// <summary>The text of an expression; what follows <c>?.</c> together with what stands before it.</summary>
    internal static string Written(SyntaxNode node)
    {
        var text = node.ToString();
        if (text.Length > 0 && text[0] is '.' or '[')
        {
            for (var at = node; at.Parent is { } parent; at = parent)
            {
                if (parent is ConditionalAccessExpressionSyntax access && access.WhenNotNull == at && at.SpanStart == node.SpanStart)
                    return Written(access.Expression) + text;
            }
        }
        return text;
    }

    /// <summary>Of what was written, as much as fits into a message.</summary>
    internal static string Short(string text)
    {
        int end = text.IndexOfAny(['\r', '\n']);
        if (end >= 0)
            text = text.Substring(0, end) + "…";
        return text.Length > 60 ? text.Substring(0, 60) + "…" : text;
    }

    /// <summary>
    /// A demand that fails in a private member without a contract is its callers' to meet, if they can name what is missing.
    /// </summary>
    private bool AskCallers(
        ImmutableArray<Capability> missing, LockMode mode, bool anyOf, IOperation operation, DemandKind kind,
        ImmutableArray<IMethodSymbol> chain, Location? declaration)
    {
        if (!_frame.IsInferred || _frame.Parent is not null && !IsWithinInferred() || missing.IsEmpty)
            return false;
        var asked = ImmutableArray.CreateBuilder<PortableLock>(missing.Length);
        foreach (var capability in missing)
        {
            var demanded = Recorder.Portable(capability);
            if (!demanded.IsNameable)
                return false;
            asked.Add(demanded);
        }
        Recorder.Demand(new Demand(kind, asked.MoveToImmutable(), mode, anyOf, chain, operation.Syntax.GetLocation(), declaration));
        return true;
    }

    /// <summary>Inlined lambdas belong to the body that runs them.</summary>
    private bool IsWithinInferred()
    {
        for (var frame = _frame; frame is not null; frame = frame.Parent)
        {
            if (!frame.IsInferred)
                return false;
        }
        return true;
    }
}
