using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using MmLock.Analyzers.Flow.Events;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;

namespace MmLock.Analyzers.Flow.Interpretation;

/// <content>Scopes: names that end, and what ends with the last of them.</content>
internal sealed partial class BodyInterpreter
{
    /// <summary>Variables and captures of regions that are left have no meaning any more.</summary>
    public void LeaveRegions(World world, ImmutableArray<ControlFlowRegion> regions, IFlowEventSink? sink)
    {
        _w = world;
        _dead = false;
        var before = _sink;
        _sink = sink;
        foreach (var region in regions)
        {
            foreach (var local in region.Locals)
            {
                var place = _values.LocalPlace(local, local.Type);
                if (_w.Refs.Count > 0 && _w.Env.TryGet(place, out var value))
                    Lose(value, place, null, EndOfScope(local));
                Forget(place);
            }
            foreach (var capture in region.CaptureIds)
                Forget(_values.CapturePlace(capture, null));
        }
        _sink = before;
    }

    /// <summary>An exception leaves a try region: what was declared inside it is gone.</summary>
    public void LeaveTry(World world, ControlFlowRegion region)
    {
        _w = world;
        _dead = false;
        LeaveNested(region);
    }

    /// <summary>An inlined body ends: its own variables are gone.</summary>
    public void LeaveBody(World world, BodyFrame frame)
    {
        _w = world;
        _dead = false;
        TakeBack(frame);
        LeaveNested(frame.Graph.Root);
        if (frame.Parent is null || frame.Method is null)
            return;
        foreach (var parameter in frame.Method.Parameters)
            Forget(_values.LocalPlace(parameter, parameter.Type));
    }

    private void LeaveNested(ControlFlowRegion region)
    {
        foreach (var local in region.Locals)
            Forget(_values.LocalPlace(local, local.Type));
        foreach (var capture in region.CaptureIds)
            Forget(_values.CapturePlace(capture, null));
        foreach (var nested in region.NestedRegions)
            LeaveNested(nested);
    }

    private void Forget(Value place)
    {
        _w.Env = _w.Env.Remove(place);
        if (place.Type?.IsValueType == true)
            _w.Env = _w.Env.Where((key, _) => !key.Mentions(place));
    }

    /// <summary>The closing brace of the block that declares a local.</summary>
    private static Location? EndOfScope(ILocalSymbol local)
    {
        foreach (var reference in local.DeclaringSyntaxReferences)
        {
            foreach (var node in reference.GetSyntax().Ancestors())
            {
                if (node is BlockSyntax block)
                    return block.CloseBraceToken.GetLocation();
                if (node.IsKind(SyntaxKind.ForStatement) || node.IsKind(SyntaxKind.ForEachStatement))
                {
                    var statement = node is ForStatementSyntax loop ? loop.Statement : ((ForEachStatementSyntax)node).Statement;
                    return statement is BlockSyntax body ? body.CloseBraceToken.GetLocation() : statement.GetLocation();
                }
            }
        }
        return null;
    }
}
