using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace MmLock.Analyzers.Tests.Ide;

/// <summary>
/// A model is typed token by token, and after each the document is asked for as an editor does. Findings come when they are
/// true and go when they are not; none comes back; what is broken just now is left alone, and what stands beside it is not
/// touched.
/// </summary>
public sealed class TypingTests
{
    private const string File = "Model.cs";
    private const string Permanent = "MML2003 in Peek";

    // What comes and goes, and after which words.
    private static readonly string[] Expected =
    [
        "Ptl.Lock(); +MML2006 in Account",
        "Ptl.Unlock(); -MML2006 in Account",
        "LruLock.Lock(); +MML2006 in Backwards",
        "Ptl.Lock(); +MML1001 in Backwards",
        "LruLock.Unlock(); -MML2006 in Backwards",
        "LruLock.TryLock(); +MML2006 in TryShrink",
        "LruLock.TryLock(); +MML2010 in TryShrink",
        ";if(taken){ -MML2010 in TryShrink",
        "LruLock.Unlock(); -MML2006 in TryShrink",
        ";}locked=lruvec; +MML2005 in Relock",
        "LruLock.Lock(); -MML2005 in Relock",
        "LruLock.Lock(); +MML2006 in Relock",
        "LruLock.Unlock(); -MML2006 in Relock",
    ];

    // Typed once; every test looks at the same states.
    private static readonly Lazy<Task<ImmutableArray<State>>> States = new(Type);

    [Fact]
    public async Task Typed_FindingsComeAndGoOnce()
    {
        var story = new List<string>();
        var seen = new HashSet<string>();
        var shown = new HashSet<string>();
        foreach (var state in await States.Value)
        {
            if (!state.Compiles)
                continue;
            var now = state.Squiggles.Select(s => s.Identity).Where(identity => identity != Permanent).ToHashSet();
            foreach (var gone in shown.Except(now).Order())
                story.Add($"{state.Tail} -{gone}");
            foreach (var come in now.Except(shown).Order())
            {
                story.Add($"{state.Tail} +{come}");
                Assert.True(seen.Add(come), $"{come} flickers:{Environment.NewLine}{string.Join(Environment.NewLine, story)}");
            }

            shown = now;
        }

        Assert.Equal(Expected, story);
    }

    [Fact]
    public async Task WhileOneTypeIsTyped_TheOthersKeepTheirFindings()
    {
        Assert.All(await States.Value, state => Assert.True(state.Squiggles.Any(s => s.Identity == Permanent), state.Text));
    }

    [Fact]
    public async Task WhatDoesNotCompile_BringsNothingOfItsOwn()
    {
        var states = await States.Value;
        for (var i = 0; i < states.Length; i++)
        {
            if (states[i].Compiles)
                continue;
            var around = states[..i].LastOrDefault(s => s.Compiles)?.Identities ?? [];
            around = around.Union(states[i..].FirstOrDefault(s => s.Compiles)?.Identities ?? []);
            Assert.True(
                states[i].Identities.IsSubsetOf(around),
                $"{states[i].Tail} {string.Join(", ", states[i].Identities.Except(around))}");
        }
    }

    [Fact]
    public async Task Deleted_TheFindingsAreThoseOfTyping()
    {
        var states = await States.Value;
        var editor = new EditorSession((File, states[^1].Text));
        foreach (var state in states.Reverse())
        {
            editor.Change(File, state.Text);
            Assert.Equal(state.Squiggles, await editor.Ask(File));
        }
    }

    [Fact]
    public async Task EachLine_TakenOutAndPutBack_LeavesNothingBehind()
    {
        var text = TypedModel.Standing + TypedModel.Typed;
        var editor = new EditorSession((File, text));
        var before = await editor.Ask(File);
        var lines = SourceText.From(text).Lines;
        foreach (var line in lines.Where(line => line.Start >= TypedModel.Standing.Length && line.ToString().EndsWith("();", StringComparison.Ordinal)))
        {
            editor.Change(File, text.Remove(line.Start, line.SpanIncludingLineBreak.Length));
            var without = await editor.Ask(File);
            Assert.True(
                !editor.Compiles(File)
                    || !without.Select(s => s.Identity).SequenceEqual(before.Select(s => s.Identity)), $"nothing is said without {line}");
            editor.Change(File, text);
            Assert.Equal(before, await editor.Ask(File));
        }
    }

    [Fact]
    public async Task PartOfTheFile_ShowsWhatTheWholeShowsThere()
    {
        var text = TypedModel.Standing + TypedModel.Typed.Replace("lruvec.LruLock.Unlock();", "");
        var editor = new EditorSession((File, text));
        var whole = await editor.Ask(File);
        Assert.Contains(whole, s => s.Id == "MML2006");
        foreach (var finding in whole)
            Assert.Contains(finding, await editor.Ask(File, finding.Span));
    }

    [Fact]
    public async Task ContractChangesInAnotherFile_IsSeen()
    {
        const string Caller = "public static class Caller { public static void Call(Lruvec lruvec) { lruvec.Touch(); } }";
        var model = TypedModel.Standing.Replace("public int Size;", "public int Size; public void Touch() { }");
        var editor = new EditorSession((File, model), ("Caller.cs", Caller));
        Assert.Empty(await editor.Ask("Caller.cs"));
        editor.Change(File, model.Replace("public void Touch()", "[MustHold(\"LruLock\")] public void Touch()"));
        Assert.Equal("MML2001", Assert.Single(await editor.Ask("Caller.cs")).Id);
        editor.Change(File, model);
        Assert.Empty(await editor.Ask("Caller.cs"));
    }

    private static async Task<ImmutableArray<State>> Type()
    {
        var editor = new EditorSession((File, TypedModel.Standing));
        var states = ImmutableArray.CreateBuilder<State>();
        var tokens = new List<string>();
        foreach (var (token, text) in Typing.States(TypedModel.Typed))
        {
            tokens.Add(token);
            editor.Change(File, TypedModel.Standing + text);
            states.Add(new State(Typing.Tail(tokens), editor.Text(File), editor.Compiles(File), await editor.Ask(File)));
        }

        return states.ToImmutable();
    }

    private sealed record State(string Tail, string Text, bool Compiles, ImmutableArray<Squiggle> Squiggles)
    {
        public ImmutableHashSet<string> Identities => [.. Squiggles.Select(s => s.Identity)];
    }
}
