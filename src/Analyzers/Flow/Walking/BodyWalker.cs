using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.Interpretation;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;

namespace MmLock.Analyzers.Flow.Walking;

/// <summary>
/// Walks a graph to its fixpoint in silence, then once over the final states to raise events. Worlds with equal holdings are
/// joined at the entry of a block; finally regions are walked once for each branch that runs them; handlers start from what
/// the calls inside their <c>try</c> may leave behind.
/// </summary>
internal sealed class BodyWalker
{
    private readonly BodyInterpreter _interpreter;
    private readonly BodyFrame _frame;
    private readonly ControlFlowGraph _graph;
    private readonly IFlowEventSink? _sink;
    private readonly CancellationToken _cancellation;
    private readonly LoopFacts _loops;
    private readonly Func<BodyFrame, World, bool, List<World>> _walkInline;

    // What runs a statement is made once, not once a statement: nothing is run more often. A block is done with these before the
    // blocks behind it, and finally regions, are run.
    private readonly Action _evaluate;
    private readonly Action _evaluateBranch;
    private readonly Action<World> _keep;
    private readonly Action<World> _keepConditioned;
    private readonly Action<World, IOperation> _noteThrown;
    private List<World> _worlds = [];
    private List<World> _next = [];
    private readonly List<Value> _conditions = [];
    private readonly List<(World World, IOperation Site)> _thrown = [];
    private readonly Stack<List<(ControlFlowBranch? Branch, World World, Value? Value)>> _unused = [];
    private IOperation? _current;
    private bool _returns;
    private Value? _condition;

    private int _visits;

    public BodyWalker(
        BodyInterpreter interpreter, BodyFrame frame, IFlowEventSink? sink, CancellationToken cancellation,
        Func<BodyFrame, World, IFlowEventSink?, List<World>> inline)
    {
        _interpreter = interpreter;
        _frame = frame;
        _graph = frame.Graph;
        _sink = sink;
        _cancellation = cancellation;
        _loops = new LoopFacts(_graph);
        _walkInline = (inner, at, emit) => inline(inner, at, emit ? _sink : null);
        _evaluate = EvaluateCurrent;
        _evaluateBranch = EvaluateBranch;
        _keep = world => _next.Add(world);
        _keepConditioned = world =>
        {
            _next.Add(world);
            _conditions.Add(_condition!);
        };
        // Where an exception goes is followed when the block is done: the interpreter is in the middle of a statement now.
        _noteThrown = (world, site) => _thrown.Add((world.Clone(), site));
    }

    /// <summary>Worlds in which an exception leaves the body.</summary>
    public List<(World World, IOperation Site)> Escaping { get; } = [];

    /// <summary>Walks the whole body. Returns the worlds at its normal exits (the returned value among their places).</summary>
    public List<World> Walk(IReadOnlyList<World> entry)
    {
        var exits = new List<World>();
        if (_graph.Blocks.Length > FlowLimits.Blocks)
        {
            _interpreter.Recorder.Incomplete("blocks");
            return exits;
        }
        var all = new RegionStates(0, _graph.Blocks.Length - 1, _loops.TestedAgain);
        foreach (var world in entry)
            Flow(all, _graph.Blocks[0], world, null);
        Settle(all);
        Emit(all);
        var exit = _graph.Blocks[_graph.Blocks.Length - 1];
        exits.AddRange(all.At(exit.Ordinal));
        Escaping.AddRange(all.Escaping);
        return exits;
    }

    /// <summary>The states of the blocks between two ordinals, and of the exceptions that leave its try regions.</summary>
    private sealed class RegionStates(int first, int last, HashSet<ISymbol> testedAgain)
    {
        private readonly PointStates?[] _states = new PointStates?[last - first + 1];
        private readonly Queue<World>?[] _work = new Queue<World>?[last - first + 1];
        private readonly int[] _visits = new int[last - first + 1];
        private int _lowest = last + 1;

        public int First { get; } = first;

