using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using MmLock.Analyzers.Model;
using MmLock.Analyzers.Ordering;

namespace MmLock.Analyzers.Contracts;

/// <summary>What is wrong with the annotations of a symbol?</summary>
internal sealed class DeclarationChecks(ContractCache cache)
{
    /// <summary>A type with its members (nested types apart), or one local function, lambda or other member.</summary>
    /// <param name="withUnknownClasses">Asks MML9004 too, which needs the whole compilation.</param>
    public ImmutableArray<ContractProblem> Check(ISymbol symbol, bool withUnknownClasses)
    {
        if (!cache.HasAnnotations)
            return [];
        var found = new Found(withUnknownClasses);
        if (symbol is INamedTypeSymbol type)
        {
            if (!cache.MayBearAnnotations(type))
                return [];
            found.Add(cache.ProblemsOf(type));
            if (type is { TypeKind: TypeKind.Delegate, DelegateInvokeMethod: { } invoke })
                CheckMethod(invoke, found);
            else
            {
                foreach (var member in type.GetMembers())
                    CheckMember(member, found);
            }
        }
        else
        {
            CheckMember(symbol, found);
        }

        return found.ToImmutable();
    }

    /// <summary>The attributes of the assembly: hierarchies and external contracts.</summary>
    public ImmutableArray<ContractProblem> CheckAssembly(bool withUnknownClasses)
    {
        if (!cache.HasAnnotations)
            return [];
        var found = new Found(withUnknownClasses);
        foreach (var word in AttributeReader.Of(cache.Compilation.Assembly))
        {
            if (word.Name == "LockHierarchy")
            {
                found.Add(Unnamed(word));
                AddCycles(word, found);
            }
            else if (word.Name == "ExternalContract")
                found.Add(ExternalContractChecks.Check(cache, word));
        }

        return found.ToImmutable();
    }

    private static ImmutableArray<ContractProblem> Unnamed(Annotation word)
    {
        var sink = new ProblemSink();
        foreach (var line in HierarchyText.Parse(word[0]))
        {
            if (line.LacksName)
            {
                var text = word[0]!.Substring(line.Start, line.Length);
                sink.Add(new BindFailure(ContractDefect.BadExpression, text, "a name is missing beside 'or'", line.Start, line.Length), word, 0);
            }
        }

        return [.. sink.Problems];
    }

    /// <summary>A class for what can be no lock.</summary>
    private void CheckClass(ISymbol member, Found found)
    {
        foreach (var word in cache.WordsOn(member))
        {
            if (word.Name != "LockClass" || MemberLookup.TypeOf(member) is not { } type || cache.Binder.MayBeLock(type))
                continue;
            var sink = new ProblemSink();
            sink.Add(new BindFailure(ContractDefect.NotALock, member.Name, cache.Binder.WhyNoLock(type)!, 0, 0), word);
            found.Add([.. sink.Problems]);
        }
    }

    private void CheckMember(ISymbol member, Found found)
    {
        switch (member)
        {
            case IMethodSymbol method:
                CheckMethod(method, found);
                break;
            case IFieldSymbol { IsImplicitlyDeclared: false } or IPropertySymbol:
                found.Add(cache.ProblemsOfData(member));
                CheckClass(member, found);
                CheckEdges(member, found);
                break;
        }
    }

    private void CheckMethod(IMethodSymbol method, Found found)
    {
        found.Add(cache.ProblemsOf(method));
        var contract = cache.Method(method);
        if (contract == MethodContract.None)
            return;
        if (SymbolEqualityComparer.Default.Equals(contract.DeclaredOn, method)
            && ContractContradictions.Find(contract, Name(method), cache) is { } contradiction)
        {
            found.Add([contradiction]);
        }

        CheckOverride(method, contract, found);
    }

