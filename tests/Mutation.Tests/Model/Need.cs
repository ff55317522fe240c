using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace MmLock.Mutation.Tests.Model;

/// <summary>
/// Does a piece of code need a lock that a call beside it takes or releases? Only what is declared counts: the contract of a
/// callee, the guard of a field, the role of an RCU accessor.
/// </summary>
internal sealed class Need(Body body, Effect section, LockFacts? facts)
{
    private static readonly string[] GuardAttributes =
        [nameof(GuardedByAttribute), nameof(PointeeGuardedByAttribute), nameof(WriteGuardedByAttribute), nameof(StableUnderAttribute)];

    public bool Has(SyntaxNode code) => Calls(code).Any(CallNeeds) || Accesses(code).Any(access => AccessNeeds(access, writesOnly: false));

    /// <summary>Does it need the lock exclusively, so that a reader would not do?</summary>
    public bool HasExclusive(SyntaxNode code)
        => Calls(code).Any(CallNeedsExclusively) || Accesses(code).Any(access => AccessNeeds(access, writesOnly: true));

    private IEnumerable<InvocationExpressionSyntax> Calls(SyntaxNode code) => body.Of<InvocationExpressionSyntax>(code);

    private IEnumerable<ExpressionSyntax> Accesses(SyntaxNode code)
        => body.Of<ExpressionSyntax>(code).Where(e => e is MemberAccessExpressionSyntax or IdentifierNameSyntax);

    private bool CallNeeds(InvocationExpressionSyntax call)
    {
        if (body.Model.GetOperation(call) is not IInvocationOperation operation)
            return false;
        var contract = Contract.Of(operation.TargetMethod);
        var paths = new CallPaths(body, call, operation);
        bool needed = contract.Needs.Any(path => IsThis(paths.Of(path)))
            || contract.Effects.Any(e => e.Kind == EffectKind.Releases && IsThis(paths.Of(e.Path)));
        return needed || (section.Path == "@rcu" && IsDereference(operation.TargetMethod))
            || contract.NeedsAny.Any(any => any.Any(path => IsThis(paths.Of(path))) && !any.Any(path => IsHeldOtherwise(paths.Of(path))));
    }

    private bool CallNeedsExclusively(InvocationExpressionSyntax call)
        => body.Model.GetOperation(call) is IInvocationOperation operation
            && Contract.Of(operation.TargetMethod).NeedsExclusive.Any(path => IsThis(new CallPaths(body, call, operation).Of(path)));

    private bool IsThis(string path) => path == section.Path || (facts is not null && path == "@" + facts.Class);

    // Crude on purpose: anything else that the contract or another call may hold is taken for held, so that "needs" is certain.
    private bool IsHeldOtherwise(string path)
        => !IsThis(path) && (body.HeldThroughout.Contains(path)
            || body.Sites.SelectMany(s => s.Effects).Any(e => e.Effect.Kind is EffectKind.Takes or EffectKind.Tries && e.Effect.Path == path));

    private static bool IsDereference(IMethodSymbol method)
        => method.GetAttributes().Any(a => Contract.Name(a) == nameof(RcuAccessorAttribute)
            && (int)a.ConstructorArguments[0].Value! == (int)RcuRole.Dereference);

    private bool AccessNeeds(ExpressionSyntax access, bool writesOnly)
    {
        if (body.Model.GetSymbolInfo(access).Symbol is not (IFieldSymbol or IPropertySymbol) || IsNamedOnly(access))
            return false;
        var symbol = body.Model.GetSymbolInfo(access).Symbol!;
        bool writes = IsWritten(access);
        foreach (var guard in symbol.GetAttributes().Where(a => GuardAttributes.Contains(Contract.Name(a))))
        {
            if (!Contract.Paths(guard).Any(path => IsThis(GuardPath(symbol, access, path))))
                continue;
            bool certain = Contract.Name(guard) switch
            {
                nameof(GuardedByAttribute) => writes || !writesOnly,
                nameof(PointeeGuardedByAttribute) => writesOnly ? writes || IsMutated(access) : IsFollowed(access),
                _ => writes,
            };
            if (certain)
                return true;
        }
        return false;
    }

    private string GuardPath(ISymbol guarded, ExpressionSyntax access, string path)
    {
        var root = path.Split('.')[0];
        if (guarded.ContainingType.GetMembers(root).FirstOrDefault() is not { IsStatic: false })
            return path.Contains('.', StringComparison.Ordinal) ? path : $"{guarded.ContainingType.Name}.{path}";
        return access is MemberAccessExpressionSyntax member ? $"{body.Names.Of(member.Expression)}.{path}" : $"this.{path}";
    }

    // The right half of "a.b", or an operand of nameof: the whole is looked at instead.
    private static bool IsNamedOnly(ExpressionSyntax access) => access.Parent is MemberAccessExpressionSyntax member && member.Name == access;

    private static bool IsWritten(ExpressionSyntax access)
    {
        var place = access.Parent is ElementAccessExpressionSyntax element && element.Expression == access ? (ExpressionSyntax)element : access;
        return place.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == place,
            PostfixUnaryExpressionSyntax step => step.IsKind(SyntaxKind.PostIncrementExpression) || step.IsKind(SyntaxKind.PostDecrementExpression),
            PrefixUnaryExpressionSyntax step => step.IsKind(SyntaxKind.PreIncrementExpression) || step.IsKind(SyntaxKind.PreDecrementExpression),
            _ => false,
        };
    }

    private static bool IsFollowed(ExpressionSyntax access)
        => (access.Parent is ElementAccessExpressionSyntax element && element.Expression == access)
            || (access.Parent is MemberAccessExpressionSyntax member && member.Expression == access && member.Name.Identifier.Text != "Length")
            || (access.Parent is ForEachStatementSyntax each && each.Expression == access);

    private static bool IsMutated(ExpressionSyntax access)
        => access.Parent is MemberAccessExpressionSyntax { Name.Identifier.Text: "Add" or "RemoveAt" or "Remove" or "Clear" } member
            && member.Expression == access;
}
