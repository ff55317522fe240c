using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Model;

namespace MmLock.CodeFixes.Locks;

/// <summary>A call in the source that takes or lets go something, and the calls that could stand in its place.</summary>
internal sealed class LockCallSite
{
    private readonly FindingSite _site;

    private LockCallSite(FindingSite site, InvocationExpressionSyntax call, IMethodSymbol method, MethodContract contract)
    {
        (_site, Call, Method, Contract) = (site, call, method, contract);
        Clause = contract.Clauses.FirstOrDefault(static clause => clause.Kind is ClauseKind.Acquires or ClauseKind.Releases);
        Switch = contract.Switches.FirstOrDefault();
        LockText = Clause is { Locks: [var only] } ? Spell(only, method) : Clause is null && Switch is not null ? Section(Switch.Kind) : null;
        LockKey = LockText is null ? null : LockNames.Key(LockText, call.SpanStart, site);
    }

    public InvocationExpressionSyntax Call { get; }

    public IMethodSymbol Method { get; }

    public MethodContract Contract { get; }

    /// <summary>What it takes or lets go; null when it only flips a switch.</summary>
    public ContractClause? Clause { get; }

    public SwitchClause? Switch { get; }

    /// <summary>The lock as this place would name it; null when there is not one alone.</summary>
    public string? LockText { get; }

    /// <summary>The lock by a name that is the same under <c>this.</c>, a type's name and a local copy.</summary>
    public string? LockKey { get; }

    /// <summary>It lets go something and does not depend on an outcome.</summary>
    public bool IsRelease => Clause is { Kind: ClauseKind.Releases, Outcome: null } || (Clause is null && Switch is { } flip && !Opens(flip.Kind));

    /// <summary>It takes something, on some outcome at least.</summary>
    public bool IsAcquire => Clause is { Kind: ClauseKind.Acquires } || (Clause is null && Switch is { } flip && Opens(flip.Kind));

    /// <summary>The statement that is nothing but this call.</summary>
    public StatementSyntax? Statement => Call.Parent switch
    {
        ExpressionStatementSyntax statement => statement,
        EqualsValueClauseSyntax { Parent.Parent.Parent: LocalDeclarationStatementSyntax local } => local,
        _ => null,
    };

    public static LockCallSite? Of(SyntaxNode node, FindingSite site)
    {
        var call = node.FirstAncestorOrSelf<InvocationExpressionSyntax>()
            ?? (node as ExpressionStatementSyntax)?.Expression as InvocationExpressionSyntax;
        return call is not null && site.Model.GetSymbolInfo(call).Symbol is IMethodSymbol method
            && site.Contracts.Method(method, Receiver(call, site)) is var contract
            && (contract.Clauses.Any(static c => c.Kind is ClauseKind.Acquires or ClauseKind.Releases) || !contract.Switches.IsEmpty)
            ? new LockCallSite(site, call, method, contract)
            : null;
    }

    /// <summary>All such calls below a node, lambdas and local functions left out.</summary>
    public static IEnumerable<LockCallSite> In(SyntaxNode body, FindingSite site) =>
        body.DescendantNodesAndSelf(node => node == body || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<InvocationExpressionSyntax>().Select(call => Of(call, site)).OfType<LockCallSite>();

    /// <summary>The call that lets go what this one takes; null when nobody offers one.</summary>
    public string? Release() => Counterpart(ClauseKind.Releases);

    /// <summary>The call that takes, by waiting, what this one lets go; null when nobody offers one.</summary>
    public string? Acquire() => Counterpart(ClauseKind.Acquires);

    /// <summary>The statement that takes again what this acquisition took: the variable of saved flags is there already.</summary>
    public string Again()
    {
        var text = Call.ToString();
        foreach (var declared in Call.ArgumentList.Arguments.Select(static a => a.Expression).OfType<DeclarationExpressionSyntax>())
            text = text.Replace("out " + declared, "out " + declared.Designation);
        return (Call.Parent?.Parent is VariableDeclaratorSyntax variable ? variable.Identifier.Text + " = " + text : text) + ";";
    }

    private string? Counterpart(ClauseKind kind) => Kin(
        contract => Clause is null
            ? contract.Clauses.IsEmpty && contract.Switches.FirstOrDefault()?.Kind == Opposite(Switch!.Kind)
            : contract.Clauses is [{ Outcome: null } clause] && clause.Kind == kind
                && (clause.AnyMode || IsSection(clause) || clause.Mode == Clause.Mode)
                && contract.Switches.FirstOrDefault()?.Kind == (Switch is null ? null : Opposite(Switch.Kind)));

    /// <summary>The same call in another form: mode, outcome, switch.</summary>
    public IEnumerable<(string Text, IMethodSymbol Method)> Forms(Func<ContractClause, SwitchClause?, bool> wanted, string? flags = null)
    {
        foreach (var candidate in Candidates())
        {
            var contract = _site.Contracts.Method(candidate, Receiver(Call, _site));
            if (contract.Clauses is [{ FlagOrdinal: < 0 } clause] && contract.Switches.Length <= 1 && IsSameLock(clause)
                && wanted(clause, contract.Switches.FirstOrDefault()) && Write(candidate, contract, flags) is { } text)
            {
                yield return (text, candidate);
            }
        }
    }

    /// <summary>The name under which an acquisition saves the state of interrupts.</summary>
    public string? SavedFlags
    {
        get
        {
            if (Switch is not { Kind: SwitchKind.SavesIrq or SwitchKind.RestoresIrq } flip)
                return null;
            if (flip.FlagsOrdinal < 0)
                return (Call.Parent?.Parent as VariableDeclaratorSyntax)?.Identifier.Text;
            return Argument(Method, flip.FlagsOrdinal)?.Expression switch
            {
                DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax { } named } => named.Identifier.Text,
                { } other => other.ToString(),
                _ => null,
            };
        }
    }

