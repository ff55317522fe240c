using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.CodeFixes;

/// <summary>One way to repair a finding: changes of text, so that everything around them stays as it is.</summary>
/// <param name="Title">What the user reads.</param>
/// <param name="Key">The equivalence key, one of <see cref="FixKeys"/>.</param>
/// <param name="Document">The document that changes.</param>
/// <param name="Changes">The changes of its text.</param>
internal sealed record Repair(string Title, string Key, Document Document, ImmutableArray<TextChange> Changes)
{
    /// <summary>The duty goes to the callers: findings of the same rule may appear there.</summary>
    public bool PassesOn { get; init; }

    /// <summary>The text that changes, where it is not that of the finding.</summary>
    public SourceText? Text { get; init; }

    /// <summary>Rules that may speak afterwards, because only now they know.</summary>
    public ImmutableHashSet<string> Uncovers { get; init; } = [];

    /// <summary>The solution with the repair in it.</summary>
    public Solution Apply(SourceText text) =>
        Document.Project.Solution.WithDocumentText(Document.Id, (Text ?? text).WithChanges(Changes));
}
