using System.Collections.Immutable;
using System.Globalization;

namespace MmLock.Analyzers.Contracts;

/// <summary>A piece of an expression's text.</summary>
internal readonly record struct TextPiece(string Text, int Start)
{
    public int Length => Text.Length;
}

/// <summary>A lock expression by its form alone.</summary>
internal abstract record ParsedExpression;

/// <summary><c>@name</c>; the name without its sign.</summary>
internal sealed record ParsedClass(TextPiece Name) : ParsedExpression;

/// <summary>A root and its steps.</summary>
/// <param name="RootArity">Type arguments written after the root.</param>
internal sealed record ParsedPath(TextPiece Root, int RootArity, ImmutableArray<ParsedStep> Steps) : ParsedExpression;

/// <summary>Text that is no lock expression.</summary>
internal sealed record ParsedNothing(string Message, int Start, int Length) : ParsedExpression;

/// <summary>What follows a root.</summary>
internal enum ParsedStepKind
{
    Member,
    /// <summary><c>[3]</c></summary>
    Element,
    /// <summary><c>[i]</c></summary>
    Parameter,
    /// <summary><c>[*]</c></summary>
    AnyElement,
}

/// <summary>One step by its form.</summary>
/// <param name="Arity">Type arguments written after a member that may be a type.</param>
internal readonly record struct ParsedStep(ParsedStepKind Kind, TextPiece Piece, int Arity = 0, int Index = 0);

/// <summary>Text to syntax, by the grammar of lock expressions; knows no symbols and never throws.</summary>
internal static class LockExpressionParser
{
    public static ParsedExpression Parse(string? text)
    {
        var scanner = new Scanner(text ?? "");
        scanner.SkipSpace();
        if (scanner.AtEnd)
            return new ParsedNothing("an empty expression names no lock", 0, scanner.Text.Length);
        return scanner.Current == '@' ? ParseClass(ref scanner) : ParsePath(ref scanner);
    }

    private static ParsedExpression ParseClass(ref Scanner scanner)
    {
        var start = scanner.Position + 1;
        var name = scanner.Text.Substring(start).TrimEnd();
        if (name.Length == 0 || char.IsWhiteSpace(name[0]))
            return new ParsedNothing("'@' wants the name of a lock class", start - 1, 1);
        var broken = name.IndexOfAny(['\r', '\n']);
        return broken >= 0
            ? new ParsedNothing("a class name is one line", start + broken, 1)
            : new ParsedClass(new(name, start));
    }

    private static ParsedExpression ParsePath(ref Scanner scanner)
    {
        if (scanner.Identifier() is not { } root)
            return scanner.Unexpected("a name");
        if (scanner.TypeArguments() is not { } rootArity)
            return scanner.Unexpected("'>'");

        var steps = ImmutableArray.CreateBuilder<ParsedStep>();
        while (true)
        {
            scanner.SkipSpace();
            if (scanner.AtEnd)
                return new ParsedPath(root, rootArity, steps.ToImmutable());
            if (scanner.Take('.'))
            {
                scanner.SkipSpace();
                if (scanner.Identifier() is not { } member)
                    return scanner.Unexpected("a member");
                if (scanner.TypeArguments() is not { } arity)
                    return scanner.Unexpected("'>'");
                steps.Add(new(ParsedStepKind.Member, member, arity));
            }
            else if (scanner.Take('['))
            {
                if (ParseIndex(ref scanner) is not { } index)
                    return scanner.Unexpected("a parameter, a number or '*'");
                scanner.SkipSpace();
                if (!scanner.Take(']'))
                    return scanner.Unexpected("']'");
                steps.Add(index);
            }
            else
            {
                return scanner.Unexpected("'.' or '['");
            }
        }
    }

    private static ParsedStep? ParseIndex(ref Scanner scanner)
    {
        scanner.SkipSpace();
        var start = scanner.Position;
        if (scanner.Take('*'))
            return new(ParsedStepKind.AnyElement, new("*", start));
        if (scanner.Number() is { } number)
        {
            return int.TryParse(number.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                ? new(ParsedStepKind.Element, number, Index: value)
                : null;
        }

        return scanner.Identifier() is { } parameter ? new(ParsedStepKind.Parameter, parameter) : null;
    }

    private struct Scanner(string text)
    {
        public string Text { get; } = text;

        public int Position { get; private set; }

        public readonly bool AtEnd => Position >= Text.Length;

        public readonly char Current => Text[Position];

        public void SkipSpace()
        {
            while (!AtEnd && char.IsWhiteSpace(Current))
                Position++;
        }

        public bool Take(char wanted)
        {
            if (AtEnd || Current != wanted)
                return false;
            Position++;
            return true;
        }

        public TextPiece? Identifier()
        {
            if (AtEnd || !(char.IsLetter(Current) || Current == '_'))
                return null;
            return While(static c => char.IsLetterOrDigit(c) || c == '_');
        }

        public TextPiece? Number() => AtEnd || Current is < '0' or > '9' ? null : While(static c => c is >= '0' and <= '9');

        /// <summary>How many type arguments stand here; what they are does not matter to a lock. Null when they do not end.</summary>
        public int? TypeArguments()
        {
            if (AtEnd || Current != '<')
                return 0;
            var (depth, count) = (0, 1);
            for (; !AtEnd; Position++)
            {
                switch (Current)
                {
                    case '<':
                        depth++;
                        break;
                    case ',' when depth == 1:
                        count++;
                        break;
                    case '>' when --depth == 0:
                        Position++;
                        return count;
                }
            }

            return null;
        }

        public readonly ParsedNothing Unexpected(string wanted) => AtEnd
            ? new($"{wanted} is missing at the end", Text.Length == 0 ? 0 : Text.Length - 1, Text.Length == 0 ? 0 : 1)
            : new($"'{Current}' where {wanted} was expected", Position, 1);

        private TextPiece While(System.Func<char, bool> belongs)
        {
            var start = Position;
            while (!AtEnd && belongs(Current))
                Position++;
            return new(Text.Substring(start, Position - start), start);
        }
    }
}
