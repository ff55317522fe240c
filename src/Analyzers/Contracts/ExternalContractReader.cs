using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;
using MmLock.Analyzers.Symbols;

namespace MmLock.Analyzers.Contracts;

/// <summary>The external contracts of a compilation: its own, and those of the annotated assemblies it uses.</summary>
internal static class ExternalContractReader
{
    public static ImmutableArray<ExternalRow> Rows(IAssemblySymbol own, AnnotatedAssemblies assemblies)
    {
        if (!assemblies.Any)
            return [];
        var rows = ImmutableArray.CreateBuilder<ExternalRow>();
        if (assemblies.IsSourceAnnotated)
            Add(own, rows);
        foreach (var assembly in assemblies.References)
            Add(assembly, rows);
        return rows.ToImmutable();
    }

    /// <summary>One external contract with the words in it; null parts are what is wrong.</summary>
    public static ExternalRow? Read(Annotation word, List<(int Index, string Message)>? problems = null)
    {
        var words = ImmutableArray.CreateBuilder<Annotation>();
        for (var index = 1; index < word.Arguments.Length; index++)
        {
            if (ContractText.Parse(word[index], out var problem, word.Syntax) is { } parsed)
                words.Add(parsed);
            else
                problems?.Add((index, problem));
        }

        var row = ExternalRow.Create(word[0] ?? "", words.ToImmutable());
        if (row is null)
            problems?.Add((0, $"'{word[0]}' is no documentation-comment id"));
        return row;
    }

    private static void Add(IAssemblySymbol assembly, ImmutableArray<ExternalRow>.Builder rows)
    {
        foreach (var word in AttributeReader.Of(assembly))
        {
            if (word.Name == "ExternalContract" && Read(word) is { } row)
                rows.Add(row);
        }
    }
}
