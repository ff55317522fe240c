using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Model;

/// <summary>A lock expression bound to the symbols of the declaration that it stands on.</summary>
/// <param name="Text">As the user wrote it; <c>this</c> where an attribute has no expression.</param>
internal abstract record LockExpression(string Text)
{
    public sealed override string ToString() => Text;
}

/// <summary><c>@rcu</c> and the other predefined sections.</summary>
internal sealed record ContextExpression(string Text, ContextKind Context) : LockExpression(Text);

/// <summary><c>@name</c>: some lock of that class.</summary>
/// <param name="Class">The class; one without a declaration where only the name is known.</param>
internal sealed record ClassExpression(string Text, LockClass Class) : LockExpression(Text);

/// <summary>A root and the members walked from it.</summary>
/// <param name="Type">The type of the whole expression.</param>
internal sealed record PathExpression(
    string Text, PathRoot Root, ImmutableArray<PathStep> Steps, ITypeSymbol? Type) : LockExpression(Text);

/// <summary>An attribute of a guard's method without an expression: the locks that the guard governs.</summary>
internal sealed record GovernedExpression() : LockExpression("this");

/// <summary>Where a path begins.</summary>
internal enum PathRootKind
{
    /// <summary>The object that the member belongs to.</summary>
    This,
    /// <summary>A parameter, by ordinal.</summary>
    Parameter,
    /// <summary>What the method returns.</summary>
    Return,
    /// <summary>Nothing: the first step is a static member.</summary>
    Static,
    /// <summary>A local variable or parameter of an enclosing method (a contract on a local function or lambda).</summary>
    Captured,
}

/// <summary>The root of a path.</summary>
/// <param name="Ordinal">The parameter's ordinal; -1 otherwise.</param>
/// <param name="Symbol">The captured variable; null otherwise.</param>
internal sealed record PathRoot(PathRootKind Kind, int Ordinal = -1, ISymbol? Symbol = null)
{
    public static PathRoot This { get; } = new(PathRootKind.This);

    public static PathRoot Return { get; } = new(PathRootKind.Return);

    public static PathRoot Static { get; } = new(PathRootKind.Static);

    public static PathRoot Parameter(int ordinal) => new(PathRootKind.Parameter, ordinal);
}

/// <summary>One step of a path.</summary>
internal abstract record PathStep;

/// <summary><c>.member</c>: a field, property or event, or a primary constructor's parameter that the object has captured.</summary>
/// <param name="Member">The definition; of an overriding property the one that is overridden first of all.</param>
internal sealed record MemberStep(ISymbol Member) : PathStep;

/// <summary>A member that another assembly keeps to itself: known by its name only.</summary>
/// <param name="Owner">The type that declares it, as far as can be seen; null behind another hidden member.</param>
internal sealed record HiddenStep(INamedTypeSymbol? Owner, string Name) : PathStep;

/// <summary><c>[3]</c>.</summary>
internal sealed record ElementStep(int Index) : PathStep;

/// <summary><c>[i]</c> with a parameter.</summary>
internal sealed record ParameterElementStep(int Ordinal) : PathStep;

/// <summary><c>[*]</c>: some element where required, every element where acquired.</summary>
internal sealed record AnyElementStep : PathStep;
