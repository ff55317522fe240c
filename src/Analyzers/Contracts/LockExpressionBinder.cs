using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Contracts;

/// <summary>An expression, or the reason why there is none.</summary>
internal readonly record struct BoundExpression(LockExpression? Expression, BindFailure? Failure)
{
    public static implicit operator BoundExpression(BindFailure failure) => new(null, failure);
}

/// <summary>From the form of a lock expression to the symbols it names on its declaration.</summary>
internal sealed class LockExpressionBinder(ContractCache cache, LexicalLookup lexical)
{
    /// <param name="place">The attribute, for names that depend on usings; null in metadata.</param>
    /// <param name="wantsLock">False where any object will do (what is freed, what is unpublished).</param>
    public BoundExpression Bind(string? text, BindingScope scope, SyntaxReference? place, bool wantsLock = true) =>
        LockExpressionParser.Parse(text) switch
        {
            ParsedClass named when ContextNames.Find(named.Name.Text) is { } context =>
                new(new ContextExpression(text!.Trim(), context), null),
            ParsedClass named => new(new ClassExpression(text!.Trim(), ClassNamed(named.Name.Text)), null),
            ParsedPath path => new Walk(cache, lexical, scope, place, path, text!.Trim(), wantsLock).Bind(),
            ParsedNothing nothing => Bad(text ?? "", nothing.Message, nothing.Start, nothing.Length),
            _ => Bad(text ?? "", "it has no form that is known", 0, text?.Length ?? 0),
        };

    /// <summary>What an attribute without expressions means: the lock that the method belongs to, or what a guard governs.</summary>
    public BoundExpression BindImplicit(BindingScope scope)
    {
        if (scope is { Type: { } type, HasThis: true })
        {
            if (cache.LockTypeOf(type) is not null)
                return new(new PathExpression("this", PathRoot.This, [], type), null);
            if (cache.IsScopedGuard(type) && scope.Owner is IMethodSymbol { MethodKind: not MethodKind.Constructor })
                return new(new GovernedExpression(), null);
        }

        return Bad(
            "this",
            scope.Type is { } owner
                ? $"no lock is named, and '{owner.Name}' is no lock type with a lock of its own here"
                : "no lock is named",
            0, 0);
    }

    /// <summary>The type is one that some lock operation takes, or a collection of such.</summary>
    public bool MayBeLock(ITypeSymbol type) =>
        WhyNoLock(type, cache) is null || MemberLookup.ElementType(type) is { } element && type.SpecialType != SpecialType.System_String
        && WhyNoLock(element, cache) is null;

    /// <summary>What a value is that no lock operation can take; null for what may be a lock.</summary>
    public string? WhyNoLock(ITypeSymbol type) => WhyNoLock(type, cache);

    private static string? WhyNoLock(ITypeSymbol? type, ContractCache cache) => type switch
    {
        null or IErrorTypeSymbol or IDynamicTypeSymbol => null,
        IPointerTypeSymbol or IFunctionPointerTypeSymbol => "a pointer",
        { SpecialType: SpecialType.System_String } => "a string",
        ITypeParameterSymbol { HasValueTypeConstraint: false, HasUnmanagedTypeConstraint: false } => null,
        _ when cache.LockTypeOf(type) is not null => null,
        { IsReferenceType: true } => null,
        _ => $"a value of type '{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}'",
    };

    /// <remarks>Asks the index, not the declared order: that one is made of bound expressions itself.</remarks>
    private LockClass ClassNamed(string name) => cache.Index.Find(name) ?? new LockClass(name, name, isNamed: true);

    private static BindFailure Bad(string text, string message, int start, int length, string? nearest = null) =>
        new(ContractDefect.BadExpression, text, message, start, length, nearest);

