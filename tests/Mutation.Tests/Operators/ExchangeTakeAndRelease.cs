using System.Collections.Generic;
using System.Linq;
using MmLock.Mutation.Tests.Model;
using MmLock.Mutation.Tests.Mutants;

namespace MmLock.Mutation.Tests.Operators;

/// <summary>Take and release of one lock change places.</summary>
internal sealed class ExchangeTakeAndRelease : IOperator
{
    public string Name => "exchange take and release";

    public string Breaks => "the release comes first, when nothing is held";

    public IEnumerable<Mutant> Of(Body body)
        => Section.In(body).Select(section => new Mutant(
            Name, body, section.Take.Statement!, $"{section.Release} ... {section.Take}",
            [
                Edit.Replace(section.Take.Statement!, section.Release.Statement!.ToString()),
                Edit.Replace(section.Release.Statement!, section.Take.Statement!.ToString()),
            ]));
}
