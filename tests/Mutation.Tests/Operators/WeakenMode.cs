using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.Mutation.Tests.Model;
using MmLock.Mutation.Tests.Mutants;

namespace MmLock.Mutation.Tests.Operators;

/// <summary>A lock is taken in a weaker form: among readers, or with interrupts left alone.</summary>
internal sealed class WeakenMode(bool whole) : IOperator
{
    private static readonly (string Strong, string Weak)[] Forms =
    [
        ("DownWrite", "DownRead"), ("UpWrite", "UpRead"),
        ("LockIrqSave", "Lock"), ("UnlockIrqRestore", "Unlock"), ("LockIrq", "Lock"), ("UnlockIrq", "Unlock"),
        ("LockPageLruvecIrqsave", "LockPageLruvec"), ("UnlockPageLruvecIrqrestore", "UnlockPageLruvec"),
        ("LockPageLruvecIrq", "LockPageLruvec"), ("UnlockPageLruvecIrq", "UnlockPageLruvec"),
        ("RelockPageLruvecIrq", "RelockPageLruvec"),
    ];

    public string Name => whole ? "weaken a section" : "weaken a call";

    public string Breaks => whole
        ? "a write needs the lock exclusively, or interrupts take the class while it is held with interrupts on"
        : "the other half of the section is not weakened with it";

    public IEnumerable<Mutant> Of(Body body)
    {
        if (!whole)
        {
            foreach (var site in body.Sites)
            {
                if (Weaker(site) is { } text)
                    yield return new Mutant(Name, body, site.Call, $"{text} for {site}", Change(site, text));
            }
            yield break;
        }

        foreach (var section in Section.In(body).Where(section => section.IsWhole && Matters(section)))
        {
            if (Weaker(section.Take) is { } take && Weaker(section.Release) is { } release)
                yield return new Mutant(Name, body, section.Take.Call, $"{take} ... {release}",
                    [.. Change(section.Take, take), .. Change(section.Release, release)])
                {
                    Harmless = Harmless.Fresh(section),
                };
        }
    }

    private static bool Matters(Section section)
    {
        if (section.Take.Method.Name == "DownWrite")
            return section.Inner.Any(section.Need.HasExclusive);
        // Off already, by the contract or by another call: then the plain form is right.
        bool off = section.Body.HeldThroughout.Contains("@irq") || section.Body.Contract.RunsInInterrupts
            || section.Body.Sites.Any(site => site != section.Take && site.Does(EffectKind.Takes)
                && site.Effects.Any(e => e.Effect.Path == "@irq") && site.Call.SpanStart < section.Take.Call.SpanStart);
        return section.Facts is { TakenInInterrupts: true } && !off;
    }

    private static ImmutableArray<TextChange> Change(Site site, string text)
        => site.Call.FirstAncestorOrSelf<StatementSyntax>() is { Parent: BlockSyntax } statement && Edit.Defaults(site.Call) is { Length: > 0 } defaults
            ? [new(new(statement.SpanStart, 0), defaults), Edit.Replace(site.Call, text)]
            : [Edit.Replace(site.Call, text)];

    private static string? Weaker(Site site)
    {
        var weak = Forms.FirstOrDefault(form => form.Strong == site.Method.Name).Weak;
        if (weak is null)
            return null;
        var callee = site.Call.Expression is MemberAccessExpressionSyntax access ? $"{access.Expression}.{weak}" : weak;
        var arguments = site.Call.ArgumentList.Arguments.Where(a => !a.ToString().EndsWith("flags", StringComparison.Ordinal));
        return $"{callee}({string.Join(", ", arguments)})";
    }
}
