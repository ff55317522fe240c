using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using MmLock.Mutation.Tests.Model;

namespace MmLock.Mutation.Tests.Mutants;

/// <summary>The model with one change that breaks a rule.</summary>
/// <param name="Operator">What kind of change.</param>
/// <param name="Body">The body that is changed.</param>
/// <param name="At">Where.</param>
/// <param name="What">The change, for a reader.</param>
/// <param name="Changes">The change, in the text of the tree.</param>
internal sealed record Mutant(string Operator, Body Body, SyntaxNode At, string What, ImmutableArray<TextChange> Changes)
{
    /// <summary>Why the change breaks nothing after all, decided before the analyzer is asked; null if it does.</summary>
    public string? Harmless { get; init; }

    public SyntaxTree Original => At.SyntaxTree;

    public int Line => Original.GetLineSpan(At.Span).StartLinePosition.Line + 1;

    public SyntaxTree Mutated() => Original.WithChangedText(Original.GetText().WithChanges(Changes));

    public override string ToString() => $"{Operator} | {Original.FilePath}:{Line} {Body.Name} | {What}";
}
