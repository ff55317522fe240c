using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Diagnostics;

namespace MmLock.CodeFixes.Trials;

/// <summary>
/// Does a repair keep what is promised of every fix? It leaves code that compiles, its finding is gone, and no finding of
/// ours came instead. Nothing but a run of the analyzers knows: a lock taken may be taken in the wrong order.
/// </summary>
internal sealed class Trial(FindingSite site)
{
    // Suggestions tell what one might do, and confessions of the engine are no fault of the repair.
    private static readonly ImmutableHashSet<string> Uncounted = ["MML6001", "MML6002", "MML9006"];

    /// <summary>What may appear at callers when a duty is passed on to them.</summary>
    private static readonly ImmutableHashSet<string> OfCallers = [RuleIds.RequiredLockNotHeld, RuleIds.HeldAtExit, RuleIds.ReleaseNotHeld];

    private Findings? _before;
    private bool _asksBuild;

    public async Task<bool> Passes(Repair repair, Solution changed)
    {
        if (_before is null)
        {
            _before = await Findings.Of(site.Document, site.Cancellation).ConfigureAwait(false);
            _asksBuild = site.HasFinding && !Uncounted.Contains(site.Diagnostic.Id) && _before?.Ours.Any(known => IsSame(known, site.Diagnostic)) == false;
            if (_asksBuild)
                _before = await Findings.OfBuild(site.Document, site.Cancellation).ConfigureAwait(false);
        }

        if (repair.Document.Id != site.Document.Id && !_asksBuild)
            return await new Trial(site) { _asksBuild = true, _before = await Findings.OfBuild(site.Document, site.Cancellation).ConfigureAwait(false) }
                .Passes(repair, changed).ConfigureAwait(false);
        var document = changed.GetDocument(site.Document.Id);
        if (_before is null || document is null || await Ask(document).ConfigureAwait(false) is not { } after)
            return false;
        if (IsMore(_before.Errors, after.Errors, except: []))
            return false;
        if (!site.HasFinding)
            return !IsMore(_before.Ours, after.Ours, repair.Uncovers);
        return !IsMore(_before.Ours, after.Ours, repair.PassesOn ? OfCallers.Add(site.Diagnostic.Id) : repair.Uncovers) && IsGone(repair, after);
    }

    /// <summary>What only a build says is asked of a build: for these findings a trial is dear, and there are few of them.</summary>
    private Task<Findings?> Ask(Document document) =>
        _asksBuild ? Findings.OfBuild(document, site.Cancellation) : Findings.Of(document, site.Cancellation);

    private bool IsGone(Repair repair, Findings after)
    {
        var finding = site.Diagnostic;
        if (Uncounted.Contains(finding.Id) || !_before!.Ours.Any(known => IsSame(known, finding)))
            return true;
        var place = repair.Document.Id == site.Document.Id
            ? Positions.After(repair.Changes, finding.Location.SourceSpan.Start)
            : finding.Location.SourceSpan.Start;
        var before = _before.Ours.Count(known => known.Id == finding.Id && known.Location.SourceSpan.Start == finding.Location.SourceSpan.Start && IsInOneFile(known, finding));
        var left = after.Ours.Where(found => found.Id == finding.Id && found.Location.SourceSpan.Start == place && IsInOneFile(found, finding)).ToList();
        // One of several locks may be left to the next repair: there are fewer findings at the place, or one says less.
        var message = finding.GetMessage();
        if (left.Any(found => found.GetMessage() == message) || (left.Count >= before && left.All(found => found.GetMessage().Length >= message.Length)))
            return false;
        return repair.PassesOn || left.Count > 0
            || after.Ours.Count(found => found.Id == finding.Id) < _before.Ours.Count(known => known.Id == finding.Id);
    }

    private static bool IsSame(Diagnostic one, Diagnostic other) =>
        one.Id == other.Id && one.Location.SourceSpan == other.Location.SourceSpan && IsInOneFile(one, other);

    private static bool IsInOneFile(Diagnostic one, Diagnostic other) => one.Location.SourceTree?.FilePath == other.Location.SourceTree?.FilePath;

    private static bool IsMore(IEnumerable<Diagnostic> before, IEnumerable<Diagnostic> after, ImmutableHashSet<string> except)
    {
        var known = before.GroupBy(static d => d.Id).ToDictionary(static group => group.Key, static group => group.Count());
        return after.GroupBy(static d => d.Id).Any(
            group => !except.Contains(group.Key) && !Uncounted.Contains(group.Key)
                && (!known.TryGetValue(group.Key, out var count) || group.Count() > count));
    }
}
