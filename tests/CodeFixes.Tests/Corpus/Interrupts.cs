using MmLock;

/// <summary>Classes that interrupts take, RCU flavours, overrides, and classes that nobody has.</summary>
public sealed class Interrupts
{
    [LockClass("corpus.hard", TakenIn = IrqContext.Hardirq)] private readonly Spin _hard = new();
    [LockClass("corpus.bare", TakenIn = IrqContext.Hardirq)] private readonly BareSpin _bare = new();
    [LockClass("corpus.soft", TakenIn = IrqContext.Softirq)] private readonly BareSpin _soft = new();

    public void Plain()
    {
        _hard.Lock(); //~ MML4002
        _hard.Unlock();
    }

    public void PlainAfterTheOther()
    {
        _hard.LockIrq();
        _hard.UnlockIrq();
        _hard.Lock(); //~ MML4002
        _hard.Unlock();
    }

    public void NoFormOfItsOwn()
    {
        _bare.Lock(); //~ MML4002
        World.Use(1);
        _bare.Unlock();
    }

    public void Tried()
    {
        if (_bare.TryLock()) //~ MML4002
            _bare.Unlock();
    }

    public void TakenInBottomHalves()
    {
        _soft.Lock(); //~ MML4002
        _soft.Unlock();
    }

    public void OnAgainTooEarly()
    {
        Cpu.IrqOff();
        _bare.Lock();
        Cpu.IrqOn(); //~ MML4002
        _bare.Unlock();
    }

    public void EndsAnOuterSection()
    {
        Cpu.IrqSave(out var flags);
        _hard.LockIrq();
        _hard.UnlockIrq(); //~ MML4003
        Cpu.IrqRestore(flags);
    }

    public void RestoresWhatItDidNotSave()
    {
        _hard.LockIrqSave(out var flags);
        _hard.UnlockIrqRestore(flags);
        _hard.LockIrq();
        _hard.UnlockIrqRestore(flags); //~ MML4004
    }
}

public sealed class Node
{
    public int Value;
}

public sealed class Flavours
{
    [RcuGuarded("@rcu")] public Node First;

    public int AnotherReader()
    {
        Rcu.ReadLockSched();
        var value = Rcu.Dereference(ref First).Value; //~ MML3007
        Rcu.ReadUnlockSched();
        return value;
    }

    public int TooLate()
    {
        Rcu.ReadLock();
        var node = Rcu.Dereference(ref First);
        Rcu.ReadUnlock();
        return node.Value; //~ MML3005
    }
}

public abstract class Operations
{
    public readonly Sleeper Gate = new();

    public abstract void Move();

    [NeverSleeps] public abstract void Copy();
}

public sealed class BufferOperations : Operations
{
    [MustHold("Gate")]
    public override void Move() { } //~ MML2012

    [MaySleep]
    public override void Copy() { } //~ MML2012
}

public sealed class Unknown
{
    [MustHold("@no_such_class_at_all")] //~ MML9004
    public void Needs() { }

    [GuardedBy("@nobody_has_this_one")] //~ MML9004
    public int Data;
}
