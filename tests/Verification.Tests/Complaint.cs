using System;
using System.Threading.Tasks;
using Xunit;

namespace MmLock.Verification.Tests;

/// <summary>A verification that must fail, and say this.</summary>
internal static class Complaint
{
    public static async Task Of(Func<Task> verification, params string[] fragments)
    {
        var thrown = await Assert.ThrowsAsync<VerificationException>(verification);
        foreach (var fragment in fragments)
            Assert.True(thrown.Message.Contains(fragment), $"Not said:\n{fragment}\nbut:\n{thrown.Message}");
    }
}
