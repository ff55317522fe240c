using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using MmLock.CodeFixes.Trials;

namespace MmLock.CodeFixes.Refactorings;

/// <summary>What all refactorings share: like fixes they offer only what was tried out.</summary>
public abstract class LockRefactoring : CodeRefactoringProvider
{
    private readonly RepairPlan _plan;

    private protected LockRefactoring(RepairPlan plan) => _plan = plan;

    /// <summary>The kinds of change that it may offer.</summary>
    internal IEnumerable<string> Keys => _plan.Keys("");

    /// <inheritdoc/>
    public sealed override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        if (await FindingSite.Find(context.Document, context.Span, context.CancellationToken).ConfigureAwait(false) is not { } site)
            return;
        var trial = new Trial(site);
        var titles = new HashSet<string>();
        foreach (var repair in _plan.Propose(site))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (titles.Contains(repair.Title))
                continue;
            var changed = repair.Apply(site.Text);
            if (!await trial.Passes(repair, changed).ConfigureAwait(false))
                continue;
            titles.Add(repair.Title);
            context.RegisterRefactoring(CodeAction.Create(repair.Title, (CancellationToken _) => Task.FromResult(changed), repair.Key));
        }
    }
}
