using System.Collections.Generic;
using System.Linq;
using MmLock.Mutation.Tests.Model;
using MmLock.Mutation.Tests.Mutants;

namespace MmLock.Mutation.Tests.Operators;

/// <summary>Two locks of one body are taken in the other order.</summary>
internal sealed class SwapNestedTakes : IOperator
{
    public string Name => "swap nested takes";

    public string Breaks => "the hierarchy says that one is taken inside the other";

    public IEnumerable<Mutant> Of(Body body)
    {
        foreach (var outer in Section.In(body))
        {
            foreach (var inner in Section.In(body).Where(s => outer.Inner.Contains(s.Take.Statement!)))
            {
                if (outer.Facts is { IsOrdered: true } a && inner.Facts is { IsOrdered: true } b && body.Order.IsInside(b.Class, a.Class))
                {
                    yield return new Mutant(Name, body, outer.Take.Statement!, $"{inner.Take} before {outer.Take}",
                    [
                        Edit.Replace(outer.Take.Statement!, inner.Take.Statement!.ToString()),
                        Edit.Replace(inner.Take.Statement!, outer.Take.Statement!.ToString()),
                    ]);
                }
            }
        }
    }
}
