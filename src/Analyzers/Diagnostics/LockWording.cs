using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Diagnostics;

/// <summary>How messages name a lock, a mode, a context, a chain: said in one place, so that it is said one way.</summary>
internal static class LockWording
{
    private const string Arrow = " → ";

    /// <summary><c>'lruvec.LruLock' (class 'lru_lock')</c>; without the class where none is known or it says the same.</summary>
    public static string Lock(string text, LockClass? lockClass) =>
        lockClass is null || text == "@" + lockClass.Display || text == lockClass.Display
            ? Quote(text)
            : $"{Quote(text)} (class {Quote(lockClass.Display)})";

    /// <summary>A section: <c>'@rcu' (an RCU reader)</c>.</summary>
    public static string Section(ContextKind context) => $"{Quote(context.Spell())} ({Name(context)})";

    /// <summary>The section as a thing one is in: "an RCU reader", "interrupts off".</summary>
    public static string Name(ContextKind context) => context switch
    {
        ContextKind.Rcu => "an RCU reader",
        ContextKind.RcuBh => "an RCU-bh reader",
        ContextKind.RcuSched => "an RCU-sched reader",
        ContextKind.Preempt => "preemption off",
        ContextKind.Bh => "bottom halves off",
        _ => "interrupts off",
    };

    /// <summary>The section as a state of affairs: "this is inside an RCU reader", "interrupts are off".</summary>
    public static string State(ContextKind context) => context switch
    {
        ContextKind.Preempt => "preemption is off",
        ContextKind.Bh => "bottom halves are off",
        ContextKind.Irq => "interrupts are off",
        _ => "this is inside " + Name(context),
    };

    /// <summary>The context of <c>[RunsIn]</c> as a state of affairs.</summary>
    public static string State(RunContext context) => context switch
    {
        RunContext.Process => "this runs in process context",
        RunContext.Softirq => "this runs in soft interrupt context",
        RunContext.Hardirq => "this runs in hard interrupt context",
        _ => "this may run in any context",
    };

    /// <summary>Which interrupts: "interrupts" or "soft interrupts".</summary>
    public static string Interrupts(IrqContext context) => context == IrqContext.Softirq ? "soft interrupts" : "interrupts";

    /// <summary>The mode as an adverb: <c>held exclusively</c>.</summary>
    public static string Adverb(LockMode mode) => mode switch
    {
        LockMode.Shared => "shared",
        LockMode.Upgradeable => "upgradeably",
        _ => "exclusively",
    };

    /// <summary>The mode as an adjective: <c>a shared release</c>.</summary>
    public static string Adjective(LockMode mode) => mode switch
    {
        LockMode.Shared => "shared",
        LockMode.Upgradeable => "upgradeable",
        _ => "exclusive",
    };

    /// <summary>A lock and the mode it is to be held in: <c>'x' (class 'c') held at least shared</c>.</summary>
    public static string Required(string lockPhrase, LockMode mode) =>
        mode == LockMode.Exclusive ? lockPhrase + " held exclusively" : lockPhrase + " held at least " + Adverb(mode);

    /// <summary>What forbids something: <c>'x' (class 'c') is held</c>.</summary>
    public static string IsHeld(string lockPhrase) => lockPhrase + " is held";

    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string And(IReadOnlyList<string> items) => List(items, "and");

    /// <summary>"a", "a or b", "a, b or c".</summary>
    public static string Or(IReadOnlyList<string> items) => List(items, "or");

    /// <summary>A declared order or a ring, outermost first: <c>'a' → 'b' → 'c'</c>.</summary>
    public static string Order(IEnumerable<string> classes) => string.Join(Arrow, classes.Select(Quote));

    /// <summary>A declared order or a ring, outermost first.</summary>
    public static string Order(IEnumerable<LockClass> classes) => Order(classes.Select(c => c.Display));

    /// <summary>The chain of callees below the call that is reported: " through 'A' → 'B'", or nothing.</summary>
    public static string Through(IReadOnlyList<string> methods) => methods.Count == 0 ? "" : " through " + Order(methods);

    /// <summary>The chain of callees below the call that is reported.</summary>
    public static string Through(IReadOnlyList<IMethodSymbol> methods) => Through(methods.Select(Member).ToArray());

    /// <summary>What every uncertain message ends with, and a certain one does not.</summary>
    public static string Suffix(bool onSomePaths) => onSomePaths ? " on some paths" : "";

    /// <summary>" (did you mean 'x'?)", or nothing.</summary>
    public static string DidYouMean(string? nearest) => nearest is null ? "" : $" (did you mean {Quote(nearest)}?)";

    /// <summary>
    /// A member without quotes: <c>Lruvec.Move</c>; local functions by their name, constructors and accessors as C# readers
    /// know them.
    /// </summary>
    public static string Member(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } => "lambda expression",
        IMethodSymbol { MethodKind: MethodKind.LocalFunction } => symbol.Name,
        IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: { } type } => "new " + Type(type),
        IMethodSymbol { MethodKind: MethodKind.StaticConstructor, ContainingType: { } type } => "static " + Type(type),
        IMethodSymbol { MethodKind: MethodKind.Destructor, ContainingType: { } type } => "~" + Type(type),
        IMethodSymbol { AssociatedSymbol: { } owner } method => Member(owner) + "." + Accessor(method.MethodKind),
        IMethodSymbol { MethodKind: MethodKind.DelegateInvoke, ContainingType: { } type } => Type(type),
        IPropertySymbol { IsIndexer: true, ContainingType: { } type } => Type(type) + "[]",
        INamedTypeSymbol type => Type(type),
        IMethodSymbol { MethodKind: MethodKind.ExplicitInterfaceImplementation } =>
            Qualified(symbol, symbol.Name.Substring(symbol.Name.LastIndexOf('.') + 1)),
        _ => Qualified(symbol, symbol.Name),
    };

    /// <summary>Why a contract does not stand in for another: <c>demands 'x' (class 'c') shared</c>.</summary>
    public static string Mismatch(ContractMismatch mismatch)
    {
        if (mismatch.Lock is not { } text)
            return mismatch.Verb + mismatch.Rest;
        var named = Lock(text, mismatch.Class) + (mismatch.IsShared ? " shared" : "") + mismatch.Rest;
        return mismatch.Verb.Length == 0 ? named : mismatch.Verb + " " + named;
    }

    /// <summary>Puts a name between the quotes of all messages.</summary>
    public static string Quote(string name) => $"'{name}'";

    private static string Qualified(ISymbol symbol, string name) =>
        symbol.ContainingType is { IsImplicitClass: false, Name.Length: > 0 } type ? Type(type) + "." + name : name;

    private static string Type(INamedTypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private static string Accessor(MethodKind kind) => kind switch
    {
        MethodKind.PropertyGet => "get",
        MethodKind.PropertySet => "set",
        MethodKind.EventAdd => "add",
        MethodKind.EventRemove => "remove",
        _ => "raise",
    };

    private static string List(IReadOnlyList<string> items, string word) => items.Count switch
    {
        0 => "",
        1 => items[0],
        2 => $"{items[0]} {word} {items[1]}",
        _ => $"{string.Join(", ", items.Take(items.Count - 1))} {word} {items[items.Count - 1]}",
    };
}
