using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;
using MmLock.Analyzers.Symbols;

namespace MmLock.Analyzers.Contracts;

/// <summary>What is wrong with one <c>[assembly: ExternalContract]</c>?</summary>
internal static class ExternalContractChecks
{
    public static ImmutableArray<ContractProblem> Check(ContractCache cache, Annotation word)
    {
        var problems = new List<(int Index, string Message)>();
        var row = ExternalContractReader.Read(word, problems);
        var sink = new ProblemSink();
        foreach (var (index, message) in problems)
            sink.Add(BindFailure.Bad(word[index] ?? "", message), word, index);
        if (row is null)
            return [.. sink.Problems];

        // Rows for all overloads or for one receiver name no single symbol.
        var id = word[0]!;
        if (id.IndexOf('*') >= 0 || id.IndexOf('|') >= 0)
            return [.. sink.Problems];
        var symbol = DocumentationCommentId.GetFirstSymbolForDeclarationId(id, cache.Compilation);
        if (symbol is null)
        {
            sink.Add(BindFailure.Bad(id, "nothing has this id"), word, 0);
            return [.. sink.Problems];
        }

        for (var index = 1; index < word.Arguments.Length; index++)
        {
            if (ContractText.Parse(word[index], out _, word.Syntax) is { } parsed)
            {
                var inner = new ProblemSink(word.Place(index, 0, word.Arguments[index].Length));
                Read(cache, symbol, parsed, inner);
                sink.Problems.AddRange(inner.Problems);
            }
        }

        return [.. sink.Problems];
    }

    private static void Read(ContractCache cache, ISymbol symbol, Annotation word, ProblemSink sink)
    {
        switch (symbol)
        {
            case IMethodSymbol method:
                new MethodContractReader(cache, method, sink).Read([.. ContractText.On(method, word)]);
                break;
            case IPropertySymbol { GetMethod: { } getter } when MethodContractReader.IsContract(word):
                new MethodContractReader(cache, getter, sink).Read([.. ContractText.On(getter, word)]);
                break;
            case IFieldSymbol or IPropertySymbol or IEventSymbol:
                FieldContractReader.Read(cache, [word], BindingScope.OfMember(symbol), sink);
                break;
            case INamedTypeSymbol type:
                if (word.Name == "LockType" && !(Enum.TryParse<LockKind>(word[0], out var kind) && Enum.IsDefined(typeof(LockKind), kind)))
                    sink.Add(BindFailure.Bad(word[0] ?? "", "this is no kind of lock"), word);
                FieldContractReader.Read(cache, [word], BindingScope.OfType(type), sink);
                break;
        }
    }
}
