using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Flow.Values;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <summary>A call, or the entry of a body, as lock expressions see it: who is <c>this</c>, which values are the arguments.</summary>
internal sealed class CallSite(IMethodSymbol? method, int parameters)
{
    public IMethodSymbol? Method { get; } = method;

    public Value? Receiver { get; set; }

    public ITypeSymbol? ReceiverType { get; set; }

    /// <summary>The receiver as the user wrote it; empty when implicit.</summary>
    /// <remarks>Spelt when somebody asks: most calls are never named.</remarks>
    public string ReceiverText
    {
        get => _receiverText ??= WrittenReceiver is null or IInstanceReferenceOperation { IsImplicit: true }
            ? ""
            : BodyInterpreter.Short(BodyInterpreter.Written(WrittenReceiver.Syntax));
        set => _receiverText = value;
    }

    private string? _receiverText;

    /// <summary>The operation that yields the receiver.</summary>
    public IOperation? WrittenReceiver { get; set; }

    /// <summary>Argument values by parameter ordinal; null where none was given.</summary>
    public Value?[] Arguments { get; } = parameters == 0 ? [] : new Value?[parameters];

    /// <summary>The places behind <c>ref</c>, <c>out</c> and <c>in</c> arguments.</summary>
    public Value?[] Places { get; } = parameters == 0 ? [] : new Value?[parameters];

    /// <summary>Output arguments that an effect has already assigned.</summary>
    public bool[] OutputsDone { get; } = parameters == 0 ? [] : new bool[parameters];

    public IOperation?[] ArgumentOperations { get; } = parameters == 0 ? [] : new IOperation?[parameters];

    public Value? Result { get; set; }

    /// <summary>What is held while the callee runs, before it takes what its contract says; null where that is what is held after.</summary>
    public HeldSnapshot? Inside { get; set; }

    /// <summary>The body's own entry rather than a call.</summary>
    public bool IsEntry { get; init; }

    /// <summary>The operation at which findings stand.</summary>
    public IOperation? Operation { get; init; }
}
