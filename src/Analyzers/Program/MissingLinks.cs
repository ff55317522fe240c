using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Flow.Summaries;

namespace MmLock.Analyzers.Program;

/// <summary>
/// Which bodies without a record stand between a caller who holds something and a callee that takes or sleeps? Bodies that
/// speak of no lock are not walked, yet <c>A() { B(); }</c> may be a link of a chain.
/// </summary>
/// <remarks>
/// Only calls that matter are followed: from where something is held, or from an interrupt. Before a body is asked for, its
/// text must name a member that leads somewhere, itself or by one more such body.
/// </remarks>
internal sealed class MissingLinks(
    BodyIndex bodies, ContractCache contracts, Func<IMethodSymbol, BodyRecord?> analyse, CancellationToken cancellation)
{
    /// <summary>Bodies whose text is read ahead of the one asked for, one after the other.</summary>
    private const int LookAhead = 2;

    /// <summary>Texts that are read in all: a guess must not cost more than the analysis.</summary>
    private const int MostTexts = 20_000;

    private readonly HashSet<string> _leading = new(StringComparer.Ordinal);
    private readonly Dictionary<(IMethodSymbol, int), bool> _answers = [];
    private Dictionary<string, List<IMethodSymbol>>? _methods;
    private int _texts;

    /// <summary>Asks for the missing bodies and adds what they leave behind.</summary>
    public void Fill()
    {
        NameWhatLeads();
        if (_leading.Count == 0)
            return;
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        var open = new Queue<IMethodSymbol>();
        for (int i = 0; i < bodies.Records.Count; i++)
        {
            var body = bodies.Records[i];
            bool matters = body.NeverSleeps || IrqUsage.RunsInside(body, Model.IrqContext.Softirq);
            foreach (var call in body.Calls)
            {
                if (matters || !call.Before.Held.IsEmpty || call.Before.Atomic is not null)
                    Follow(call);
            }
        }
        while (open.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var callee = open.Dequeue();
            var body = bodies.Find(callee);
            if (body is null && MayLead(callee, LookAhead) && analyse(callee) is { } found)
            {
                bodies.Add(found);
                body = found;
            }
            if (body is null)
                continue;
            foreach (var call in body.Calls)
                Follow(call);
        }

        void Follow(CallRecord call)
        {
            if (!(call.HidesAcquires && call.HidesSleep) && BodyIndex.Definition(call.Callee) is var callee && seen.Add(callee))
                open.Enqueue(callee);
        }
    }

    /// <summary>The names of members that take or may sleep, or that call such members.</summary>
    private void NameWhatLeads()
    {
        var callers = new Dictionary<int, List<int>>();
        var open = new Queue<int>();
        var leads = new bool[bodies.Records.Count];
        for (int i = 0; i < leads.Length; i++)
        {
            var body = bodies.Records[i];
            foreach (var call in body.Calls)
            {
                if (bodies.NumberOf(call.Callee) is not (var callee and >= 0))
                    continue;
                if (!callers.TryGetValue(callee, out var list))
                    callers.Add(callee, list = []);
                list.Add(i);
            }
            if (!body.Acquires.IsEmpty || !body.Sleeps.IsEmpty)
            {
                leads[i] = true;
                open.Enqueue(i);
            }
        }
        while (open.Count > 0)
        {
            int number = open.Dequeue();
            if (bodies.Records[number].Method is { } method)
                _leading.Add(NameOf(method));
            if (!callers.TryGetValue(number, out var list))
                continue;
            foreach (int caller in list)
            {
                if (!leads[caller])
                {
                    leads[caller] = true;
                    open.Enqueue(caller);
                }
            }
        }
    }

    private bool MayLead(IMethodSymbol method, int ahead)
    {
        if (method.DeclaringSyntaxReferences.IsEmpty || !contracts.IsAnalysed(method))
            return false;
        if (_answers.TryGetValue((method, ahead), out bool known))
            return known;
        _answers[(method, ahead)] = false;
        bool answer = NamesWhatLeads(method, ahead);
        _answers[(method, ahead)] = answer;
        return answer;
    }

    private bool NamesWhatLeads(IMethodSymbol method, int ahead)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            if (++_texts > MostTexts)
                return false;
            foreach (var token in reference.GetSyntax(cancellation).DescendantTokens())
            {
                if (!token.IsKind(SyntaxKind.IdentifierToken) || !names.Add(token.ValueText))
                    continue;
                if (_leading.Contains(token.ValueText))
                    return true;
            }
        }
        if (ahead == 0)
            return false;
        _methods ??= MethodsByName();
        foreach (string name in names)
        {
            if (!_methods.TryGetValue(name, out var candidates))
                continue;
            foreach (var candidate in candidates)
            {
                if (bodies.NumberOf(candidate) < 0 && MayLead(candidate, ahead - 1))
                    return true;
            }
        }
        return false;
    }

    private Dictionary<string, List<IMethodSymbol>> MethodsByName()
    {
        var byName = new Dictionary<string, List<IMethodSymbol>>(StringComparer.Ordinal);
        var open = new Stack<INamespaceOrTypeSymbol>();
        open.Push(contracts.Compilation.Assembly.GlobalNamespace);
        while (open.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var member in open.Pop().GetMembers())
            {
                if (member is INamespaceOrTypeSymbol inner)
                    open.Push(inner);
                else if (member is IMethodSymbol { IsAbstract: false, DeclaringSyntaxReferences.IsEmpty: false } method)
                    Add(method);
            }
        }
        return byName;

        void Add(IMethodSymbol method)
        {
            string name = NameOf(method);
            if (!byName.TryGetValue(name, out var list))
                byName.Add(name, list = []);
            list.Add(method);
        }
    }

    /// <summary>The word by which source calls it.</summary>
    private static string NameOf(IMethodSymbol method) => method switch
    {
        { MethodKind: MethodKind.Constructor } => method.ContainingType.Name,
        { AssociatedSymbol: { } member } => Last(member.Name),
        _ => Last(method.Name),
    };

    private static string Last(string name) => name.Substring(name.LastIndexOf('.') + 1);
}
