using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Rules;

/// <summary>Capabilities and events in the words and places of findings.</summary>
internal static class LockPhrases
{
    /// <summary>The lock as the user wrote it and its class; a section with what it means.</summary>
    public static string Of(Capability capability) =>
        capability.Context is { } context ? LockWording.Section(context) : LockWording.Lock(capability.Text, capability.Class);

    /// <summary>A requirement on several locks.</summary>
    public static string Required(IEnumerable<Capability> locks, LockMode mode, bool anyOf)
    {
        var phrases = locks.Select(l => l.Context is not null || l.Type.Kind == LockKind.Token ? Of(l) : anyOf ? Of(l) : LockWording.Required(Of(l), mode)).Distinct().ToArray();
        return anyOf ? LockWording.Or(phrases) : LockWording.And(phrases);
    }

    /// <summary>Where the operation stands.</summary>
    public static Location Place(this FlowEvent happening) => happening.Operation.Syntax.GetLocation();

    public static Location? Site(this MmLock.Analyzers.Flow.State.Held held) => held.Site?.Syntax.GetLocation();

    /// <summary>What a code fix has to know of the lock in question.</summary>
    public static Finding About(this Finding finding, Capability capability, LockMode mode)
    {
        finding = finding.With(DiagnosticProperties.Lock, capability.Text)
            .With(DiagnosticProperties.Mode, mode.ToString())
            .With(DiagnosticProperties.Kind, capability.Type.Kind.ToString());
        if (capability.Class is { } lockClass)
            finding = finding.With(DiagnosticProperties.LockClass, lockClass.Display);
        if (!capability.Type.IsAnnotated)
            finding = finding.With(DiagnosticProperties.IsDotNetLock, DiagnosticProperties.True);
        if (Expression(capability) is { } expression)
            finding = finding.With(DiagnosticProperties.LockExpression, expression);
        return finding;
    }

    /// <summary>What a code fix has to know of a requirement that is not met: which contract would hand it to the callers.</summary>
    public static Finding Requiring(this Finding finding, ImmutableArray<Capability> wanted, LockMode mode, bool anyOf)
    {
        if (anyOf && wanted.Length > 1)
            finding = finding.With(DiagnosticProperties.Alternatives, string.Join("\n", wanted.Select(static l => l.Text)));
        var expressions = wanted.Select(Expression).ToArray();
        if (anyOf ? expressions.All(static e => e is null) : expressions.Contains(null))
            return finding;
        bool shared = mode == LockMode.Shared && wanted.All(
            static l => l.Type.Kind is LockKind.ReaderWriterSemaphore or LockKind.ReaderWriterSpin or LockKind.Sequence);
        var clause = anyOf && wanted.Length > 1 ? "MustHoldAny" : shared ? "MustHoldShared" : "MustHold";
        return finding.With(
            DiagnosticProperties.RequiredClause, $"{clause}({string.Join(", ", expressions.OfType<string>().Select(static e => $"\"{e}\""))})");
    }

    /// <summary>The capability as a lock expression on the enclosing member would spell it; null when it cannot.</summary>
    public static string? Expression(Capability capability)
    {
        if (capability.Context is not null || capability.ByClass is not null)
            return capability.Text;
        return capability.Lock is { } value ? Expression(value) : null;

        static string? Expression(Value value)
        {
            switch (value.Kind)
            {
                case ValueKind.This:
                    return "this";
                case ValueKind.Parameter:
                    return value.Symbol!.Name;
                case ValueKind.Static:
                    return value.Symbol!.ContainingType is { } type ? type.Name + "." + value.Symbol.Name : null;
                case ValueKind.Member:
                    return Expression(value.First!) switch
                    {
                        null => null,
                        "this" => value.Symbol!.Name,
                        var container => container + "." + value.Symbol!.Name,
                    };
                default:
                    return null;
            }
        }
    }

    /// <summary>The chain of callees below the call.</summary>
    public static string Chain(ImmutableArray<IMethodSymbol> chain) => chain.IsDefaultOrEmpty ? "" : LockWording.Through(chain);

    /// <summary>The callee of an event, or the operation itself.</summary>
    public static string Callee(this FlowEvent happening) =>
        happening.Callee is { } callee ? LockWording.Member(callee) : happening.Operation.Syntax.ToString();
}