        public int Last { get; } = last;

        /// <summary>Where an inner finally region ends: the worlds that come out of it.</summary>
        public List<World> Ends { get; } = [];

        /// <summary>Worlds in which an exception leaves this region.</summary>
        public List<(World World, IOperation Site)> Escaping { get; } = [];

        public Dictionary<ControlFlowRegion, List<(World World, IOperation Site)>> Thrown { get; } = [];

        public IEnumerable<World> At(int block) => _states[block - First] is { } point ? point.All() : [];

        public PointStates StatesOf(int block) => _states[block - First] ??= new PointStates(testedAgain);

        public int Visit(int block) => ++_visits[block - First];

        /// <summary>A world is to be walked through a block.</summary>
        public void Enqueue(int block, World world)
        {
            (_work[block - First] ??= new Queue<World>()).Enqueue(world);
            if (block < _lowest)
                _lowest = block;
        }

        /// <summary>The next world to be walked: of the first block that has any, the one that has waited longest.</summary>
        public World? Next(out int block)
        {
            for (; _lowest <= Last; _lowest++)
            {
                if (_work[_lowest - First] is { Count: > 0 } waiting)
                {
                    block = _lowest;
                    return waiting.Dequeue();
                }
            }
            block = -1;
            return null;
        }
    }

    /// <summary>A world reaches a block: joined with the one that holds the same, and put to work if that is news.</summary>
    private void Flow(RegionStates region, BasicBlock target, World world, BasicBlock? source)
    {
        if (source is not null && target.Ordinal <= source.Ordinal)
        {
            world = _loops.RenameForHead(world, target, source, _interpreter.Values);
            region.StatesOf(target.Ordinal).StopCounting(world);
        }
        switch (region.StatesOf(target.Ordinal).Add(world, _interpreter.Values, target.Ordinal, out var changed))
        {
            case PointStates.Outcome.Full:
                _interpreter.Recorder.Incomplete("possibilities at one point");
                break;
            case PointStates.Outcome.News:
                region.Enqueue(target.Ordinal, changed);
                break;
        }
    }

    private void Settle(RegionStates region)
    {
        while (region.Next(out int block) is { } world)
        {
            _cancellation.ThrowIfCancellationRequested();
            // Joined away since it was put to work: its successor is waiting.
            if (!region.StatesOf(block).Contains(world))
                continue;
            if (region.Visit(block) > FlowLimits.VisitsPerBlock || ++_visits > FlowLimits.VisitsPerBody)
            {
                _interpreter.Recorder.Incomplete("rounds");
                return;
            }
            RunBlock(region, _graph.Blocks[block], world, emitting: false);
        }
    }

    private void Emit(RegionStates region)
    {
        if (_sink is null)
            return;
        for (int ordinal = region.First; ordinal <= region.Last; ordinal++)
        {
            _cancellation.ThrowIfCancellationRequested();
            foreach (var world in new List<World>(region.At(ordinal)))
                RunBlock(region, _graph.Blocks[ordinal], world, emitting: true);
        }
        EmitExceptions(region);
    }

    private void RunBlock(RegionStates region, BasicBlock block, World start, bool emitting)
    {
        if (block.Kind == BasicBlockKind.Exit)
            return;
        _interpreter.EmitTo(emitting ? _sink : null);
        var enclosing = EnclosingTry(block.EnclosingRegion, region);
        _interpreter.OnThrow = MindsExceptions(region, enclosing, emitting) ? _noteThrown : null;
        // From here on every world of the block is its own: the one it started from stays a state of its point.
        _worlds.Clear();
        _worlds.Add(block.Operations.IsEmpty && block.BranchValue is null ? start.Clone() : start);
        // While events are raised, those who got one may still hold the world that it was raised in.
        bool mayChange = false;
        foreach (var operation in block.Operations)
        {
            _current = operation;
            _next.Clear();
            foreach (var world in _worlds)
                _interpreter.Run(world, _evaluate, _keep, mayChange);
            (_worlds, _next) = (_next, _worlds);
            mayChange = !emitting;
        }
        var branches = _unused.Count > 0 ? _unused.Pop() : [];
        RunBranches(block, branches, mayChange);
        _interpreter.OnThrow = null;
        if (_thrown.Count > 0)
        {
            List<(World World, IOperation Site)> thrown = [.. _thrown];
            _thrown.Clear();
            foreach (var (world, site) in thrown)
                LeaveByThrow(region, enclosing, world, site, emitting);
        }
        foreach (var (branch, world, value) in branches)
            Take(region, block, branch, world, value, emitting);
        branches.Clear();
        _unused.Push(branches);
        _interpreter.EmitTo(null);
    }

