using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Flow;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Program;

/// <summary>What is a lock of the callee's in the terms of the caller? Receiver and arguments are put in.</summary>
internal sealed class CallSubstitution(CallRecord call, BodyRecord caller, ContractCache contracts)
{
    private readonly bool _isNested = call.Callee.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction;

    /// <summary>The object was made by the call or just before: what belongs to that object, nobody else can hold.</summary>
    public bool IsOfNewObject(PortableLock taken) =>
        taken.Path is { Root: PortableRoot.This }
        && (call.IsReceiverFresh || call.Callee.MethodKind == MethodKind.Constructor
            && call.Receiver is not { Root: PortableRoot.This, Members.IsEmpty: true });

    /// <summary>The lock as the caller sees it; of an object that it cannot see, no more than the class is left.</summary>
    public PortableLock Translate(PortableLock taken)
    {
        if (taken.Path is not { } path)
            return taken;
        switch (path.Root)
        {
            case PortableRoot.This when _isNested && call.Receiver is null:
                return taken;
            case PortableRoot.This:
                return Put(taken, path, call.Receiver, call.ReceiverText);
            case PortableRoot.Parameter when path.Anchor is int ordinal:
                return ordinal < call.Arguments.Length && call.Arguments[ordinal] is { } argument
                    ? Put(taken, path, argument, ordinal < call.ArgumentTexts.Length ? call.ArgumentTexts[ordinal] : "")
                    : With(taken, path, LockIdentity.Unknown);
            case PortableRoot.Captured when path.Anchor is ISymbol variable:
                return Captured(taken, path, variable);
            case PortableRoot.Static or PortableRoot.TypeObject:
                return Instantiated(taken, path);
            default:
                return path.Anchor == LockIdentity.Unknown ? taken : With(taken, path, LockIdentity.Foreign);
        }
    }

    public ImmutableArray<PortableLock> Translate(ImmutableArray<PortableLock> locks)
    {
        if (locks.IsEmpty)
            return locks;
        var translated = ImmutableArray.CreateBuilder<PortableLock>(locks.Length);
        foreach (var one in locks)
            translated.Add(Translate(one));
        return translated.MoveToImmutable();
    }

    /// <summary>The lock of an object that nobody in the caller can name: the last member is all that is left of the way.</summary>
    public static PortableLock With(PortableLock taken, PortablePath path, object anchor) => taken with
    {
        Path = new PortablePath(
            PortableRoot.Opaque, anchor, path.Members.Length > 1 ? [path.Members[path.Members.Length - 1]] : path.Members),
    };

    private PortableLock Put(PortableLock taken, PortablePath path, PortablePath? root, string rootText)
    {
        if (root is null || path.Members.Length + root.Members.Length > FlowLimits.ValueDepth)
            return With(taken, path, LockIdentity.Unknown);
        return taken with
        {
            Path = path.From(root),
            Class = taken.Class ?? (path.Members.IsEmpty ? ClassOf(root) : null),
            Text = TextOf(taken, path, rootText),
        };
    }

    private PortableLock Captured(PortableLock taken, PortablePath path, ISymbol variable)
    {
        foreach (var (captured, value) in call.Captures)
        {
            if (SymbolEqualityComparer.Default.Equals(captured, variable))
                return Put(taken, path, value, variable.Name);
        }
        if (caller.Method is null || !SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, caller.Method))
            return taken;
        return variable is IParameterSymbol parameter
            ? Put(taken, path, new PortablePath(PortableRoot.Parameter, parameter.Ordinal, []), parameter.Name)
            : With(taken, path, LockIdentity.Unknown);
    }

    // A static of a generic type, seen from a call on one of its instantiations.
    private PortableLock Instantiated(PortableLock taken, PortablePath path)
    {
        if (path.Anchor is not ISymbol { ContainingType: { IsGenericType: true } owner } member
            || !BodyIndex.IsSameType(owner, call.Callee.ContainingType))
        {
            return taken;
        }
        foreach (var candidate in call.Callee.ContainingType.GetMembers(member.Name))
        {
            if (SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, member.OriginalDefinition))
                return taken with { Path = new PortablePath(path.Root, candidate, path.Members) };
        }
        return taken;
    }

    private LockClass? ClassOf(PortablePath path)
    {
        if (!path.Members.IsEmpty)
            return contracts.ClassOf(path.Members[path.Members.Length - 1]);
        return path switch
        {
            { Root: PortableRoot.Static or PortableRoot.Captured, Anchor: ISymbol member } => contracts.ClassOf(member),
            { Root: PortableRoot.Parameter, Anchor: int ordinal } when ordinal < caller.Method?.Parameters.Length =>
                contracts.ClassOf(caller.Method.Parameters[ordinal]),
            _ => null,
        };
    }

    private static string TextOf(PortableLock taken, PortablePath path, string rootText)
    {
        bool isSelf = rootText is "" or "this" or "base";
        if (path.Members.IsEmpty)
            return isSelf ? "this" : rootText;
        var text = new System.Text.StringBuilder(isSelf ? "" : rootText);
        foreach (var member in path.Members)
        {
            // An indexer is no word that could be put behind the receiver's.
            if (member is IPropertySymbol { IsIndexer: true })
                return taken.Text;
            if (text.Length > 0)
                text.Append('.');
            text.Append(member.Name);
        }
        return text.ToString();
    }
}
