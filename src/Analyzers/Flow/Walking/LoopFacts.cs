using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using MmLock.Analyzers.Flow.State;
using MmLock.Analyzers.Flow.Values;

namespace MmLock.Analyzers.Flow.Walking;

/// <summary>
/// What changes from one round of a loop to the next. On the way back to its head, a value that a variable of the loop holds
/// is named by the variable, so that rounds converge, and what the loop tests in memory is no longer known: somebody else may
/// have changed it, or the loop would never end.
/// </summary>
internal sealed class LoopFacts(ControlFlowGraph graph)
{
    private readonly Dictionary<(int Head, int End), (HashSet<ISymbol> Assigned, HashSet<ISymbol> Read)> _loops = [];

    private HashSet<ISymbol>? _testedAgain;

    /// <summary>Variables and members that stand in more than one condition: what is known of them may matter again.</summary>
    public HashSet<ISymbol> TestedAgain => _testedAgain ??= FindTestedAgain();

    private HashSet<ISymbol> FindTestedAgain()
    {
        var once = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var again = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        // a?.Gate?.Lock() asks of captures, not of what they were made from.
        var captured = new Dictionary<CaptureId, IOperation>();
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.Operations)
            {
                if (operation is IFlowCaptureOperation capture)
                    captured[capture.Id] = capture.Value;
            }
        }
        foreach (var block in graph.Blocks)
        {
            if (block.ConditionKind == ControlFlowConditionKind.None || block.BranchValue is not { } condition)
                continue;
            var here = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
            Collect(condition, here, graph.Blocks.Length);
            foreach (var symbol in here)
            {
                if (!once.Add(symbol))
                    again.Add(symbol);
            }
        }
        return again;

        void Collect(IOperation operation, HashSet<ISymbol> into, int depth)
        {
            switch (operation)
            {
                case ILocalReferenceOperation local:
                    into.Add(local.Local);
                    break;
                case IParameterReferenceOperation parameter:
                    into.Add(parameter.Parameter);
                    break;
                case IFieldReferenceOperation field:
                    into.Add(field.Field.OriginalDefinition);
                    break;
                case IPropertyReferenceOperation property:
                    into.Add(property.Property.OriginalDefinition);
                    break;
                case IFlowCaptureReferenceOperation reference when depth > 0 && captured.TryGetValue(reference.Id, out var made):
                    Collect(made, into, depth - 1);
                    break;
            }
            foreach (var child in operation.ChildOperations)
                Collect(child, into, depth);
        }
    }

    public World RenameForHead(World world, BasicBlock head, BasicBlock source, ValueTable values)
    {
        var (assigned, read) = Of(head.Ordinal, source.Ordinal);
        var result = world.Clone();
        var map = NamesOfRound(result, head, assigned, values);
        if (map is not null)
        {
            // What still bears the name of an earlier round is told apart first; that may change what the variables hold.
            foreach (var target in map.Targets)
            {
                if (!map.Contains(target))
                    WorldRenaming.Refresh(result, target, values);
            }
            if (NamesOfRound(result, head, assigned, values) is { } names)
                WorldRenaming.Rename(result, names, values);
        }
        WorldRenaming.ForgetNameless(result, values);
        if (read.Count > 0 && result.Facts.Count > 0)
            result.Facts = result.Facts.Where((value, _) => !MentionsMemory(value, read));
        return result;
    }

    /// <summary>The values that variables of the loop hold, each with the name of the first variable that holds it.</summary>
    private static Replacements? NamesOfRound(World world, BasicBlock head, HashSet<ISymbol> assigned, ValueTable values)
    {
        Replacements? map = null;
        for (int i = 0; i < world.Env.Count; i++)
        {
            var place = world.Env.KeyAt(i);
            var value = world.Env.ValueAt(i);
            if (place.Kind != ValueKind.LocalPlace || place.Symbol is not { } variable || !assigned.Contains(variable) || !IsOfOneRound(value))
                continue;
            map ??= new();
            if (!map.Contains(value))
                map.Set(value, values.Phi(head.Ordinal, place, value.Type));
        }
        return map;
    }

    /// <summary>Values that a round makes; what the body was given, and what stands one member from it, is the same in all.</summary>
    private static bool IsOfOneRound(Value value) => value.Kind switch
    {
        ValueKind.Result or ValueKind.Fresh or ValueKind.Previous or ValueKind.Phi or ValueKind.Reread or ValueKind.Binary
            or ValueKind.Not or ValueKind.Equal => true,
        ValueKind.Member or ValueKind.Element => value.First!.Kind is ValueKind.Member or ValueKind.Element || IsOfOneRound(value.First!)
            || value.Kind == ValueKind.Element,
        _ => false,
    };

    private static bool MentionsMemory(Value value, HashSet<ISymbol> read)
    {
        if (value.Kind is ValueKind.Member or ValueKind.Static && value.Symbol is { } member && read.Contains(member.OriginalDefinition))
            return true;
        if (value.Kind == ValueKind.Element)
            return true;
        return value.First is not null && MentionsMemory(value.First, read) || value.Second is not null && MentionsMemory(value.Second, read);
    }

    private (HashSet<ISymbol> Assigned, HashSet<ISymbol> Read) Of(int head, int end)
    {
        if (_loops.TryGetValue((head, end), out var known))
            return known;
        var assigned = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var read = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        for (int i = head; i <= end; i++)
        {
            var block = graph.Blocks[i];
            foreach (var operation in block.Operations)
                Collect(operation);
            if (block.BranchValue is { } value)
                Collect(value);
        }
        _loops.Add((head, end), (assigned, read));
        return (assigned, read);

        void Collect(IOperation operation)
        {
            switch (operation)
            {
                case ILocalReferenceOperation local when IsWritten(local) || local.IsDeclaration:
                    assigned.Add(local.Local);
                    break;
                case IParameterReferenceOperation parameter when IsWritten(parameter):
                    assigned.Add(parameter.Parameter);
                    break;
                case IDeclarationPatternOperation { DeclaredSymbol: { } declared }:
                    assigned.Add(declared);
                    break;
                case IRecursivePatternOperation { DeclaredSymbol: { } declared }:
                    assigned.Add(declared);
                    break;
                case IFieldReferenceOperation { Field: { IsReadOnly: false, IsConst: false } field }:
                    read.Add(field.OriginalDefinition);
                    break;
                case IPropertyReferenceOperation property:
                    read.Add(property.Property.OriginalDefinition);
                    break;
            }
            foreach (var child in operation.ChildOperations)
                Collect(child);
        }
    }

    private static bool IsWritten(IOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment => ReferenceEquals(assignment.Target, reference),
        IIncrementOrDecrementOperation or IDeclarationExpressionOperation or ITupleOperation => true,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
        _ => false,
    };
}
