using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using MmLock.CodeFixes.FixAll;
using MmLock.CodeFixes.Trials;

namespace MmLock.CodeFixes;

/// <summary>
/// What all fixes share: each is a list of plans for some rules, and offers only what was tried out on the document before
/// (<see cref="Trial"/>): it compiles, the finding is gone and no other came in its place.
/// </summary>
public abstract class LockCodeFix : CodeFixProvider
{
    private readonly ImmutableArray<RepairPlan> _plans;

    private protected LockCodeFix(ImmutableArray<string> ids, params RepairPlan[] plans)
    {
        FixableDiagnosticIds = ids;
        _plans = [.. plans];
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <summary>The kinds of change that it may offer for findings of a rule, best first.</summary>
    internal IEnumerable<string> Keys(string id) => _plans.SelectMany(plan => plan.Keys(id)).Distinct();

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => SequentialFixAll.Instance;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var action in await ActionsAsync(context.Document, diagnostic, null, context.CancellationToken).ConfigureAwait(false))
                context.RegisterCodeFix(action, diagnostic);
        }
    }

    /// <summary>What can be done about a finding, best first.</summary>
    /// <param name="key">Only the action of this key; null for one of each.</param>
    internal async Task<IReadOnlyList<CodeAction>> ActionsAsync(
        Document document, Diagnostic diagnostic, string? key, CancellationToken cancellation)
    {
        var actions = new List<CodeAction>();
        if (await FindingSite.Find(document, diagnostic, cancellation).ConfigureAwait(false) is not { } site)
            return actions;
        var keys = new HashSet<string>();
        var trial = new Trial(site);
        foreach (var plan in _plans)
        {
            foreach (var repair in plan.Propose(site))
            {
                cancellation.ThrowIfCancellationRequested();
                // What is not said of the rule is not offered for it.
                if (keys.Contains(repair.Key) || !plan.Keys(diagnostic.Id).Contains(repair.Key) || (key is not null && key != repair.Key))
                    continue;
                var changed = repair.Apply(site.Text);
                if (!await trial.Passes(repair, changed).ConfigureAwait(false))
                    continue;
                keys.Add(repair.Key);
                actions.Add(CodeAction.Create(repair.Title, _ => Task.FromResult(changed), repair.Key));
            }
        }

        return actions;
    }
}