    /// <summary>One path on its way from the root.</summary>
    private sealed class Walk(
        ContractCache cache, LexicalLookup lexical, BindingScope scope, SyntaxReference? place, ParsedPath path, string text, bool wantsLock)
    {
        private readonly ImmutableArray<PathStep>.Builder _steps = ImmutableArray.CreateBuilder<PathStep>();
        private PathRoot _root = PathRoot.Static;
        private ITypeSymbol? _type;
        private bool _isHidden;

        /// <summary>A type or namespace on the way to a static member.</summary>
        private INamespaceOrTypeSymbol? _container;

        public BoundExpression Bind()
        {
            if (BindRoot() is { } failure)
                return failure;
            foreach (var step in path.Steps)
            {
                failure = step.Kind == ParsedStepKind.Member ? BindMember(step) : BindElement(step);
                if (failure is not null)
                    return failure;
            }

            var end = path.Steps.IsEmpty ? path.Root : path.Steps[path.Steps.Length - 1].Piece;
            if (_container is not null)
            {
                return Wrong($"'{_container.Name}' is a {(_container.IsType ? "type" : "namespace")}; name a static member of it", end);
            }

            if (wantsLock && WhyNoLock(_type, cache) is { } reason)
                return new BindFailure(ContractDefect.NotALock, text, reason, path.Root.Start, text.Length);
            return new(new PathExpression(text, _root, _steps.ToImmutable(), _type), null);
        }

        private BindFailure? BindRoot()
        {
            var name = path.Root.Text;
            if (name == "this")
            {
                if (!scope.HasThis || scope.Type is null)
                    return RootFailure("there is no 'this' here");
                return Start(PathRoot.This, scope.Type);
            }

            if (name == "return")
            {
                return scope.Result is { } result
                    ? Start(PathRoot.Return, result)
                    : RootFailure("nothing is returned here");
            }

            foreach (var parameter in scope.Parameters)
            {
                if (parameter.Name == name)
                    return Start(PathRoot.Parameter(parameter.Ordinal), parameter.Type);
            }

            if (scope.Nested is { } nested && lexical.Captured(nested, name) is { } captured)
            {
                return Start(new(PathRootKind.Captured, -1, captured), MemberLookup.TypeOf(captured));
            }

            return BindMemberRoot(name) ?? BindTypeRoot(name);
        }

        private BindFailure? Start(PathRoot root, ITypeSymbol? type)
        {
            (_root, _type) = (root, type);
            return null;
        }

        /// <summary>A member of the declaring type or of one around it; null also when there is none, see <see cref="_found"/>.</summary>
        private BindFailure? BindMemberRoot(string name)
        {
            for (var type = scope.Type; type is not null; type = type.ContainingType)
            {
                var isOwn = ReferenceEquals(type, scope.Type);
                if (path.RootArity == 0 && MemberLookup.Find(type, name) is { } member and not INamedTypeSymbol)
                {
                    // The simple name of a member that is called like its type may mean either, as in C#.
                    if (MeansType(member, name))
                        return null;
                    _found = true;
                    if (!member.IsStatic && (!isOwn || !scope.HasThis))
                        return RootFailure($"'{name}' belongs to an object, and there is none here");
                    (_root, _type) = (member.IsStatic ? PathRoot.Static : PathRoot.This, null);
                    return Step(member, path.Root);
                }

                if (isOwn && scope.HasThis && PrimaryParameter(type, name) is { } primary)
                {
                    _found = true;
                    _root = PathRoot.This;
                    return Step(primary, path.Root);
                }
            }

            return null;
        }

        private bool _found;

        private bool MeansType(ISymbol member, string name) =>
            path.Steps.Length > 0 && path.Steps[0].Kind == ParsedStepKind.Member
            && MemberLookup.TypeOf(member) is INamedTypeSymbol type && type.Name == name
            && MemberLookup.Find(type, path.Steps[0].Piece.Text) is { IsStatic: true };

        private BindFailure? BindTypeRoot(string name)
        {
            if (_found || _type is not null)
                return null;
            if (place is not null && lexical.ExtensionReceiver(place, name) is { } receiver)
                return Start(PathRoot.This, receiver.Type);
            if (FindType(name) is { } found)
            {
                _container = found;
                return null;
            }

            if (scope.Type is { } owner && HasHiddenMembers(owner) && path.RootArity == 0)
            {
                // Private members of other assemblies are not imported: the name is all there is.
                _root = scope.HasThis ? PathRoot.This : PathRoot.Static;
                return Hide(owner, path.Root);
            }

            return RootFailure($"'{name}' names nothing here");
        }

        private INamespaceOrTypeSymbol? FindType(string name)
        {
            for (var type = scope.Type; type is not null; type = type.ContainingType)
            {
                if (type.Name == name && type.Arity == path.RootArity)
                    return type;
                foreach (var level in MemberLookup.Levels(type))
                {
                    if (level.GetTypeMembers(name, path.RootArity).FirstOrDefault() is { } member)
                        return member;
                }
            }

            if (place is not null)
            {
                var found = lexical.Types(place, name, path.RootArity);
                if (!found.IsEmpty)
                    return found.FirstOrDefault(static symbol => symbol.IsType) ?? found[0];
                if (scope.Type is null || SymbolEqualityComparer.Default.Equals(scope.Type.ContainingAssembly, cache.Compilation.Assembly))
                    return null;
            }

            for (var space = (scope.Type ?? scope.Owner).ContainingNamespace; space is not null; space = space.ContainingNamespace)
            {
                if (space.GetTypeMembers(name, path.RootArity).FirstOrDefault() is { } type)
                    return type;
                if (space.GetNamespaceMembers().FirstOrDefault(inner => inner.Name == name) is { } inner)
                    return inner;
            }

            return path.Steps.IsEmpty ? null : Unqualified(scope.Owner.ContainingAssembly, name, path.RootArity);
        }

        /// <summary>The usings of another assembly are gone: the only type of that name there is what was meant.</summary>
        private static INamedTypeSymbol? Unqualified(IAssemblySymbol? assembly, string name, int arity)
        {
            if (assembly is null || !assembly.TypeNames.Contains(name))
                return null;
            var types = TypeWalk.All(assembly).Where(type => type.Name == name && type.Arity == arity).Take(2).ToList();
            return types.Count == 1 ? types[0] : null;
        }

        private BindFailure? BindMember(ParsedStep step)
        {
            var name = step.Piece.Text;
            if (_isHidden)
                return Hide(null, step.Piece);
            if (_container is { } container)
                return BindStatic(container, step);
            if (_type is null or IErrorTypeSymbol or IDynamicTypeSymbol)
                return Hide(null, step.Piece);
            if (MemberLookup.Find(_type, name) is { } member and not INamedTypeSymbol)
            {
                if (member.IsStatic)
                {
                    _steps.Clear();
                    _root = PathRoot.Static;
                }

                return Step(member, step.Piece);
            }

            if (_type is INamedTypeSymbol named && HasHiddenMembers(named))
                return Hide(named, step.Piece);
            return StepFailure(step.Piece, _type);
        }

        private BindFailure? BindStatic(INamespaceOrTypeSymbol container, ParsedStep step)
        {
            var name = step.Piece.Text;
            if (container is INamespaceSymbol space)
            {
                _container = (INamespaceOrTypeSymbol?)space.GetTypeMembers(name, step.Arity).FirstOrDefault()
                    ?? space.GetNamespaceMembers().FirstOrDefault(inner => inner.Name == name);
                return _container is null ? StepFailure(step.Piece, space) : null;
            }

            var type = (INamedTypeSymbol)container;
            if (MemberLookup.Find(type, name) is { } member)
            {
                if (member is INamedTypeSymbol nested)
                {
                    _container = nested;
                    return null;
                }

                if (!member.IsStatic)
                {
                    return Wrong($"'{name}' belongs to an object of type '{type.Name}', not to the type", step.Piece);
                }

                _container = null;
                return Step(member, step.Piece);
            }

            if (HasHiddenMembers(type))
            {
                _container = null;
                return Hide(type, step.Piece);
            }

            return StepFailure(step.Piece, type);
        }

        private BindFailure? BindElement(ParsedStep step)
        {
            if (_container is { } container)
                return Wrong($"'{container.Name}' is no array", step.Piece);
            if (!_isHidden && _type is not (null or IErrorTypeSymbol))
            {
                if (MemberLookup.ElementType(_type) is not { } element)
                    return Wrong($"'{_type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}' has no elements", step.Piece);
                _type = element;
            }

            switch (step.Kind)
            {
                case ParsedStepKind.AnyElement:
                    _steps.Add(new AnyElementStep());
                    return null;
                case ParsedStepKind.Element:
                    _steps.Add(new ElementStep(step.Index));
                    return null;
                default:
                    foreach (var parameter in scope.Parameters)
                    {
                        if (parameter.Name == step.Piece.Text)
                        {
                            _steps.Add(new ParameterElementStep(parameter.Ordinal));
                            return null;
                        }
                    }

                    return Wrong($"'{step.Piece.Text}' is no parameter", step.Piece, scope.Parameters.Select(static p => p.Name));
            }
        }

        private BindFailure? Step(ISymbol member, TextPiece piece)
        {
            if (MemberLookup.TypeOf(member) is not { } type)
            {
                // A method can be no lock; anything walked from it has no meaning at all.
                var isLast = piece.Start == (path.Steps.IsEmpty ? path.Root : path.Steps[path.Steps.Length - 1].Piece).Start;
                return isLast
                    ? new(ContractDefect.NotALock, text, "a method", piece.Start, piece.Length)
                    : Wrong($"'{piece.Text}' is a method; a lock expression walks fields and properties", piece);
            }

            _steps.Add(new MemberStep(MemberLookup.Canonical(member)));
            _type = type;
            return null;
        }

        private BindFailure? Hide(INamedTypeSymbol? owner, TextPiece piece)
        {
            _steps.Add(new HiddenStep(owner?.OriginalDefinition, piece.Text));
            (_type, _isHidden) = (null, true);
            return null;
        }

        /// <summary>Expressions in the source are about what the source can see.</summary>
        private bool HasHiddenMembers(INamedTypeSymbol type) =>
            place is null && !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, cache.Compilation.Assembly);

