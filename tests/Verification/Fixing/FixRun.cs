using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace MmLock.Verification;

/// <summary>One verification of a fix: the input, the fix applied one by one, what remains, then the further checks.</summary>
internal sealed class FixRun(LockFixVerifier settings, Scenario input, ExpectedSolution expected)
{
    private readonly FixSession _session = new(settings);

    public static async Task Check(LockFixVerifier settings)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        FixerDeclaration.Check(settings);
        var input = await VerificationRun.CheckScenario(Scenario.Read(settings));
        var expected = ExpectedSolution.After(input, settings.FixedFiles);
        await new FixRun(settings, input, expected).Check();
    }

    private async Task Check()
    {
        var original = FixWorkspace.Open(input);
        var offers = await _session.OffersAsync(original);
        if (expected.IsUnchanged(input))
        {
            if (offers.SelectMany(offer => offer.Actions).FirstOrDefault() is { } offered)
                throw new VerificationException($"no fix is expected, but '{offered.Title}' is offered");
            return;
        }

        CheckTitle(offers);
        var (solution, rounds) = await OneByOne(original, offers.Length);
        await expected.MustBe(original, solution, "Fixed one by one");
        if (settings.Rounds is { } wanted && wanted != rounds)
            throw new VerificationException($"the fix was applied {rounds} times, not {wanted}");
        await MustRemain(expected, "After the fix");

        if (settings.Checks.HasFlag(FixChecks.FixAll))
            await FixAll(original);
        if (settings.Checks.HasFlag(FixChecks.Comments))
            await CommentSurvival.Check(original, offers, solution => OneByOne(solution, offers.Length), _session);
        if (settings.Checks.HasFlag(FixChecks.Cancellation))
            await CheckCancellation(offers.First(offer => _session.Wanted(offer) is not null));
    }

    private async Task<(Solution Solution, int Rounds)> OneByOne(Solution solution, int limit)
    {
        for (var round = 0; ; round++)
        {
            var offers = await _session.OffersAsync(solution);
            if (offers.Select(_session.Wanted).FirstOrDefault(action => action is not null) is not { } action)
                return (solution, round);
            if (round == limit && (settings.Rounds ?? 0) <= round)
                throw new VerificationException($"the fix does not end: applied {round} times, it is still offered: '{action.Title}'");
            var changed = await FixSession.ApplyAsync(action, CancellationToken.None);
            if (!changed.GetChanges(solution).GetProjectChanges().Any())
                throw new VerificationException($"the fix '{action.Title}' changes nothing");
            solution = changed;
        }
    }

    private async Task FixAll(Solution original)
    {
        var batch = settings.BatchFixedFiles is { } files ? ExpectedSolution.After(input, files) : expected;
        var run = new FixAllRun(settings, _session);
        foreach (var scope in FixAllRun.Scopes)
            await batch.MustBe(original, await run.In(scope, original), $"Fixed all in a {scope}");
        if (settings.BatchFixedFiles is not null)
            await MustRemain(batch, "After fixing all");
        if (settings.Checks.HasFlag(FixChecks.DotnetFormat) && settings.Key is null && settings.Index == 0)
            await run.CheckWithoutKey(original, batch);
    }

    private static async Task MustRemain(ExpectedSolution expected, string when)
    {
        var settings = expected.Scenario.Settings;
        var quiet = settings with { Expected = [], Reruns = Reruns.None, Enable = settings.EnabledIds };
        try
        {
            await VerificationRun.CheckScenario(expected.Scenario with { Settings = quiet });
        }
        catch (VerificationException failure)
        {
            throw new VerificationException($"{when}: {failure.Message}", failure);
        }
    }

    private void CheckTitle(ImmutableArray<Offer> offers)
    {
        var actions = offers.Select(_session.Wanted).OfType<Microsoft.CodeAnalysis.CodeActions.CodeAction>().ToArray();
        if (actions.Length == 0)
        {
            var all = offers.SelectMany(offer => offer.Actions).Select(action => $"'{action.Title}' (key {action.EquivalenceKey})").Distinct();
            throw new VerificationException($"the fix is not offered; offered are: {string.Join(", ", all.DefaultIfEmpty("none"))}");
        }

        if (settings.Title is { } title && actions[0].Title != title)
            throw new VerificationException($"the fix is titled '{actions[0].Title}', not '{title}'");
    }

    private async Task CheckCancellation(Offer offer)
    {
        var cancelled = new CancellationToken(canceled: true);
        try
        {
            // Both may also finish, if they are quick; the platform looks at the token after them.
            foreach (var action in await _session.ActionsAsync(offer.Document, offer.Diagnostic, cancelled))
                await FixSession.ApplyAsync(action, cancelled);
        }
        catch (System.OperationCanceledException)
        {
        }
        catch (VerificationException failure)
        {
            throw new VerificationException($"Under a cancelled token {failure.Message}", failure);
        }
    }
}
