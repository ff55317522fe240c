using System.Globalization;
using System.Linq;
using MmLock.Analyzers.Diagnostics;
using MmLock.Analyzers.Inference;

namespace MmLock.Analyzers.Rules.Suggestion;

/// <summary>
/// Nearly every access to a field holds the same lock, and nothing says so. Constructors do not count, and neither does what is
/// handed to <c>Interlocked</c>.
/// </summary>
internal static class MML6001InferredGuard
{
    public static Finding Of(InferredGuard guard)
    {
        var finding = new Finding(
            Descriptors.InferredGuard,
            guard.Field.Locations.First(static place => place.IsInSource),
            LockWording.Member(guard.Field),
            LockWording.Lock(guard.Expression, null),
            guard.Holding.ToString(CultureInfo.InvariantCulture),
            guard.All.ToString(CultureInfo.InvariantCulture));
        foreach (var place in guard.Without)
            finding = finding.At(LocationRole.Inner, place);
        return finding
            .With(DiagnosticProperties.LockExpression, guard.Expression)
            .With(DiagnosticProperties.Target, guard.Field.GetDocumentationCommentId());
    }
}