    private void CheckOverride(IMethodSymbol method, MethodContract contract, Found found)
    {
        // A guard's Dispose gives up what the guard took: its interface cannot know, its users do.
        if (contract.DisposesGuard || !AttributeReader.OfMethod(method).Any(MethodContractReader.IsContract))
            return;
        foreach (var declared in cache.BasesOf(method, all: true))
        {
            var other = cache.Method(declared);
            if (new ContractCompatibility(cache).WhyNot(DisposeAside(contract, declared), other) is not { } reason)
                continue;
            var place = (method.AssociatedSymbol ?? method).Locations.FirstOrDefault(static location => location.IsInSource);
            var related = other.Clauses.Select(static clause => clause.Declaration)
                .Concat(declared.Locations.Where(static location => location.IsInSource)).OfType<Location>().Take(1);
            if (place is not null)
            {
                found.Add([
                    new(ContractDefect.Override, place, Name(method), "", [.. related]) { Overridden = Name(declared), Mismatch = reason },
                ]);
            }

            return;
        }
    }

    // To dispose is to give up what one has: IDisposable cannot say it, but everybody knows.
    private static MethodContract DisposeAside(MethodContract contract, IMethodSymbol declared) =>
        declared is { Name: "Dispose" or "DisposeAsync", ContainingType: { Name: "IDisposable" or "IAsyncDisposable", ContainingNamespace: { Name: "System" } } }
            ? contract with { References = contract.References.RemoveAll(static clause => clause is { Kind: Model.RefKind.Releases, Ordinal: RefClause.Receiver }) }
            : contract;

    private static string Name(IMethodSymbol method) =>
        (method.ContainingType is { } type ? type.Name + "." : "") + (method.AssociatedSymbol ?? method).Name;

    private void CheckEdges(ISymbol member, Found found)
    {
        foreach (var word in cache.WordsOn(member))
        {
            if (word.Name is not ("AcquiredBefore" or "AcquiredAfter"))
                continue;
            var sink = new ProblemSink();
            for (var index = 0; index < word.Arguments.Length; index++)
            {
                var bound = cache.Binder.Bind(word[index], BindingScope.OfEdge(member), word.Syntax);
                if (bound.Failure is { } failure)
                {
                    sink.Add(failure, word, index);
                }
                else if (bound.Expression is ClassExpression { Class: { Declaration: null } missing }
                    && cache.Index.Find(missing.Id) is null && !cache.Order.IsTreeName(missing.Id)
                    && NearestName.Find(missing.Id, cache.Index.Names) is { } nearest)
                {
                    // An edge may be what makes a wait known by name alone; only what looks like a slip is one.
                    sink.Add(new(ContractDefect.UnknownClass, missing.Id, "", 1, missing.Id.Length, nearest), word, index);
                }
            }

            found.Add([.. sink.Problems]);
            AddCycles(word, found);
        }
    }

    private void AddCycles(Annotation word, Found found)
    {
        if (word.Syntax is not { } syntax)
            return;
        foreach (var cycle in cache.Order.Cycles)
        {
            if (cycle.Location.SourceTree == syntax.SyntaxTree && syntax.Span.Contains(cycle.Location.SourceSpan))
            {
                found.Add([
                    new(ContractDefect.OrderRing, cycle.Location, "", cycle.Chain, cycle.Related),
                ]);
            }
        }
    }

    /// <summary>Findings without repetition: what is written on a property is read by both of its accessors.</summary>
    private sealed class Found(bool withUnknownClasses)
    {
        private readonly ImmutableArray<ContractProblem>.Builder _problems = ImmutableArray.CreateBuilder<ContractProblem>();
        private readonly HashSet<(ContractDefect, SyntaxTree?, TextSpan)> _places = [];

        public void Add(ImmutableArray<ContractProblem> problems)
        {
            foreach (var problem in problems)
            {
                if ((withUnknownClasses || problem.Defect != ContractDefect.UnknownClass)
                    && _places.Add((problem.Defect, problem.Location.SourceTree, problem.Location.SourceSpan)))
                {
                    _problems.Add(problem);
                }
            }
        }

        public ImmutableArray<ContractProblem> ToImmutable() => _problems.ToImmutable();
    }
}
