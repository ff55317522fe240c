using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MmLock.CodeFixes.Locks;

namespace MmLock.CodeFixes.Editing;

/// <summary>Puts statements into the braces of a lock: lines are added and moved to the right, nothing is written anew.</summary>
internal sealed class RegionWrapper(FindingSite site)
{
    private SourceText Text => site.Text;

    private SourceStyle Style => site.Style;

    /// <summary>The changes that put the region under the lock.</summary>
    public ImmutableArray<TextChange> Wrap(StatementRegion region, LockForm form)
    {
        var span = TextSpan.FromBounds(region.First.SpanStart, region.Last.Span.End);
        var changes = new List<TextChange>();
        var hoist = Hoist(region, changes);
        var inList = region.First.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax;
        if (!Lines.IsFirst(Text, span.Start) || !Lines.IsLast(Text, region.Last.GetLastToken()))
        {
            changes.InsertRange(0, Inline(span, form, hoist, !inList));
            return [.. changes];
        }

        var indent = Lines.Indentation(Text, span.Start);
        var start = Lines.Start(Text, span.Start);
        var before = new LineWriter(Style);
        var after = new LineWriter(Style);
        if (!inList)
            OuterBraces(region.First, before, after, changes, ref indent);
        foreach (var line in hoist)
            before.Line(indent, line);
        Head(before, form, indent);
        Tail(after, form, indent);
        changes.Insert(0, new TextChange(new TextSpan(start, 0), before.ToString()));
        changes.AddRange(Lines.Indent(Text, site.Root, span, Style.Unit));
        changes.Add(new TextChange(new TextSpan(Lines.End(Text, span.End), 0), Style.NewLine + after.ToString().TrimEnd('\r', '\n')));
        return [.. changes];
    }

    /// <summary>What comes before the first statement: acquisition, the opening line and its brace.</summary>
    internal void Head(LineWriter writer, LockForm form, string indent)
    {
        foreach (var line in form.Setup)
            writer.Line(indent, line);
        writer.Open(indent, form.Opener);
        foreach (var line in form.Prelude)
            writer.Line(indent + Style.Unit, line);
    }

    /// <summary>What comes after the last statement.</summary>
    internal void Tail(LineWriter writer, LockForm form, string indent)
    {
        if (form.Cleanup.IsEmpty)
        {
            writer.Line(indent, "}");
            return;
        }

        writer.Close(indent, "finally");
        foreach (var line in form.Cleanup)
            writer.Line(indent + Style.Unit, line);
        writer.Line(indent, "}");
    }

    private static IEnumerable<TextChange> Inline(TextSpan span, LockForm form, ImmutableArray<string> hoist, bool braces)
    {
        var open = string.Concat(hoist.Concat(form.Setup).Select(static line => line + " ")) + form.Opener + " { "
            + string.Concat(form.Prelude.Select(static line => line + " "));
        var close = form.Cleanup.IsEmpty ? " }" : " } finally { " + string.Join(" ", form.Cleanup.Select(static line => line.Trim())) + " }";
        var isBraced = braces && !(form.IsOneStatement && hoist.IsEmpty);
        yield return new TextChange(new TextSpan(span.Start, 0), isBraced ? "{ " + open : open);
        yield return new TextChange(new TextSpan(span.End, 0), isBraced ? close + " }" : close);
    }

    /// <summary>A statement that is the body of another gets a block of its own first.</summary>
    private void OuterBraces(StatementSyntax statement, LineWriter before, LineWriter after, List<TextChange> changes, ref string indent)
    {
        var outer = Lines.Indentation(Text, statement.Parent!.SpanStart);
        if (Style.BracesOnOwnLine)
            before.Line(outer, "{");
        else
            changes.Add(new TextChange(new TextSpan(statement.GetFirstToken().GetPreviousToken().Span.End, 0), " {"));
        after.Closing = outer + "}";
        if (indent == outer)
            indent = outer + Style.Unit;
    }

    /// <summary>"var n = x;" becomes "int n;" in front and "n = x;" inside.</summary>
    internal ImmutableArray<string> Hoist(StatementRegion region, List<TextChange> changes)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        foreach (var declaration in region.Hoisted.Select(static local => local.Declaration))
        {
            var variable = declaration.Variables[0];
            changes.Add(new TextChange(TextSpan.FromBounds(declaration.Type.SpanStart, variable.Identifier.SpanStart), ""));
            lines.Add($"{TypeOf(declaration, variable)} {variable.Identifier.Text};");
        }

        return lines.ToImmutable();
    }

    /// <summary>The type of a variable, written out.</summary>
    internal string TypeOf(VariableDeclarationSyntax declaration, VariableDeclaratorSyntax variable)
    {
        if (!declaration.Type.IsVar || site.Model.GetDeclaredSymbol(variable) is not ILocalSymbol local)
            return declaration.Type.ToString();
        var value = site.Model.GetTypeInfo(variable.Initializer!.Value);
        var keepsNull = site.Model.GetNullableContext(variable.SpanStart).AnnotationsEnabled()
            && (value.Nullability.FlowState == NullableFlowState.MaybeNull || IsWrittenAgain(local, variable));
        var type = local.Type.IsReferenceType
            ? local.Type.WithNullableAnnotation(keepsNull ? NullableAnnotation.Annotated : NullableAnnotation.NotAnnotated)
            : local.Type;
        return type.ToMinimalDisplayString(
            site.Model, variable.SpanStart,
            SymbolDisplayFormat.MinimallyQualifiedFormat.AddMiscellaneousOptions(
                SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.UseSpecialTypes));
    }

    private bool IsWrittenAgain(ILocalSymbol local, SyntaxNode variable) =>
        variable.FirstAncestorOrSelf<BlockSyntax>()?.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(
            assignment => SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(assignment.Left).Symbol, local)) == true;
}
