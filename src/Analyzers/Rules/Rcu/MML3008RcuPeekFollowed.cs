using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules.Rcu;

/// <summary>A peeked value may be compared (<c>rcu_access_pointer</c>), never followed.</summary>
internal sealed class MML3008RcuPeekFollowed() : FlowRule(typeof(BorrowEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not BorrowEvent { Borrow.Peeked: true } borrowed)
            return;
        if (!borrowed.PeekFollowed)
        {
            verdicts.Pass(Descriptors.RcuPeekFollowed, borrowed.Place());
            return;
        }
        verdicts.Fail(Descriptors.RcuPeekFollowed, borrowed.Place(), "", _ =>
            new Finding(
                Descriptors.RcuPeekFollowed, borrowed.Place(), RcuPointers.Name(borrowed.Borrow), RcuPointers.Flavor(borrowed.Borrow.Flavor))
            .At(LocationRole.ReadAt, borrowed.Borrow.Site.Syntax.GetLocation()));
    }
}
