using Microsoft.CodeAnalysis;

namespace MmLock.Analyzers.Flow.Values;

/// <summary>Where a value comes from.</summary>
internal enum ValueKind
{
    /// <summary>The receiver of the analysed body.</summary>
    This,
    /// <summary>What a parameter held on entry.</summary>
    Parameter,
    /// <summary>What a variable of an enclosing body held on entry.</summary>
    Captured,
    /// <summary>A constant; null included.</summary>
    Constant,
    /// <summary>An object made by <c>new</c> at a site.</summary>
    Fresh,
    /// <summary>What an operation yields, known by its site only.</summary>
    Result,
    /// <summary>A member of an object: the place, and what it holds as long as this body does not write it.</summary>
    Member,
    /// <summary>A static member: the place, and what it holds.</summary>
    Static,
    /// <summary>An element of an array or indexer.</summary>
    Element,
    /// <summary>Several values that met; named by the block and the variable that holds them.</summary>
    Phi,
    /// <summary>What a place holds after its guard was let go at a site.</summary>
    Reread,
    /// <summary>What a site yielded the time before.</summary>
    Previous,
    /// <summary>Too far back to be told apart: equal to nothing, not even to itself.</summary>
    Lost,
    /// <summary>Boolean negation.</summary>
    Not,
    /// <summary>Equality of two values.</summary>
    Equal,
    /// <summary>Any other operator over two values.</summary>
    Binary,
    /// <summary>The type object of <c>typeof(T)</c>.</summary>
    TypeObject,
    /// <summary>A local variable as a place.</summary>
    LocalPlace,
    /// <summary>A flow capture of the graph as a place.</summary>
    CapturePlace,
    /// <summary>A by-reference alias of a place.</summary>
    RefTo,
}

/// <summary>
/// A symbolic value of one body: locks are told apart by values, never by the names of variables. Interned by
/// <see cref="ValueTable"/>, so that reference equality is value equality.
/// </summary>
internal sealed class Value
{
    internal Value(int id, ValueKind kind, Value? first, Value? second, object? data, ITypeSymbol? type)
    {
        Id = id;
        Kind = kind;
        First = first;
        Second = second;
        Data = data;
        Type = type;
        Hash = HashOf(kind, first, second, data);
        Depth = System.Math.Max(first?.Depth ?? 0, second?.Depth ?? 0) + 1;
    }

    /// <summary>Dense number within the table.</summary>
    public int Id { get; }

    public ValueKind Kind { get; }

    /// <summary>Of the parts that it is interned by.</summary>
    internal int Hash { get; }

    /// <summary>The next one in its bucket of the table.</summary>
    internal Value? NextInBucket { get; set; }

    /// <summary>The object of a member or element, the operand of an operator, the predecessor of <see cref="ValueKind.Previous"/>.</summary>
    public Value? First { get; }

    /// <summary>The index of an element, the second operand.</summary>
    public Value? Second { get; }

    /// <summary>A symbol, a constant, or the operation that is the site.</summary>
    public object? Data { get; }

    /// <summary>Static type where known.</summary>
    public ITypeSymbol? Type { get; }

    /// <summary>Height of the tree; bounded by <see cref="FlowLimits.ValueDepth"/>.</summary>
    public int Depth { get; }

    /// <summary>The member of a <see cref="ValueKind.Member"/> or <see cref="ValueKind.Static"/>.</summary>
    public ISymbol? Symbol => Data as ISymbol;

    public bool IsNull => Kind == ValueKind.Constant && Data is null;

    /// <summary>A place that can be assigned.</summary>
    public bool IsPlace => Kind is ValueKind.Member or ValueKind.Static or ValueKind.Element or ValueKind.LocalPlace
        or ValueKind.CapturePlace;

    /// <summary>A value that cannot be null whatever the program does.</summary>
    public bool IsNeverNull => Kind is ValueKind.This or ValueKind.Fresh or ValueKind.TypeObject or ValueKind.RefTo
        || (Kind == ValueKind.Constant && Data is not null);

    /// <summary>The object at the far end of the members walked.</summary>
    public Value Root
    {
        get
        {
            var v = this;
            while (v.Kind is ValueKind.Member or ValueKind.Element)
                v = v.First!;
            return v;
        }
    }

    /// <summary>An element, or a member of one, whose index is what an earlier round of a loop had.</summary>
    public bool IsElementOfEarlierRound
    {
        get
        {
            var v = this;
            for (; v.Kind is ValueKind.Member or ValueKind.Element; v = v.First!)
            {
                if (v.Kind == ValueKind.Element && v.Second?.Kind == ValueKind.Previous)
                    return true;
            }
            return false;
        }
    }

    /// <summary>
    /// True when <paramref name="part"/> is this value or occurs in it. What a phi or an earlier round is named after is no part
    /// of it.
    /// </summary>
    public bool Mentions(Value part) =>
        ReferenceEquals(this, part)
        // A value is made after its parts, so that it can be told by number that a younger one is none of them.
        || part.Id < Id && Kind is not (ValueKind.Previous or ValueKind.Phi)
        && ((First?.Mentions(part) ?? false) || (Second?.Mentions(part) ?? false));

    /// <summary>True when <paramref name="part"/> flows into this value as data.</summary>
    public bool IsMadeFrom(Value part) =>
        ReferenceEquals(this, part)
        || Kind is ValueKind.Binary or ValueKind.Not or ValueKind.Equal
        && ((First?.IsMadeFrom(part) ?? false) || (Second?.IsMadeFrom(part) ?? false));

    /// <summary>True when members were walked from <paramref name="prefix"/> to get here.</summary>
    public bool IsReachedThrough(Value prefix)
    {
        for (Value? v = this; v is not null && v.Id >= prefix.Id; v = v.Kind is ValueKind.Member or ValueKind.Element ? v.First : null)
        {
            if (ReferenceEquals(v, prefix))
                return true;
        }
        return false;
    }

    internal bool IsMadeOf(ValueKind kind, Value? first, Value? second, object? data) =>
        Kind == kind && ReferenceEquals(First, first) && ReferenceEquals(Second, second)
        && (ReferenceEquals(Data, data)
            || (Data is ISymbol a && data is ISymbol b ? SymbolEqualityComparer.Default.Equals(a, b) : Equals(Data, data)));

    internal static int HashOf(ValueKind kind, Value? first, Value? second, object? data)
    {
        int hash = data switch
        {
            null => 0,
            // A site has no hash of its own yet, and making one takes longer than asking where it stands.
            IOperation site => site.Syntax.FullSpan.Start * 16 + (int)site.Kind,
            ISymbol symbol => SymbolEqualityComparer.Default.GetHashCode(symbol),
            _ => data.GetHashCode(),
        };
        return unchecked((((int)kind * 31 + (first?.Id ?? -1)) * 31 + (second?.Id ?? -1)) * 31 + hash);
    }

    /// <summary>Equal is who is the same; the number is at hand, and a default hash would have to be made.</summary>
    public override int GetHashCode() => Id;

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override string ToString() => Kind switch
    {
        ValueKind.This => "this",
        ValueKind.Constant => Data?.ToString() ?? "null",
        ValueKind.Member => $"{First}.{Symbol!.Name}",
        ValueKind.Element => $"{First}[{Second}]",
        ValueKind.Static => $"{Symbol!.ContainingType?.Name}.{Symbol.Name}",
        ValueKind.Not => $"!{First}",
        ValueKind.Equal => $"({First} == {Second})",
        ValueKind.Previous => $"before({First})",
        _ => Data is ISymbol s ? $"{Kind}:{s.Name}" : $"{Kind}#{Id}",
    };
}
