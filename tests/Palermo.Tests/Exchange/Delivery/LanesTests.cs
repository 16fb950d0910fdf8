using Palermo.Exchange.Delivery;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Delivery;

/// <summary>Who does not answer holds up nobody but itself, and nothing is begun twice.</summary>
public sealed class LanesTests
{
    private readonly List<string> _begun = [];
    private readonly Dictionary<string, TaskCompletionSource> _starts = [], _ends = [];
    private readonly List<Exception> _failed = [];

    [Fact]
    public async Task ALaneThatStandsStillHoldsUpNoOther()
    {
        var lanes = new Lanes(sideBySide: 2);
        var (a, b) = (Never("slow", "a"), Never("slow", "b"));
        Fill(lanes, a, b, Never("slow", "c"), Once("fast", "d"), Once("fast", "e"));
        await Done("d", "e");
        await Started("a", "b");
        // What is due anew is begun although the other lane stands still; what is under way is not begun again.
        Fill(lanes, a, b, Never("slow", "c"), Once("fast", "f"), Once("third", "g"));
        await Done("f", "g");
        Begun().ShouldBe(["a", "b", "d", "e", "f", "g"]);
        foreach (var name in new[] { "a", "b", "c" }) _ends[name].TrySetResult();
        await lanes.Idle();
        Begun().ShouldBe(["a", "b", "c", "d", "e", "f", "g"]);
        _failed.ShouldBeEmpty();
    }

    [Fact]
    public async Task SomethingLargeDoesNotHoldUpWhatIsSmallInItsLane()
    {
        var lanes = new Lanes(sideBySide: 2);
        Fill(lanes, Never("node", "terabyte"), Once("node", "one"), Once("node", "two"), Once("node", "three"));
        await Done("one", "two", "three");
        _ends["terabyte"].SetResult();
        await lanes.Idle();
    }

    [Fact]
    public async Task OfTheSameOneComesAfterAnother()
    {
        var lanes = new Lanes(sideBySide: 4);
        var request = Guid.NewGuid();
        Fill(lanes, Never("node", "first") with { Of = request }, Once("node", "second") with { Of = request }, Once("node", "other"));
        await Done("other");
        await Started("first");
        Begun().ShouldBe(["first", "other"]);
        _ends["first"].SetResult();
        await lanes.Idle();
        Begun().ShouldBe(["first", "other", "second"]);
    }

    [Fact]
    public async Task WhatFailsIsToldAndStopsNothing()
    {
        var lanes = new Lanes(sideBySide: 1);
        Fill(lanes, new Errand("node", Guid.NewGuid(), _ => throw new IOException("broken")), Once("node", "next"));
        await lanes.Idle();
        _failed.ShouldHaveSingleItem().Message.ShouldBe("broken");
        Begun().ShouldBe(["next"]);
    }

    [Fact]
    public async Task WhoIsToldAndFailsToHearCostsNoPlace()
    {
        var lanes = new Lanes(sideBySide: 1);
        lanes.Fill([new Errand("node", Guid.NewGuid(), _ => throw new IOException("broken")), Once("node", "next")], (_, _) => throw new IOException("nobody hears"), TestContext.Current.CancellationToken);
        await lanes.Idle();
        Begun().ShouldBe(["next"]);
        Fill(lanes, Once("node", "later"));
        await Done("later");
    }

    private void Fill(Lanes lanes, params Errand[] due) => lanes.Fill(due, (_, e) => _failed.Add(e), TestContext.Current.CancellationToken);

    private Errand Once(string lane, string name) => Make(lane, name, ends: true);

    private Errand Never(string lane, string name) => Make(lane, name, ends: false);

    private Errand Make(string lane, string name, bool ends)
    {
        foreach (var signals in new[] { _starts, _ends }) signals.TryAdd(name, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return new(lane, Guid.NewGuid(), _ =>
        {
            lock (_begun) _begun.Add(name);
            _starts[name].SetResult();
            if (ends) _ends[name].SetResult();
            return _ends[name].Task;
        });
    }

    private Task Started(params string[] names) => All(_starts, names);

    private Task Done(params string[] names) => All(_ends, names);

    private static Task All(Dictionary<string, TaskCompletionSource> signals, string[] names) => Task.WhenAll(names.Select(n => signals[n].Task)).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    private string[] Begun()
    {
        lock (_begun) return [.. _begun.Order(StringComparer.Ordinal)];
    }
}