    private void EvaluateCurrent()
    {
        _interpreter.WalkInline = _walkInline;
        _interpreter.Eval(_current);
    }

    private void EvaluateBranch()
    {
        _interpreter.WalkInline = _walkInline;
        _condition = _returns ? _interpreter.EvalReturned(_current!) : _interpreter.EvalUsed(_current!);
    }

    /// <summary>Somebody asks where exceptions go: a handler, a finally, the body that this one runs in, or MML2007.</summary>
    private bool MindsExceptions(RegionStates region, ControlFlowRegion? enclosing, bool emitting) => emitting
        ? enclosing is null && WantsExceptionalExits
        : enclosing is not null || _frame.Parent is not null || region.First > 0 || region.Last < _graph.Blocks.Length - 1;

    /// <summary>Asked for by MML2007, which is off by default.</summary>
    public bool WantsExceptionalExits { get; set; }

    private void LeaveByThrow(RegionStates region, ControlFlowRegion? enclosing, World world, IOperation site, bool emitting)
    {
        if (!emitting)
        {
            Throw(region, enclosing, world, site);
        }
        else if (enclosing is null && WantsExceptionalExits)
        {
            _interpreter.EmitTo(_sink);
            _interpreter.LeaveByException(world, site);
        }
    }

    private void RunBranches(
        BasicBlock block, List<(ControlFlowBranch? Branch, World World, Value? Value)> branches, bool mayChange)
    {
        if (block.BranchValue is null)
        {
            foreach (var world in _worlds)
                branches.Add((block.FallThroughSuccessor, world, null));
            return;
        }
        _current = block.BranchValue;
        _returns = block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return;
        foreach (var world in _worlds)
        {
            _next.Clear();
            _conditions.Clear();
            _interpreter.Run(world, _evaluateBranch, _keepConditioned, mayChange);
            for (int i = 0; i < _next.Count; i++)
                Branch(block, _next[i], _conditions[i], branches);
        }
    }

    private void Branch(
        BasicBlock block, World world, Value condition, List<(ControlFlowBranch? Branch, World World, Value? Value)> branches)
    {
        if (block.ConditionKind == ControlFlowConditionKind.None)
        {
            branches.Add((block.FallThroughSuccessor, world, condition));
            return;
        }
        bool jumpSense = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
        var jumping = world.Clone();
        if (WorldAssumptions.Assume(jumping, condition, jumpSense, _interpreter.Values))
            branches.Add((block.ConditionalSuccessor, jumping, condition));
        if (WorldAssumptions.Assume(world, condition, !jumpSense, _interpreter.Values))
            branches.Add((block.FallThroughSuccessor, world, condition));
    }

