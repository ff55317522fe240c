using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;

namespace MmLock.Analyzers.Symbols;

/// <summary>What do the .NET table and the compilation's external contracts say about a symbol?</summary>
/// <remarks>Looked up by type first, so that a compilation pays only for the rows whose types it uses.</remarks>
internal sealed class ExternalContracts
{
    private readonly RowIndex _users;
    private readonly ConcurrentDictionary<INamedTypeSymbol, RowsOfType> _types = new(SymbolEqualityComparer.Default);

    public ExternalContracts(ImmutableArray<ExternalRow> users) => _users = new(users);

    /// <summary>What is said about a method; its property's rows count for an accessor.</summary>
    /// <param name="byUser">An external contract of the user says it, not the table.</param>
    public ImmutableArray<Annotation> Of(IMethodSymbol method, ITypeSymbol? receiver, out bool byUser)
    {
        byUser = false;
        if (method.ContainingType?.OriginalDefinition is not { } type)
            return [];
        var (users, table) = RowsOf(type);
        if (users.IsEmpty && table.IsEmpty)
            return [];
        var definition = method.OriginalDefinition;
        var own = Matching(users, definition, receiver);
        byUser = own.Length > 0;
        return byUser ? own : Matching(table, definition, receiver);
    }

    /// <summary>Some row of the method's type depends on the receiver.</summary>
    public bool DependsOnReceiver(IMethodSymbol method) =>
        method.ContainingType?.OriginalDefinition is { } type
        && RowsOf(type) is var (users, table)
        && (HasReceiver(users, method.Name) || HasReceiver(table, method.Name));

    // Asked at every call.
    private static bool HasReceiver(ImmutableArray<ExternalRow> rows, string member)
    {
        foreach (var row in rows)
        {
            if (row.Receiver is not null && row.MemberName == member)
                return true;
        }

        return false;
    }

    /// <summary>What is said about a field or property as data.</summary>
    public ImmutableArray<Annotation> Of(ISymbol member)
    {
        if (member.ContainingType?.OriginalDefinition is not { } type)
            return [];
        var kind = member switch { IFieldSymbol => 'F', IPropertySymbol => 'P', IEventSymbol => 'E', _ => '?' };
        var users = RowsOf(type).Users;
        if (users.IsEmpty)
            return [];
        return [.. users.Where(row => row.Kind == kind && row.MemberName == member.MetadataName).SelectMany(static row => row.Words)];
    }

    /// <summary>What is said about a type, users first.</summary>
    public ImmutableArray<Annotation> Of(INamedTypeSymbol type, out bool byUser)
    {
        byUser = false;
        var (users, table) = RowsOf(type.OriginalDefinition);
        if (users.IsEmpty && table.IsEmpty)
            return [];
        var own = users.Where(static row => row.Kind == 'T').SelectMany(static row => row.Words).ToImmutableArray();
        byUser = own.Length > 0;
        return byUser
            ? own
            : table.IsEmpty ? [] : [.. table.Where(static row => row.Kind == 'T').SelectMany(static row => row.Words)];
    }

    private RowsOfType RowsOf(INamedTypeSymbol type)
    {
        if (!DotNetLocks.Rows.HasType(type.Name) && !_users.HasType(type.Name))
            return RowsOfType.None;
        return _types.TryGetValue(type, out var known) ? known : _types.GetOrAdd(
            type,
            key =>
            {
                var id = key.GetDocumentationCommentId();
                if (id is null || id.Length < 3)
                    return RowsOfType.None;
                id = id.Substring(2);
                return new(_users.Of(id), DotNetLocks.Rows.Of(id));
            });
    }

    private static ImmutableArray<Annotation> Matching(
        ImmutableArray<ExternalRow> rows, IMethodSymbol method, ITypeSymbol? receiver)
    {
        if (rows.IsEmpty)
            return [];
        ImmutableArray<Annotation>.Builder? found = null;
        var isKeyed = false;
        string? signature = null;
        foreach (var row in rows)
        {
            if (!Speaks(row, method, ref signature) || (row.Receiver is not null && !IsReceiver(receiver, row.Receiver)))
                continue;

            // A row for this very receiver replaces the rows for all.
            if (row.Receiver is not null && !isKeyed)
            {
                isKeyed = true;
                found?.Clear();
            }
            else if (row.Receiver is null && isKeyed)
            {
                continue;
            }

            found ??= ImmutableArray.CreateBuilder<Annotation>();
            foreach (var word in row.Words)
                found.AddRange(ContractText.On(method, word));
        }

        return found?.ToImmutable() ?? [];
    }

    private static bool Speaks(ExternalRow row, IMethodSymbol method, ref string? signature)
    {
        if (row.Kind == 'P')
            return method.AssociatedSymbol is IPropertySymbol property && property.MetadataName == row.MemberName;
        if (row.Kind != 'M')
            return false;
        var name = method.MetadataName.Length > 0 && method.MetadataName[0] == '.'
            ? "#" + method.MetadataName.Substring(1)
            : method.MetadataName;
        if (name != row.MemberName)
            return false;
        if (row.Signature is null)
            return true;
        signature ??= SignatureOf(method);
        return row.Signature == signature;
    }

    private static string SignatureOf(IMethodSymbol method)
    {
        var id = method.GetDocumentationCommentId() ?? "";
        var open = id.IndexOf('(');
        return open < 0 ? "" : id.Substring(open);
    }

    private static bool IsReceiver(ITypeSymbol? receiver, string wanted)
    {
        for (var type = receiver; type is not null; type = type.BaseType)
        {
            if (wanted.EndsWith(type.Name, StringComparison.Ordinal)
                && type.OriginalDefinition.GetDocumentationCommentId() is { } id && id.Substring(2) == wanted)
            {
                return true;
            }
        }

        return false;
    }

    private sealed record RowsOfType(ImmutableArray<ExternalRow> Users, ImmutableArray<ExternalRow> Table)
    {
        public static RowsOfType None { get; } = new([], []);
    }
}