        private static IParameterSymbol? PrimaryParameter(INamedTypeSymbol type, string name)
        {
            foreach (var constructor in type.InstanceConstructors)
            {
                foreach (var reference in constructor.DeclaringSyntaxReferences)
                {
                    if (reference.GetSyntax() is TypeDeclarationSyntax)
                        return constructor.Parameters.FirstOrDefault(parameter => parameter.Name == name);
                }
            }

            return null;
        }

        private BindFailure RootFailure(string message) =>
            Wrong(message, path.Root, RootCandidates());

        private BindFailure StepFailure(TextPiece piece, INamespaceOrTypeSymbol container) => Wrong(
            $"'{container.Name}' has no member '{piece.Text}'", piece,
            container is ITypeSymbol type ? MemberNames(type) : container.GetMembers().Select(static member => member.Name));

        private BindFailure Wrong(string message, TextPiece piece, IEnumerable<string>? candidates = null) =>
            Bad(text, message, piece.Start, piece.Length, candidates is null ? null : NearestName.Find(piece.Text, candidates));

        private IEnumerable<string> RootCandidates()
        {
            foreach (var parameter in scope.Parameters)
                yield return parameter.Name;
            if (scope.Type is { } type)
            {
                foreach (var name in MemberNames(type))
                    yield return name;
            }
        }

        private static IEnumerable<string> MemberNames(ITypeSymbol type) =>
            MemberLookup.Levels(type).SelectMany(static level => level.GetMembers())
                .Where(static member => member is IFieldSymbol { IsImplicitlyDeclared: false } or IPropertySymbol { IsIndexer: false } or IEventSymbol)
                .Select(static member => member.Name).Distinct(StringComparer.Ordinal);
    }
}
