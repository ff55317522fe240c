using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Model;

namespace MmLock.CodeFixes.Locks;

/// <summary>Which methods that can be called here have a contract about the lock in question?</summary>
internal sealed class LockCalls(FindingSite site)
{
    private ImmutableArray<INamedTypeSymbol> _types;
    private string? _flags;

    /// <summary>The name for saved interrupt flags.</summary>
    private string Flags => _flags ??= site.FreeName("flags");

    /// <summary>Types of this assembly and of annotated ones that may have such methods.</summary>
    private ImmutableArray<INamedTypeSymbol> Types
    {
        get
        {
            if (_types.IsDefault)
            {
                var assemblies = new AnnotatedAssemblies(site.Model.Compilation);
                IEnumerable<IAssemblySymbol> all = assemblies.IsSourceAnnotated
                    ? assemblies.References.Insert(0, site.Model.Compilation.Assembly)
                    : assemblies.References;
                _types =
                [
                    .. all.SelectMany(TypeWalk.All).Where(
                        type => (type.IsStatic || site.Contracts.IsScopedGuard(type)) && site.Model.IsAccessible(site.Position, type)),
                ];
            }

            return _types;
        }
    }

    /// <summary>Calls on the lock, or on an object on the way to it, or with one of them as argument.</summary>
    public IEnumerable<LockCall> OfLock(ImmutableArray<LockExpressionText> cuts)
    {
        foreach (var cut in cuts)
        {
            foreach (var method in MemberLookup.Levels(cut.Type).SelectMany(static level => level.GetMembers()).OfType<IMethodSymbol>())
            {
                if (method is { IsStatic: false, MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation }
                    && Read(method, cut, PathRoot.This) is { } call)
                {
                    yield return call;
                }
            }

            foreach (var type in Types)
            {
                foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
                {
                    if (method.Parameters.Length > 0 && (method.IsStatic || method.MethodKind == MethodKind.Constructor)
                        && site.Model.Compilation.ClassifyCommonConversion(cut.Type, method.Parameters[0].Type).IsImplicit
                        && Read(method, cut, PathRoot.Parameter(0)) is { } call)
                    {
                        yield return call;
                    }
                }
            }
        }
    }

    /// <summary>Calls that enter or leave a section of this CPU.</summary>
    public IEnumerable<LockCall> OfContext(ContextKind context)
    {
        foreach (var method in Types.SelectMany(static type => type.GetMembers()).OfType<IMethodSymbol>())
        {
            if (!method.IsStatic && method.MethodKind != MethodKind.Constructor)
                continue;
            var contract = site.Contracts.Method(method);
            if (contract is { Clauses: [{ Locks: [ContextExpression entered] } clause], Switches.IsEmpty: true, References.IsEmpty: true }
                && entered.Context == context && Deed(clause) is { } does && method.Parameters.IsEmpty)
            {
                yield return new(method, does, clause.Mode, Callee(method, "") + "()", null, contract.MakesGuard, IsSection: true);
            }
            else if (contract is { Clauses.IsEmpty: true, Switches: [{ Outcome: null } flip], References.IsEmpty: true }
                && SwitchedBy(flip.Kind) == context && Arguments(method, flip, "") is { } arguments)
            {
                var opens = flip.Kind is SwitchKind.DisablesIrq or SwitchKind.SavesIrq or SwitchKind.DisablesPreemption or SwitchKind.DisablesBh;
                yield return new(
                    method, opens ? LockDeed.Acquire : LockDeed.Release, LockMode.Shared, Store(flip, opens) + Callee(method, "") + arguments,
                    flip.Kind, contract.MakesGuard, IsSection: true);
            }
        }
    }

    private LockCall? Read(IMethodSymbol method, LockExpressionText cut, PathRoot root)
    {
        if (!site.Model.IsAccessible(site.Position, method) || method.IsGenericMethod)
            return null;
        var contract = site.Contracts.Method(method, cut.Type);
        if (contract is not { Clauses: [{ FlagOrdinal: < 0, TimeoutOrdinal: < 0, Locks: [PathExpression path] } clause], References.IsEmpty: true }
            || contract.Switches.Length > 1 || path.Root != root || !IsWay(path.Steps, cut.Members) || Deed(clause) is not { } does)
        {
            return null;
        }

        var flip = contract.Switches.FirstOrDefault();
        var first = root.Kind == PathRootKind.Parameter ? cut.Text.Length == 0 ? "this" : cut.Text : "";
        if (Arguments(method, flip, first) is not { } arguments)
            return null;
        var text = Store(flip, does != LockDeed.Release) + Callee(method, cut.Text) + arguments;
        var isSection = site.Contracts.TypeOf(path)?.Kind.Nests() == true;
        return new(method, does, clause.Mode, text, flip?.Kind, contract.MakesGuard, isSection) { AnyMode = clause.AnyMode };
    }

    private static bool IsWay(ImmutableArray<PathStep> steps, ImmutableArray<ISymbol> members) =>
        steps.Length == members.Length
        && steps.Zip(members, static (step, member) => step is MemberStep walked && MemberLookup.IsSame(walked.Member, member)).All(static same => same);

    private static LockDeed? Deed(ContractClause clause) => clause switch
    {
        { Kind: ClauseKind.Acquires, Outcome: null } => LockDeed.Acquire,
        { Kind: ClauseKind.Acquires, Waits: false, Outcome: not null } => LockDeed.TryAcquire,
        { Kind: ClauseKind.Releases, Outcome: null } => LockDeed.Release,
        _ => null,
    };

    private static ContextKind SwitchedBy(SwitchKind kind) => kind switch
    {
        SwitchKind.DisablesPreemption or SwitchKind.EnablesPreemption => ContextKind.Preempt,
        SwitchKind.DisablesBh or SwitchKind.EnablesBh => ContextKind.Bh,
        _ => ContextKind.Irq,
    };

    /// <summary>The object or type before the name.</summary>
    private string Callee(IMethodSymbol method, string instance)
    {
        if (method.MethodKind == MethodKind.Constructor)
            return "new " + method.ContainingType.ToMinimalDisplayString(site.Model, site.Position);
        if (!method.IsStatic)
            return instance.Length == 0 ? method.Name : instance + "." + method.Name;
        return method.ContainingType.ToMinimalDisplayString(site.Model, site.Position) + "." + method.Name;
    }

    /// <summary>The argument list; null when it asks for what nobody knows.</summary>
    private string? Arguments(IMethodSymbol method, SwitchClause? flip, string first)
    {
        var arguments = new List<string>();
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Ordinal == 0 && first.Length > 0)
                arguments.Add(parameter.RefKind == Microsoft.CodeAnalysis.RefKind.Ref ? "ref " + first : first);
            else if (flip is not null && flip.FlagsOrdinal == parameter.Ordinal)
                arguments.Add(Flag(parameter));
            else if (!parameter.IsOptional)
                return null;
        }

        return "(" + string.Join(", ", arguments) + ")";
    }

    private string Flag(IParameterSymbol parameter) => parameter.RefKind switch
    {
        Microsoft.CodeAnalysis.RefKind.Out when site.Style.UsesVar => $"out var {Flags}",
        Microsoft.CodeAnalysis.RefKind.Out => $"out {parameter.Type.ToMinimalDisplayString(site.Model, site.Position)} {Flags}",
        Microsoft.CodeAnalysis.RefKind.Ref => $"ref {Flags}",
        _ => Flags,
    };

    private string Store(SwitchClause? flip, bool opens) =>
        opens && flip is { Kind: SwitchKind.SavesIrq, FlagsOrdinal: -1 } ? $"var {Flags} = " : "";
}