    private void Take(RegionStates region, BasicBlock source, ControlFlowBranch? branch, World world, Value? value, bool emitting)
    {
        if (branch is null)
            return;
        switch (branch.Semantics)
        {
            case ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow:
                if ((source.BranchValue ?? AnyOperation(source)) is { } thrown)
                    LeaveByThrow(region, EnclosingTry(source.EnclosingRegion, region), world, thrown, emitting);
                return;
            case ControlFlowBranchSemantics.StructuredExceptionHandling:
                if (!emitting)
                    region.Ends.Add(world);
                return;
            case ControlFlowBranchSemantics.ProgramTermination or ControlFlowBranchSemantics.Error or ControlFlowBranchSemantics.None:
                return;
        }
        if (branch.Destination is not { } destination)
            return;
        var worlds = new List<World> { world };
        bool leavesBody = destination.Kind == BasicBlockKind.Exit;
        foreach (var finallyRegion in branch.FinallyRegions)
        {
            var after = new List<World>();
            foreach (var one in worlds)
                after.AddRange(RunFinally(finallyRegion, one, emitting, region));
            worlds = after;
        }
        foreach (var one in worlds)
        {
            if (leavesBody)
            {
                LeaveBody(region, source, branch, one, value, destination, emitting);
                continue;
            }
            var next = emitting ? one.Clone() : one;
            _interpreter.LeaveRegions(next, branch.LeavingRegions, emitting ? _sink : null);
            if (emitting)
            {
                if (destination.Ordinal <= source.Ordinal)
                    RaiseLoop(source, destination, _loops.RenameForHead(next, destination, source, _interpreter.Values));
                continue;
            }
            Flow(region, destination, next, source);
        }
    }

    private void LeaveBody(
        RegionStates region, BasicBlock source, ControlFlowBranch branch, World world, Value? value, BasicBlock exit, bool emitting)
    {
        var returned = branch.Semantics == ControlFlowBranchSemantics.Return ? value : null;
        if (emitting)
        {
            _interpreter.EmitTo(_sink);
            var place = ExitLocator.Locate(source, branch, _frame.Root);
            var last = source.BranchValue ?? AnyOperation(source) ?? _graph.OriginalOperation;
            if (_frame.Parent is null)
                _interpreter.Leave(world, returned, last, place);
            else
                _interpreter.LeaveInlined(world, returned, last, place);
            return;
        }
        _interpreter.LeaveBody(world, _frame);
        Flow(region, exit, world, null);
    }

    /// <summary>A finally region is walked for each branch that runs it: merging would make balanced locking look unbalanced.</summary>
    private List<World> RunFinally(ControlFlowRegion region, World world, bool emitting, RegionStates outer)
    {
        var inner = new RegionStates(region.FirstBlockOrdinal, region.LastBlockOrdinal, _loops.TestedAgain);
        Flow(inner, _graph.Blocks[region.FirstBlockOrdinal], world, null);
        var emittingBefore = emitting;
        Settle(inner);
        if (emittingBefore)
            Emit(inner);
        if (!emitting)
        {
            foreach (var (thrown, site) in inner.Escaping)
                Throw(outer, EnclosingTry(region.EnclosingRegion, outer), thrown, site);
        }
        // Several worlds may end alike.
        var distinct = new Dictionary<World, World>(WorldKey.Comparer);
        foreach (var end in inner.Ends)
        {
            distinct[end] = distinct.TryGetValue(end, out var known)
                ? WorldJoin.Join(known, end, _interpreter.Values, region.LastBlockOrdinal)
                : end;
        }
        if (emittingBefore)
            _interpreter.EmitTo(_sink);
        return [.. distinct.Values];
    }

    /// <summary>The innermost region whose handler or finally an exception meets first; null when it leaves.</summary>
    private static ControlFlowRegion? EnclosingTry(ControlFlowRegion? region, RegionStates within)
    {
        for (; region is not null; region = region.EnclosingRegion)
        {
            // The root of a lambda's graph stands inside a region of its owner's graph.
            if (region.Kind == ControlFlowRegionKind.Root || region.FirstBlockOrdinal < within.First || region.LastBlockOrdinal > within.Last)
                return null;
            if (region.Kind == ControlFlowRegionKind.Try)
                return region;
        }
        return null;
    }

