using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Program;

/// <summary>A lock expression of a contract in the terms of the body that it stands on.</summary>
internal static class PortableExpression
{
    /// <summary>Null where the expression names no one path: elements, results, the locks of a guard.</summary>
    public static PortableLock? Of(LockExpression expression) => expression switch
    {
        ContextExpression section => new(null, null, section.Context, LockType.Section, null, section.Text, IsPlain: false),
        ClassExpression named =>
            new(null, named.Class, null, named.Class.Type ?? LockType.Monitor, named.Class, named.Text, IsPlain: false),
        PathExpression path when PathOf(path) is { } portable =>
            new(portable, null, null, LockType.Monitor, null, path.Text, IsPlain: false),
        _ => null,
    };

    private static PortablePath? PathOf(PathExpression path)
    {
        var members = ImmutableArray.CreateBuilder<ISymbol>();
        foreach (var step in path.Steps)
        {
            if (step is not MemberStep member)
                return null;
            members.Add(member.Member);
        }
        switch (path.Root.Kind)
        {
            case PathRootKind.This:
                return new PortablePath(PortableRoot.This, null, members.ToImmutable());
            case PathRootKind.Parameter:
                return new PortablePath(PortableRoot.Parameter, path.Root.Ordinal, members.ToImmutable());
            case PathRootKind.Static when members.Count > 0:
                var first = members[0];
                members.RemoveAt(0);
                return new PortablePath(PortableRoot.Static, first, members.ToImmutable());
            case PathRootKind.Captured:
                return new PortablePath(PortableRoot.Captured, path.Root.Symbol, members.ToImmutable());
            default:
                return null;
        }
    }
}
