using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <summary>
/// How a .NET lock was made: a semaphore is a lock only with a count of one, a reader-writer lock recursive only by its
/// policy. Read from the syntax of the field's initializer and of assignments in its type, where a reader would look.
/// </summary>
internal static class DotNetCreation
{
    /// <summary>A <c>ReaderWriterLockSlim</c> made with <c>SupportsRecursion</c>.</summary>
    public static bool SupportsRecursion(Value value, ISymbol? member, CancellationToken cancellation)
    {
        if (value is { Kind: ValueKind.Fresh, Data: IObjectCreationOperation creation })
            return creation.Arguments.Any(a => MayRecurse(a.Syntax.ToString()));
        return member is not null && CreationArguments(member, cancellation) is { Arguments.Count: > 0 } arguments
            && MayRecurse(arguments.ToString());
    }

    // A policy that is handed in may be either: nothing is claimed then.
    private static bool MayRecurse(string policy) => !policy.Contains("NoRecursion");

    /// <summary>A <c>SemaphoreSlim</c> seen to be made with a count of one, or named as a lock by an annotation.</summary>
    public static bool IsBinarySemaphore(Value value, ContractCache contracts, CancellationToken cancellation)
    {
        if (value is { Kind: ValueKind.Fresh, Data: IObjectCreationOperation creation })
            return creation.Arguments.Length > 0 && creation.Arguments[0].Value.ConstantValue is { HasValue: true, Value: 1 };
        var member = value.Kind switch
        {
            ValueKind.Member or ValueKind.Static or ValueKind.Parameter or ValueKind.Captured or ValueKind.LocalPlace => value.Symbol,
            ValueKind.Reread or ValueKind.Phi => value.First?.Symbol,
            _ => null,
        };
        if (member is null)
            return false;
        return IsNamedAsLock(member, contracts)
            || CreationArguments(member, cancellation)?.Arguments.FirstOrDefault()?.Expression is LiteralExpressionSyntax { Token.Value: 1 };
    }

    /// <summary>A class of its own, or a guard attribute beside it that names it.</summary>
    private static bool IsNamedAsLock(ISymbol member, ContractCache contracts)
    {
        if (!contracts.IsPlainDotNetLock(member))
            return true;
        if (member.ContainingType is not { } type || !contracts.HasAnnotations)
            return false;
        foreach (var other in type.GetMembers())
        {
            if (other is not (IFieldSymbol or IPropertySymbol))
                continue;
            foreach (var guard in contracts.Field(other).Guards)
            {
                foreach (var expression in guard.Locks)
                {
                    if (expression is PathExpression { Steps: { Length: > 0 } steps } && steps[steps.Length - 1] is MemberStep last
                        && SymbolEqualityComparer.Default.Equals(last.Member.OriginalDefinition, member.OriginalDefinition))
                    {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static ArgumentListSyntax? CreationArguments(ISymbol member, CancellationToken cancellation)
    {
        foreach (var reference in member.DeclaringSyntaxReferences)
        {
            var declaration = reference.GetSyntax(cancellation);
            var initializer = declaration switch
            {
                VariableDeclaratorSyntax variable => variable.Initializer?.Value,
                PropertyDeclarationSyntax property => property.Initializer?.Value,
                _ => null,
            };
            if (ArgumentsOf(initializer) is { } found)
                return found;
            if (declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
                continue;
            foreach (var constructor in type.Members.OfType<ConstructorDeclarationSyntax>())
            {
                foreach (var assignment in constructor.DescendantNodes().OfType<AssignmentExpressionSyntax>())
                {
                    var target = assignment.Left is MemberAccessExpressionSyntax access ? access.Name : assignment.Left as SimpleNameSyntax;
                    if (target?.Identifier.ValueText == member.Name && ArgumentsOf(assignment.Right) is { } made)
                        return made;
                }
            }
        }
        return null;
    }

    private static ArgumentListSyntax? ArgumentsOf(ExpressionSyntax? expression) =>
        (expression as BaseObjectCreationExpressionSyntax)?.ArgumentList;
}
