using System.Collections.Generic;
using System.Linq;
using MmLock.Mutation.Tests.Model;
using MmLock.Mutation.Tests.Mutants;

namespace MmLock.Mutation.Tests.Operators;

/// <summary>A statement crosses the edge of the section that it needs.</summary>
internal sealed class MoveOut(bool before) : IOperator
{
    public string Name => before ? "move before the take" : "move after the release";

    public string Breaks => "the statement reads or writes what the lock guards, or calls what demands it";

    public IEnumerable<Mutant> Of(Body body)
    {
        foreach (var section in Section.In(body).Where(section => section.Inner.Length > 0))
        {
            var moved = before ? section.Inner[0] : section.Inner[^1];
            var edge = before ? section.Take.Statement! : section.Release.Statement!;
            if (section.Need.Has(moved) && !body.HeldThroughout.Contains(section.Effect.Path))
                yield return new Mutant(Name, body, moved, $"{moved.ToString().Split('\n')[0].Trim()} {(before ? "before" : "after")} {edge}",
                    [Edit.Replace(moved, edge.ToString()), Edit.Replace(edge, moved.ToString())]);
        }
    }
}