    /// <summary>An exception leaves a try region in a world: to its handlers, through its finally, and outwards.</summary>
    private void Throw(RegionStates region, ControlFlowRegion? tried, World world, IOperation? site)
    {
        if (site is null)
            return;
        while (tried is not null)
        {
            if (!AddThrown(region, tried, world, site))
                return;
            var parent = tried.EnclosingRegion!;
            if (parent.Kind == ControlFlowRegionKind.TryAndCatch)
            {
                bool catchesAll = false;
                foreach (var handler in parent.NestedRegions)
                {
                    if (handler.Kind is not (ControlFlowRegionKind.Catch or ControlFlowRegionKind.FilterAndHandler))
                        continue;
                    var entered = world.Clone();
                    _interpreter.LeaveTry(entered, tried);
                    Flow(region, _graph.Blocks[handler.FirstBlockOrdinal], entered, null);
                    catchesAll |= handler.Kind == ControlFlowRegionKind.Catch
                        && handler.ExceptionType is null or { SpecialType: SpecialType.System_Object } or { Name: "Exception", ContainingNamespace.Name: "System" };
                }
                if (catchesAll)
                    return;
            }
            else if (parent.Kind == ControlFlowRegionKind.TryAndFinally)
            {
                var outer = EnclosingTry(parent.EnclosingRegion, region);
                foreach (var nested in parent.NestedRegions)
                {
                    if (nested.Kind != ControlFlowRegionKind.Finally)
                        continue;
                    var entered = world.Clone();
                    _interpreter.LeaveTry(entered, tried);
                    foreach (var end in RunFinally(nested, entered, emitting: false, region))
                        Throw(region, outer, end, site);
                }
                return;
            }
            tried = EnclosingTry(parent.EnclosingRegion, region);
        }
        region.Escaping.Add((world, site));
    }

    /// <summary>False when an exception has left the region in this state before.</summary>
    private static bool AddThrown(RegionStates region, ControlFlowRegion tried, World world, IOperation site)
    {
        if (!region.Thrown.TryGetValue(tried, out var thrown))
            region.Thrown.Add(tried, thrown = []);
        foreach (var (known, _) in thrown)
        {
            if (WorldKey.Comparer.Equals(known, world) && known.Env.ContentEquals(world.Env) && known.Facts.ContentEquals(world.Facts))
                return false;
        }
        if (thrown.Count >= FlowLimits.Worlds)
            return false;
        thrown.Add((world, site));
        return true;
    }

    /// <summary>Finally regions are run on the way of an exception too: what they do wrong then is said as well.</summary>
    private void EmitExceptions(RegionStates region)
    {
        foreach (var pair in region.Thrown)
        {
            if (pair.Key.EnclosingRegion is not { Kind: ControlFlowRegionKind.TryAndFinally } parent)
                continue;
            foreach (var nested in parent.NestedRegions)
            {
                if (nested.Kind != ControlFlowRegionKind.Finally)
                    continue;
                foreach (var (world, _) in pair.Value)
                {
                    var entered = world.Clone();
                    _interpreter.LeaveTry(entered, pair.Key);
                    RunFinally(nested, entered, emitting: true, region);
                }
            }
        }
    }

    private void RaiseLoop(BasicBlock source, BasicBlock head, World world)
    {
        foreach (var held in world.Held)
        {
            if ((held.IsMany || held.Capability.Lock?.Kind == ValueKind.Lost) && AnyOperation(source) is { } operation)
            {
                _sink!.On(new LoopEvent(
                    world, operation, LoopKeyword.Locate(head, source, _frame.Root), held.Capability, Grows: true)
                {
                    Site = held.Site?.Syntax.GetLocation(),
                });
            }
        }
    }

    private IOperation? AnyOperation(BasicBlock block)
    {
        if (block.BranchValue is { } value)
            return value;
        if (block.Operations.Length > 0)
            return block.Operations[block.Operations.Length - 1];
        for (int i = block.Ordinal - 1; i >= 0; i--)
        {
            var before = _graph.Blocks[i];
            if (before.BranchValue is not null || before.Operations.Length > 0)
                return before.BranchValue ?? before.Operations[before.Operations.Length - 1];
        }
        return null;
    }
}
