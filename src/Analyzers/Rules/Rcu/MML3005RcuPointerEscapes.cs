using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Flow.Events;

namespace MmLock.Analyzers.Rules.Rcu;

/// <summary>
/// What a reader found is used after the reader ended, stored or returned, and no reference was taken. A second reader does not
/// bring it back.
/// </summary>
internal sealed class MML3005RcuPointerEscapes() : FlowRule(typeof(BorrowEvent))
{
    public override void On(FlowEvent happening, Verdicts verdicts)
    {
        if (happening is not BorrowEvent borrowed || borrowed.PeekFollowed)
            return;
        var place = borrowed.Place ?? borrowed.Place();
        if (borrowed.How is not { } how)
        {
            verdicts.Pass(Descriptors.RcuPointerEscapes, place);
            return;
        }
        verdicts.Fail(Descriptors.RcuPointerEscapes, place, how, texts =>
            new Finding(
                Descriptors.RcuPointerEscapes, place, RcuPointers.Name(borrowed.Borrow), RcuPointers.Flavor(borrowed.Borrow.Flavor),
                LockWording.And(texts))
            .At(LocationRole.ReadAt, borrowed.Borrow.Site.Syntax.GetLocation())
            .At(LocationRole.ReleasedAt, borrowed.Borrow.Killed?.Syntax.GetLocation()));
    }
}
