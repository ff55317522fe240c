using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Contracts;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Summaries;
using MmLock.Analyzers.Flow.Values;
using MmLock.Analyzers.Model;
using MmLock.Analyzers.Options;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <summary>
/// Gives every operation of a control-flow graph its meaning in one world. Knows calls, reads, writes and branches; of locks
/// it knows only what contracts say. Its parts, one idea a file: operations, places, accesses, calls, effects, outcomes,
/// exits, RCU, references, delegates.
/// </summary>
internal sealed partial class BodyInterpreter
{
    private readonly ContractCache _contracts;
    private readonly LockOptions _options;
    private readonly SummaryBook _summaries;
    private readonly CancellationToken _cancellation;
    private readonly ValueTable _values = new();

    private BodyFrame _frame;
    private World _w = new();
    private World? _spare;
    private bool _dead;
    private IFlowEventSink? _sink;

    private int[] _choices = [];
    private int _choiceAt;
    private List<int[]>? _alternatives;

    public BodyInterpreter(
        ContractCache contracts, LockOptions options, SummaryBook summaries, BodyFrame frame, BodyRecorder recorder,
        CancellationToken cancellation)
    {
        _contracts = contracts;
        _options = options;
        _summaries = summaries;
        _cancellation = cancellation;
        _frame = frame;
        Recorder = recorder;
        ThisValue = _values.This(frame.Owner.ContainingType);
    }

    /// <summary>What this body leaves behind for its callers and for the end of the program.</summary>
    public BodyRecorder Recorder { get; }

    public ValueTable Values => _values;

    public BodyFrame Frame => _frame;

    private Value ThisValue { get; }

    /// <summary>The fixpoint is over: events are raised.</summary>
    private bool Emitting => _sink is not null && !_dead;

    /// <summary>Turns emission on for a walk over final states.</summary>
    public void EmitTo(IFlowEventSink? sink) => _sink = sink;

    /// <summary>
    /// Runs one statement in one world. A statement that can go several ways (a try-acquire does or does not get its lock) is
    /// run again for each: the same statement, with other choices.
    /// </summary>
    /// <param name="mayChange">Nobody looks at <paramref name="start"/> afterwards: it may become the result.</param>
    public void Run(World start, Action statement, Action<World> result, bool mayChange = false)
    {
        var savedChoices = (_choices, _choiceAt, _alternatives);
        Stack<int[]>? pending = null;
        var before = start;
        if (mayChange)
        {
            // Most statements go one way: what it started from is kept in an object that the next statement uses again.
            before = _spare ?? new World();
            _spare = null;
            before.CopyFrom(start);
        }
        int runs = 0;
        _choices = [];
        _w = mayChange ? start : start.Clone();
        while (true)
        {
            _cancellation.ThrowIfCancellationRequested();
            _choiceAt = 0;
            _alternatives = null;
            _dead = false;
            statement();
            var world = _w;
            bool dead = _dead;
            if (_alternatives is not null)
            {
                if (++runs > FlowLimits.Choices)
                {
                    Recorder.Incomplete("alternatives in one statement");
                }
                else
                {
                    for (int i = _alternatives.Count - 1; i >= 0; i--)
                        (pending ??= new()).Push(_alternatives[i]);
                }
            }
            if (!dead)
            {
                _dead = false;
                result(world);
            }
            if (pending is null || pending.Count == 0)
                break;
            _choices = pending.Pop();
            _w = before.Clone();
        }
        if (mayChange)
            _spare = before;
        (_choices, _choiceAt, _alternatives) = savedChoices;
        _dead = false;
    }

    /// <summary>One of <paramref name="count"/> ways; the others are run afterwards.</summary>
    private int Choose(int count)
    {
        if (_choiceAt < _choices.Length)
            return _choices[_choiceAt++];
        _alternatives ??= [];
        for (int i = 1; i < count; i++)
        {
            var other = new int[_choices.Length + 1];
            _choices.CopyTo(other, 0);
            other[_choices.Length] = i;
            _alternatives.Add(other);
        }
        var chosen = new int[_choices.Length + 1];
        _choices.CopyTo(chosen, 0);
        _choices = chosen;
        _choiceAt++;
        return 0;
    }

    /// <summary>This path does not exist.</summary>
    private void Kill() => _dead = true;

    private void Raise(FlowEvent happening)
    {
        if (Emitting)
            _sink!.On(happening);
    }

    private bool IsOwnType(ITypeSymbol? type) =>
        type is not null && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, _frame.Owner.ContainingType?.OriginalDefinition);

    /// <summary>A lambda's body is walked inside this one: its frame is the current one meanwhile.</summary>
    public InlineState EnterInline(BodyFrame frame)
    {
        var state = new InlineState(_frame, _w, _dead, _choices, _choiceAt, _alternatives, _sink, OnThrow, WalkInline);
        _frame = frame;
        return state;
    }

    /// <summary>Back in the outer body, in the middle of the statement that ran the lambda.</summary>
    public void LeaveInline(InlineState state)
    {
        (_frame, _w, _dead, _choices, _choiceAt, _alternatives) =
            (state.Frame, state.World, state.IsDead, state.Choices, state.ChoiceAt, state.Alternatives);
        _sink = state.Sink;
        OnThrow = state.OnThrow;
        WalkInline = state.WalkInline;
    }

    /// <summary>Where a body stood when it began to run another one inside it.</summary>
    internal sealed record InlineState(
        BodyFrame Frame, World World, bool IsDead, int[] Choices, int ChoiceAt, List<int[]>? Alternatives, IFlowEventSink? Sink,
        Action<World, IOperation>? OnThrow, Func<BodyFrame, World, bool, List<World>>? WalkInline);
}
