using Palermo.Requests.Life;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Life;

public sealed class TransitionsTests
{
    [Theory]
    [InlineData(true, "draft")]
    [InlineData(false, "received")]
    public void Every_stage_that_can_be_reached_can_be_left_until_the_request_has_ended(bool outgoing, string first)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { first };
        for (var before = 0; before != reached.Count;)
        {
            before = reached.Count;
            foreach (var transition in reached.ToList().SelectMany(s => Transitions.From(outgoing, s)).Where(t => t.To.Length > 0)) reached.Add(transition.To == Transitions.BeforeClarification ? Stages.Received : transition.To);
        }

        reached.ShouldContain(Stages.Closed);
        reached.Where(s => Transitions.From(outgoing, s).Count == 0).Order().ShouldBe([Stages.Closed, Stages.Withdrawn]);
    }

    [Fact]
    public void Withdrawal_is_possible_at_any_time_before_the_end()
    {
        foreach (var stage in Stages.All.Except([Stages.Refused, Stages.Executed, Stages.Closed, Stages.Withdrawn]))
            Transitions.Find(outgoing: true, stage, "mla", "withdraw").ShouldNotBeNull(stage);
    }

    [Fact]
    public void Nothing_leaves_the_house_without_a_second_person_who_found_it_complete()
    {
        var ways = Transitions.Outgoing.Where(t => t.To == Stages.Approved).ToList();
        ways.ShouldAllBe(t => t.Needs.HasFlag(Needs.SecondPerson) && t.Needs.HasFlag(Needs.Complete));
        Transitions.Outgoing.Where(t => t.To == Stages.Sent).ShouldAllBe(t => t.From.SequenceEqual(new[] { Stages.Approved }));
    }

    [Fact]
    public void A_refusal_names_grounds_and_ours_gives_reasons() =>
        Transitions.Incoming.Where(t => t.Act.StartsWith("refuse", StringComparison.Ordinal)).ShouldAllBe(t => t.Needs.HasFlag(Needs.Grounds) && t.Needs.HasFlag(Needs.Reasons));

    [Theory]
    [InlineData("bank-secrecy", "18(8)")]
    [InlineData("fiscal-mla", "18(22)")]
    [InlineData("fiscal-extradition", "16(15)")]
    public void Some_grounds_never_carry_a_refusal_alone(string code, string article)
    {
        var ground = RefusalGrounds.Find(code)!;
        RefusalGrounds.Check([ground])!.Source.Provision.ShouldBe(article);
        RefusalGrounds.Check([ground, RefusalGrounds.Find("sovereignty")!]).ShouldBeNull();
    }

    [Fact]
    public void Every_act_stage_and_ground_has_its_words()
    {
        var keys = Transitions.Outgoing.Concat(Transitions.Incoming).SelectMany(t => new[] { "request.act." + t.Act, "request.act-lead." + t.Act })
            .Concat(Stages.All.Select(s => "request.stage." + s)).Concat(RefusalGrounds.All.Select(g => "request.ground." + g.Code));
        keys.Where(k => !Shipped.Texts.Has(k)).ShouldBeEmpty();
    }
}
