using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace MmLock.Analyzers.Flow;

/// <summary>One piece of code that runs on its own: a method, an accessor, an initializer, top-level statements.</summary>
/// <param name="owner">The method, or the field, property or event that is initialized.</param>
/// <param name="root">
/// What the graph is made of: the declaration of a member, the arrow of an expression-bodied property, the
/// <c>= value</c> of an initializer, a compilation unit.
/// </param>
/// <param name="code">The part of the root that runs; less than all of it for primary constructors.</param>
/// <param name="model">
/// The model that the driver gave for this tree; only valid while the type is being analysed, so nothing keeps a body.
/// </param>
internal sealed class TypeBody(ISymbol owner, SyntaxNode root, TextSpan code, SemanticModel model)
{
    private ControlFlowGraph? _graph;
    private bool _asked;

    public ISymbol Owner { get; } = owner;

    public SyntaxNode Root { get; } = root;

    public TextSpan Code { get; } = code;

    /// <summary>
    /// It names something that matters itself. False for a body that is here because it names a member whose body does.
    /// </summary>
    public bool NamesLocks { get; internal set; }

    /// <summary>The graph; made at the first question, null where the compiler makes no operations.</summary>
    public ControlFlowGraph? Graph(CancellationToken cancellation)
    {
        if (!_asked)
        {
            _graph = Create(model.GetOperation(Root, cancellation), cancellation);
            _asked = true;
        }

        return _graph;
    }

    /// <summary>The compiler has errors here: what is said of such code flickers while it is being typed.</summary>
    public bool HasErrors(CancellationToken cancellation)
    {
        foreach (var diagnostic in model.GetDiagnostics(Root.FullSpan, cancellation))
        {
            if (diagnostic.Severity == DiagnosticSeverity.Error)
                return true;
        }
        return false;
    }

    /// <summary>
    /// The graph made once more, without nullable analysis: with it the compiler does not recognise System.Threading.Lock in a
    /// lock statement, and makes an invalid operation of it. Null where that cannot be the reason.
    /// </summary>
    public ControlFlowGraph? GraphWithoutNullability(CancellationToken cancellation)
    {
        if (_graph is null || !Root.DescendantNodesAndSelf().Any(static n => n is LockStatementSyntax))
            return null;
        // No other model has this switch; it is made for the rare body that needs it.
#pragma warning disable RS1030, RSEXPERIMENTAL001
        var plain = model.Compilation.GetSemanticModel(Root.SyntaxTree, SemanticModelOptions.DisableNullableAnalysis);
#pragma warning restore RS1030, RSEXPERIMENTAL001
        return _graph = Create(plain.GetOperation(Root, cancellation), cancellation);
    }

    public override string ToString() => $"{Owner.ToDisplayString()} at {Root.GetLocation().GetLineSpan()}";

    private static ControlFlowGraph? Create(IOperation? operation, CancellationToken cancellation) => operation switch
    {
        IMethodBodyOperation { Parent: null } method => ControlFlowGraph.Create(method, cancellation),
        IConstructorBodyOperation { Parent: null } constructor => ControlFlowGraph.Create(constructor, cancellation),
        IBlockOperation { Parent: null } block => ControlFlowGraph.Create(block, cancellation),
        IFieldInitializerOperation { Parent: null } field => ControlFlowGraph.Create(field, cancellation),
        IPropertyInitializerOperation { Parent: null } property => ControlFlowGraph.Create(property, cancellation),
        _ => null,
    };
}
