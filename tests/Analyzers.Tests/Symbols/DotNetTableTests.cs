using System.Linq;
using Microsoft.CodeAnalysis;
using MmLock.Analyzers.Model;
using MmLock.Analyzers.Symbols;
using MmLock.Analyzers.Tests.Contracts;
using Xunit;

namespace MmLock.Analyzers.Tests.Symbols;

/// <summary>The table of .NET: every row names something, and its words are understood.</summary>
public sealed class DotNetTableTests
{
    private static readonly ContractScene Scene = ContractScene.Of("class C { }");

    public static TheoryData<string> Rows => [.. DotNetLocks.Locks.Concat(DotNetCalls.Calls).Select(row => row.Id)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Row_NamesSomething(string id)
    {
        var plain = id.Split('|')[0];
        if (!plain.EndsWith('*'))
        {
            Assert.NotNull(DocumentationCommentId.GetFirstSymbolForDeclarationId(plain, Scene.Compilation));
            return;
        }

        var dot = plain.LastIndexOf('.');
        var type = (INamedTypeSymbol?)DocumentationCommentId.GetFirstSymbolForDeclarationId("T:" + plain[2..dot], Scene.Compilation);
        Assert.NotNull(type);
        Assert.NotEmpty(type.GetMembers(plain[(dot + 1)..^1].Replace("#ctor", ".ctor")));
    }

    [Fact]
    public void EveryWord_BindsOnEverySymbolItSpeaksOf()
    {
        foreach (var (id, words) in DotNetLocks.Locks)
        {
            var plain = id.Split('|')[0];
            if (plain.EndsWith('*') || plain[0] == 'T')
                continue;
            var symbol = DocumentationCommentId.GetFirstSymbolForDeclarationId(plain, Scene.Compilation);
            var method = symbol as IMethodSymbol ?? ((IPropertySymbol)symbol!).GetMethod!;
            var receiver = id.Contains('|') ? Scene.Type(id.Split("|T:")[1]) : null;
            var contract = Scene.Cache.Method(method, receiver);
            Assert.True(contract.IsExternal, id);
            Assert.True(contract.Clauses.Length == words.Length, id);
            Assert.All(contract.Clauses, clause => Assert.All(clause.Locks, expression => Assert.IsType<PathExpression>(expression)));
            Assert.True(words[0].Contains("Timeout") == contract.Clauses[0].TimeoutOrdinal >= 0, id);
            Assert.True(words[0].Contains("Flag") == contract.Clauses[0].FlagOrdinal >= 0, id);
            Assert.True(words[0].Contains("Result") == contract.Clauses[0].Outcome?.ResultOrdinal >= 0, id);
        }
    }

    [Fact]
    public void WaitOne_IsALockOfAMutexOnly()
    {
        var waitOne = Scene.Type("System.Threading.WaitHandle").GetMembers("WaitOne").OfType<IMethodSymbol>().Single(m => m.Parameters.IsEmpty);
        Assert.Equal(ClauseKind.Acquires, Scene.Cache.Method(waitOne, Scene.Type("System.Threading.Mutex")).Clauses.Single().Kind);
        Assert.Empty(Scene.Cache.Method(waitOne, Scene.Type("System.Threading.ManualResetEvent")).Clauses);
        Assert.True(Scene.Cache.Method(waitOne, Scene.Type("System.Threading.ManualResetEvent")).MaySleep);
        Assert.Empty(Scene.Cache.Method(waitOne).Clauses);
    }

    [Fact]
    public void LockTypes_HaveTheirKinds()
    {
        LockType? Of(string name) => Scene.Cache.LockTypeOf(Scene.Type("System.Threading." + name));
        Assert.Equal(new LockType(Model.LockKind.Mutex, true, true, false), Of("Lock"));
        Assert.Equal(new LockType(Model.LockKind.Spin, false, true, false), Of("SpinLock"));
        Assert.Equal(new LockType(Model.LockKind.Mutex, false, false, false), Of("SemaphoreSlim"));
        Assert.Equal(new LockType(Model.LockKind.ReaderWriterSemaphore, false, true, false), Of("ReaderWriterLockSlim"));
        Assert.Null(Of("Thread"));
        Assert.Null(Scene.Cache.LockTypeOf(Scene.Compilation.ObjectType));
        Assert.True(Scene.Cache.IsScopedGuard(Scene.Type("System.Threading.Lock+Scope")));
    }

    [Fact]
    public void Delegates_RunHereThereOrLater()
    {
        MethodContract First(string type, string name, int parameters) => Scene.Cache.Method(
            Scene.Type(type).GetMembers(name).OfType<IMethodSymbol>().First(m => m.Parameters.Length == parameters));
        Assert.Equal([0], First("System.Collections.Generic.List`1", "ForEach", 1).InvokedHere);
        Assert.Equal([1], First("System.Linq.Enumerable", "Any", 2).InvokedHere);
        Assert.Equal([0], First("System.Linq.Enumerable", "Any", 2).Consumes);
        Assert.True(First("System.Linq.Enumerable", "Where", 2).IsDeferred);
        Assert.Empty(First("System.Linq.Enumerable", "Where", 2).InvokedHere);
        Assert.Equal([2], First("System.Threading.Tasks.Parallel", "For", 3).InvokedElsewhere);
        Assert.True(First("System.Environment", "FailFast", 1).NeverReturns);
        var assert = First("System.Diagnostics.Debug", "Assert", 1);
        Assert.Equal((0, false), (assert.NeverReturnsIfOrdinal, assert.NeverReturnsIfValue));
    }

    [Theory]
    [InlineData("System.Collections.Generic.List`1", "Add", true)]
    [InlineData("System.Collections.Generic.List`1", "set_Item", true)]
    [InlineData("System.Collections.Generic.List`1", "get_Item", false)]
    [InlineData("System.Collections.Generic.ICollection`1", "Clear", true)]
    [InlineData("System.Collections.Generic.Dictionary`2", "ContainsKey", false)]
    [InlineData("System.Collections.Concurrent.ConcurrentDictionary`2", "TryRemove", true)]
    [InlineData("System.Collections.Immutable.ImmutableList`1", "Add", false)]
    [InlineData("System.Text.StringBuilder", "Clear", false)]
    public void Mutators(string type, string method, bool expected) =>
        Assert.Equal(expected, Scene.Cache.IsMutator(Scene.Type(type).GetMembers(method).OfType<IMethodSymbol>().First()));
}
