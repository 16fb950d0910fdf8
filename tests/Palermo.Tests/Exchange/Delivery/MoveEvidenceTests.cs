using System.Collections.Concurrent;
using Palermo.Data.Exchange;
using Palermo.Exchange.Delivery;
using Palermo.Exchange.Evidence.Record;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Exchange.Delivery;

/// <summary>Packages that cannot be moved keep none of the others waiting, and are not tried all the time.</summary>
public sealed class MoveEvidenceTests
{
    private readonly ConcurrentQueue<Guid> _failed = new();

    [Theory, EveryDatabase]
    public async Task WhatFailsRestsAndLetsOthersGoFirst(Provider provider)
    {
        using var sides = new Sides(provider);
        var brazil = sides.Brazil;
        var old = Enumerable.Range(0, 60).Select(i => Broken(brazil, PackageStates.Arrived, minute: i)).ToList();
        (await Begin(brazil)).ShouldBe(old[..50], ignoreOrder: true);
        (await Begin(brazil)).ShouldBe(old[50..], ignoreOrder: true);
        (await Begin(brazil)).ShouldBeEmpty("they rest");

        sides.Advance(TimeSpan.FromSeconds(5));
        var young = Broken(brazil, PackageStates.Arrived, minute: 100);
        var told = await Begin(brazil);
        told.ShouldContain(young, "sixty older ones do not hide it");
        told.Count.ShouldBe(51);
        (await Begin(brazil)).Count.ShouldBe(10);
        sides.Advance(TimeSpan.FromSeconds(29));
        (await Begin(brazil)).ShouldBe([young], "each time it rests longer");
    }

    [Fact]
    public async Task OneOfWhichNothingCanBeSaidKeepsNoOtherStanding()
    {
        using var sides = new Sides();
        var (verified, arrived) = (Broken(sides.Brazil, PackageStates.Verified, minute: 0), Broken(sides.Brazil, PackageStates.Arrived, minute: 1));
        (await Begin(sides.Brazil)).ShouldBe([verified, arrived]);
        (await Begin(sides.Brazil)).ShouldBeEmpty();
    }

    [Fact]
    public void ALineThatIsBackIsUsedSoon()
    {
        var clock = new TestClock();
        var (failed, line, other) = (new FailedMoves(clock), Guid.NewGuid(), Guid.NewGuid());
        for (var i = 0; i < 9; i++)
        {
            failed.Failed(line, new Palermo.Kernel.RefusedException("package.line.given-up"));
            failed.Failed(other, new IOException());
            failed.Failed(other, new InvalidOperationException());
        }

        clock.Advance(TimeSpan.FromSeconds(30));
        failed.Rested.ShouldBe([line]);
        clock.Advance(TimeSpan.FromHours(6));
        failed.Rested.ShouldBe([line, other]);
    }

    private async Task<List<Guid>> Begin(Side side)
    {
        _failed.Clear();
        MoveEvidence.Begin(side.Module, (package, _) => _failed.Enqueue(package), CancellationToken.None);
        await side.Module.Moving.Idle();
        return [.. _failed];
    }

    /// <summary>A package whose manifest cannot be read any more.</summary>
    private static Guid Broken(Side side, string state, int minute)
    {
        var now = side.Life.Record.Clock.GetUtcNow().UtcDateTime;
        var package = new EvidencePackage
        {
            Id = Guid.NewGuid(), Request = Guid.NewGuid(), Case = Guid.NewGuid(), Outgoing = false, Party = "palermo:ita", Manifest = [1], Signature = [1], ManifestSha256 = "broken", Files = 1, Length = 1,
            State = state, At = now.AddDays(-1).AddMinutes(minute), ChangedAt = now,
        };
        side.Life.Read(c => c.Add(package).Context.SaveChanges());
        return package.Id;
    }
}
