using System.Collections.Generic;
using System.Linq;
using MmLock.Mutation.Tests.Model;
using MmLock.Mutation.Tests.Mutants;

namespace MmLock.Mutation.Tests.Operators;

/// <summary>A whole section is left out, take and release: nothing is out of balance, but what stood in it is bare.</summary>
internal sealed class DropSection : IOperator
{
    public string Name => "drop a section";

    public string Breaks => "something in it reads or writes what the lock guards, or calls what demands it";

    public IEnumerable<Mutant> Of(Body body)
        => Section.In(body)
            .Where(section => section.IsWhole && section.Inner.Any(section.Need.Has) && !body.HeldThroughout.Contains(section.Effect.Path))
            .Select(section => new Mutant(
                Name, body, section.Take.Statement!, $"without {section.Take} ... {section.Release}",
                [Edit.Remove(section.Take.Statement!), Edit.Remove(section.Release.Statement!)])
            {
                Harmless = Harmless.Fresh(section),
            });
}
