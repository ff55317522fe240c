using System.Threading;
using MmLock;

/// <summary>Locks that are held on some paths: what is missing there, or too much.</summary>
public sealed class HeldOnSomePaths
{
    private readonly Sleeper _gate = new();
    private readonly Sleeper _other = new();
    private readonly object _monitor = new();
    [GuardedBy("_gate")] private int _level;

    public void TakenInOneBranch(bool on)
    {
        if (on)
            _gate.Lock();
    } //~ MML2006

    public void ReleasedInOneBranch(bool on)
    {
        Monitor.Enter(_monitor);
        if (on)
            Monitor.Exit(_monitor);
    } //~ MML2006

    public void LastBranchForgotten(int n)
    {
        Monitor.Enter(_monitor);
        if (n == 1)
        {
            World.Use(1);
            Monitor.Exit(_monitor);
        }
        else if (n == 2)
        {
            Monitor.Exit(_monitor);
        }
    } //~ MML2006

    public void OneArmForgotten(int n)
    {
        _gate.Lock();
        switch (n)
        {
            case 0:
                _gate.Unlock();
                break;
            case 1:
                break;
            default:
                _gate.Unlock();
                break;
        }
    } //~ MML2006

    public void BreakPassesTheRelease()
    {
        while (World.Flip())
        {
            _gate.Lock();
            if (World.Flip())
                break;
            _gate.Unlock();
        }
    } //~ MML2006

    public void GotoPassesTheRelease()
    {
        _gate.Lock();
        if (World.Flip())
            goto done;
        _gate.Unlock();
    done:
        World.Use(0);
    } //~ MML2006

    public void FlagForgotten()
    {
        var held = false;
        if (World.Flip())
            _gate.Lock();
        if (held)
            _gate.Unlock();
    } //~ MML2006

    public void WinnerKeepsIt()
    {
        if (_gate.TryLock())
            _level = 1;
    } //~ MML2006

    public void WinnerAndMore(bool more)
    {
        if (_gate.TryLock() && more)
            _gate.Unlock();
    } //~ MML2006

    public bool OutcomeIsNobodys()
    {
        return _gate.TryLock(); //~ MML2006
    }

    public void OneOfTwoInEachBranch(bool on)
    {
        if (on)
            _gate.Lock();
        else
            _other.Lock();
    } //~ MML2006

    public void GuardThrownAway()
    {
        _gate.Hold();
        World.Use(1);
    } //~ MML2006

    public void ReleasedWhereNotTaken(bool on)
    {
        if (on)
            _gate.Lock();
        _gate.Unlock(); //~ MML2005
    }

    public void ReleasedTwice(bool early)
    {
        _gate.Lock();
        if (early)
            _gate.Unlock();
        _gate.Unlock(); //~ MML2005
    }

    public void ReleasedInEveryRound()
    {
        _gate.Lock();
        do
        {
            _gate.Unlock(); //~ MML2005
        }
        while (World.Flip());
    }

    public void ContinuePassesTheReacquisition()
    {
        _gate.Lock();
        while (World.Flip())
        {
            _gate.Unlock(); //~ MML2005
            if (World.Flip())
                continue;
            _gate.Lock();
        }
        _gate.Unlock(); //~ MML2005
    }

    public void GotoLeadsToTheRelease()
    {
        if (World.Flip())
            goto done;
        _gate.Lock();
    done:
        _gate.Unlock(); //~ MML2005
    }

    public void TakenTwice(bool on)
    {
        if (on)
            _gate.Lock();
        _gate.Lock(); //~ MML1004
        _gate.Unlock();
    }

    public void TakenInEveryRound()
    {
        while (World.Flip())
        {
            _gate.Lock(); //~ MML1004
            _level++;
        }
    } //~ MML2006

    public void WrittenWhereNotTaken(bool on)
    {
        if (on)
            _gate.Lock();
        _level = 1; //~ MML2004
        if (on)
            _gate.Unlock();
    }

    public void WrittenAfterAnEarlyRelease(bool early)
    {
        _gate.Lock();
        if (early)
            _gate.Unlock();
        _level = 2; //~ MML2004
        if (!early)
            _gate.Unlock();
    }

    public void WrittenAfterASwitch(int n)
    {
        switch (n)
        {
            case 0: _gate.Lock(); break;
            case 1: break;
            default: return;
        }
        _level = 3; //~ MML2004
        _gate.Unlock(); //~ MML2005
    }
}
