using System;
using System.Collections.Generic;
using System.Threading;
using MmLock;
using static MmKernel.PageFlags;
using static MmKernel.PageLock;

namespace MmKernel;

/// <summary>
/// A disk: takes requests, and some time later raises an interrupt on some CPU for each. What a page held when it was
/// submitted, its lock or PG_writeback, is the completion's to end.
/// </summary>
public static class BlockDevice
{
    private static readonly object Gate = new();
    private static readonly Queue<IrqHandler> Requests = new();
    private static long Submitted;
    private static long Done;

    /// <summary>Requests submitted and not completed yet.</summary>
    public static long InFlight => Interlocked.Read(ref Submitted) - Interlocked.Read(ref Done);

    /// <summary>Requests completed so far.</summary>
    public static long Completed => Interlocked.Read(ref Done);

    /// <summary>Writes a page that is under writeback.</summary>
    [MustHold("page.Lock"), NeverSleeps]
    public static void SubmitWrite(Page page, AddressSpace mapping)
    {
        CopyToDisk(page, mapping);
        Bug.On(!PageWriteback(page), $"{page} is submitted for writing but not under writeback");
        Submit(() => PageWritebackOps.EndPageWriteback(page));
    }

    /// <summary>Reads a page. Its lock goes to the completion, which will unlock it, probably on another CPU.</summary>
    [Releases("page.Lock"), NeverSleeps]
    public static void SubmitRead([MustHoldRef] Page page, AddressSpace mapping)
    {
        CopyFromDisk(page, mapping);
        page.Lock.HandToCompletion();
        Submit(() => EndPageRead(page));
    }

    /// <summary>The completion of a read: the page lock it finds was left to it by the submitter.</summary>
    [RunsIn(MmLock.ExecutionContext.Any), NeverSleeps, MayAcquire("@page_wait_queue")]
    private static void EndPageRead(Page page)
    {
        page.Lock.TakeOverFromSubmitter();
        SetPageUptodate(page);
        UnlockPage(page);
    }

    [MustHold("page.Lock")]
    private static void CopyToDisk(Page page, AddressSpace mapping) => mapping.Disk[page.Index] = page.Data;

    [MustHold("page.Lock")]
    private static void CopyFromDisk(Page page, AddressSpace mapping) => page.Data = mapping.Disk[page.Index];

    /// <summary>Starts the device.</summary>
    [NoLockAnalysis("the device is outside of the kernel: a thread that raises interrupts")]
    internal static void Boot(int seed)
    {
        var thread = new Thread(() => Serve(new Random(seed))) { IsBackground = true, Name = "disk" };
        thread.Start();
    }

    [NoLockAnalysis("the device is outside of the kernel: its queue is no lock of the model")]
    private static void Submit(IrqHandler done)
    {
        Interlocked.Increment(ref Submitted);
        lock (Gate)
        {
            Requests.Enqueue(done);
            Monitor.Pulse(Gate);
        }
    }

    [NoLockAnalysis("the device is outside of the kernel: its queue is no lock of the model")]
    private static void Serve(Random random)
    {
        while (true)
        {
            IrqHandler done;
            lock (Gate)
            {
                while (Requests.Count == 0)
                    Monitor.Wait(Gate);
                done = Requests.Dequeue();
            }
            if (random.Next(4) == 0)
                Thread.Sleep(random.Next(2));
            var cpu = Cpu.All[random.Next(Cpu.All.Length)];
            cpu.RaiseIrq(() =>
            {
                done();
                Interlocked.Increment(ref Done);
            });
        }
    }
}
