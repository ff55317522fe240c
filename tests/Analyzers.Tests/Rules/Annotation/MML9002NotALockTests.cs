using System.Threading.Tasks;
using MmLock.Analyzers.Hosts;
using MmLock.Verification;
using Xunit;

namespace MmLock.Analyzers.Tests.Rules.Annotation;

/// <summary>An expression that names something which is no lock, context or token.</summary>
public sealed class MML9002NotALockTests
{
    [Fact]
    public Task ValuesAndMethods_AreNoLocks() => Marked("""
        class Story
        {
            int number;
            bool flag;
            string text = "";
            System.DateTime time;
            System.DayOfWeek day;
            int[] numbers = new int[1];
            public SpinLock Method() => new();
            const string Constant = "";

            [MustHold("number")] void Number() { } //~ MML9002
            [MustHold("flag")] void Flag() { } //~ MML9002
            [MustHold("text")] void Text() { } //~ MML9002
            [MustHold("time")] void Time() { } //~ MML9002
            [MustHold("day")] void Day() { } //~ MML9002
            [MustHold("numbers[0]")] void Element() { } //~ MML9002
            [MustHold("Method")] void OfAMethod() { } //~ MML9002
            [MustHold("Constant")] void OfAConstant() { } //~ MML9002
            [GuardedBy("number")] int byNumber; //~ MML9002
            [GuardedBy("Method")] int byMethod; //~ MML9002
            [RcuGuarded("@rcu", UpdateLock = "number")] Story? pointer; //~ MML9002
            [AcquiredBefore("number")] readonly SpinLock ordered = new(); //~ MML9002
            [MustHold("n")] void Parameter(int n) { } //~ MML9002
            [Acquires("return")] int Returned() => 1; //~ MML9002 //~? MML2009
        }
        """);

    [Fact]
    public Task EverythingThatCanBeTaken_IsALock() => Marked("""
        using System.Threading;

        [LockType(LockKind.Token)]
        struct Right { }

        [LockType(LockKind.Mutex)]
        interface IGate { }

        class Story
        {
            readonly object gate = new();
            readonly System.Collections.Generic.List<int> list = new();
            readonly System.Action action = () => { };
            readonly Lock monitor = new();
            readonly System.Threading.Mutex mutex = new();
            readonly SemaphoreSlim semaphore = new(1, 1);
            readonly ReaderWriterLockSlim slim = new();
            readonly ReaderWriterLock old = new();
            readonly System.Threading.SpinLock spin = new();
            readonly SrcuDomain domain = new();
            readonly Isolation token = new();
            Right right;
            readonly IGate? face;

            [MustHold("gate", "list", "action", "monitor", "mutex", "semaphore", "slim", "old", "spin", "domain", "token", "right", "face")]
            public void All() { }

            [MustHold("this")] void This() { }
            [GuardedBy("this")] int byThis;
            [GuardedBy("token")] int byToken;
            [RcuGuarded("domain", UpdateLock = "gate")] Story? pointer;
        }
        """);

    [Fact]
    public Task Finding_SaysWhatItIs() =>
        new LockVerifier(new DeclarationAnalyzer())
        {
            Expected = [new ExpectedFinding("MML9002").At(0).Saying("Count")],
        }.Check("""
        using MmLock;
        class Story
        {
            public int Count;
            [MustHold("{|#0:Count|}")] public void M() { }
        }
        """);

    [Fact]
    public Task ClassOfWhatIsNoLock_IsReported() => Marked("""
        struct Plain { public int X; }

        class Story
        {
            [LockClass("number")] readonly int number; //~ MML9002
            [LockClass("text")] readonly string text = ""; //~ MML9002
            [LockClass("plain")] Plain plain; //~ MML9002
            [LockClass("property")] int Property { get; set; } //~ MML9002
            [LockClass("mutex")] readonly Mutex mutex = new();
            [LockClass("monitor")] readonly object monitor = new();
            [LockClass("many")] readonly Mutex[] many = [];
            [LockClass("listed")] readonly System.Collections.Generic.List<object> listed = new();
            [LockClass("spinning")] System.Threading.SpinLock spinning;
        }
        """);

    private static Task Marked(string source) =>
        new LockVerifier(new DeclarationAnalyzer(), new LockFlowAnalyzer()).Check(source, MmSources.Primitives);
}