    private string? Kin(Func<MethodContract, bool> wanted)
    {
        foreach (var candidate in Candidates())
        {
            var contract = _site.Contracts.Method(candidate, Receiver(Call, _site));
            if (wanted(contract) && (Clause is null || IsSameLock(contract.Clauses[0])) && Write(candidate, contract, SavedFlags) is { } text)
                return text;
        }

        return null;
    }

    private IEnumerable<IMethodSymbol> Candidates() =>
        MemberLookup.Levels(Method.IsStatic ? Method.ContainingType : Receiver(Call, _site) ?? Method.ContainingType)
            .SelectMany(static level => level.GetMembers()).OfType<IMethodSymbol>()
            .Where(candidate => candidate.MethodKind == MethodKind.Ordinary && candidate.IsStatic == Method.IsStatic
                && !SymbolEqualityComparer.Default.Equals(candidate, Method) && _site.Model.IsAccessible(Call.SpanStart, candidate))
            .OrderBy(static candidate => candidate.Parameters.Length);

    private bool IsSameLock(ContractClause clause) =>
        clause.Kind is ClauseKind.Acquires or ClauseKind.Releases && Clause is { Locks: [var mine] } && clause.Locks is [var other]
        && LockExpressionIdentity.Same(mine, other);

    private string? Write(IMethodSymbol method, MethodContract contract, string? flags)
    {
        var arguments = new List<string>();
        var flip = contract.Switches.FirstOrDefault();
        foreach (var parameter in method.Parameters)
        {
            var mine = Method.Parameters.FirstOrDefault(p => p.Name == parameter.Name && p.RefKind == parameter.RefKind);
            if (flip is not null && flip.FlagsOrdinal == parameter.Ordinal)
            {
                if (flags is null)
                    return null;
                var isThere = Switch?.Kind == SwitchKind.RestoresIrq;
                arguments.Add(parameter.RefKind == Microsoft.CodeAnalysis.RefKind.Out ? (isThere ? "out " : "out var ") + flags : flags);
            }
            else if (mine is not null && Argument(Method, mine.Ordinal) is { } given)
            {
                arguments.Add(given.WithNameColon(null).ToString());
            }
            else if (!parameter.IsOptional)
            {
                return null;
            }
        }

        var target = Call.Expression is MemberAccessExpressionSyntax access ? access.Expression + "." : "";
        return $"{target}{method.Name}({string.Join(", ", arguments)})";
    }

    private string? Spell(LockExpression expression, IMethodSymbol method)
    {
        if (expression is not PathExpression path)
            return expression is GovernedExpression ? null : expression.Text;
        var root = path.Root.Kind switch
        {
            PathRootKind.This => Call.Expression is MemberAccessExpressionSyntax access ? access.Expression.ToString() : "this",
            PathRootKind.Parameter when method.ReducedFrom is null => Argument(method, path.Root.Ordinal)?.Expression.ToString(),
            _ => null,
        };
        if (root is null || !path.Steps.All(static step => step is MemberStep))
            return null;
        var text = string.Join(".", new[] { root }.Concat(path.Steps.Select(static step => ((MemberStep)step).Member.Name)));
        return text.StartsWith("this.", StringComparison.Ordinal) ? text.Substring(5) : text;
    }

    private ArgumentSyntax? Argument(IMethodSymbol method, int ordinal) =>
        Call.ArgumentList.Arguments.FirstOrDefault(a => a.NameColon?.Name.Identifier.ValueText == method.Parameters[ordinal].Name)
        ?? (Call.ArgumentList.Arguments.ElementAtOrDefault(ordinal) is { NameColon: null } given ? given : null);

    private bool IsSection(ContractClause clause) =>
        clause.Locks is [ContextExpression] || (clause.Locks is [var only] && _site.Contracts.TypeOf(only)?.Kind.Nests() == true);

    private static ITypeSymbol? Receiver(InvocationExpressionSyntax call, FindingSite site) =>
        call.Expression is MemberAccessExpressionSyntax access ? site.Model.GetTypeInfo(access.Expression).Type : null;

    private static bool Opens(SwitchKind kind) =>
        kind is SwitchKind.DisablesIrq or SwitchKind.SavesIrq or SwitchKind.DisablesBh or SwitchKind.DisablesPreemption;

    private static string Section(SwitchKind kind) => kind switch
    {
        SwitchKind.DisablesBh or SwitchKind.EnablesBh => "@bh",
        SwitchKind.DisablesPreemption or SwitchKind.EnablesPreemption => "@preempt",
        _ => "@irq",
    };

    private static SwitchKind Opposite(SwitchKind kind) => kind switch
    {
        SwitchKind.DisablesIrq => SwitchKind.EnablesIrq,
        SwitchKind.SavesIrq => SwitchKind.RestoresIrq,
        SwitchKind.DisablesPreemption => SwitchKind.EnablesPreemption,
        SwitchKind.DisablesBh => SwitchKind.EnablesBh,
        SwitchKind.EnablesIrq => SwitchKind.DisablesIrq,
        SwitchKind.RestoresIrq => SwitchKind.SavesIrq,
        SwitchKind.EnablesPreemption => SwitchKind.DisablesPreemption,
        SwitchKind.EnablesBh => SwitchKind.DisablesBh,
        _ => kind,
    };
}
