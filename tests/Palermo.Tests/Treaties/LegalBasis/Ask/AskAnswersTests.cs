using Microsoft.AspNetCore.WebUtilities;
using Palermo.Kernel;
using Palermo.Treaties.LegalBasis;
using Palermo.Treaties.LegalBasis.Ask;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.LegalBasis.Ask;

public sealed class AskAnswersTests
{
    private static readonly StateDirectory States = StateDirectory.Load(Path.Combine(AppContext.BaseDirectory, "data", "states"));
    private static readonly DateOnly Today = new(2026, 11, 21);

    [Theory]
    [InlineData("", AskStep.States)]
    [InlineData("?from=BRA&to=ITA", AskStep.Kind)]
    [InlineData("?from=Brazil&to=Italia&kind=mla", AskStep.Offence)]
    [InlineData("?from=BRA&to=ITA&kind=mla&offence=drugs", AskStep.Facts)]
    [InlineData("?from=BRA&to=ITA&kind=mla&offence=drugs&maxPenalty=&group=&transnational=", AskStep.Place)]
    [InlineData("?from=BRA&to=ITA&kind=extradition&offence=drugs&maxPenalty=&group=&transnational=", AskStep.Facts)]
    [InlineData("?from=BRA&to=ITA&kind=mla&offence=drugs&maxPenalty=&group=&transnational=&on=2014-06-01", AskStep.Check)]
    [InlineData("?from=BRA&to=CHN&kind=mla&offence=drugs&maxPenalty=&group=&transnational=&on=2014-06-01", AskStep.Place)]
    [InlineData("?from=BRA&to=ITA&kind=mla&offence=drugs&check=1", AskStep.Check)]
    [InlineData("?from=BRA&to=ITA&kind=mla&offence=drugs&check=1&step=3", AskStep.Offence)]
    [InlineData("?from=BRA&step=5", AskStep.States)]
    public void The_first_unanswered_step_is_asked(string query, AskStep shown) => Read(query).Shown.ShouldBe(shown);

    [Theory]
    [InlineData("?from=Congo&to=ITA", "from", "refused.state-ambiguous")]
    [InlineData("?from=&to=ITA", "from", "refused.no-state-from")]
    [InlineData("?from=ITA&to=ITA", "to", "refused.same-state")]
    [InlineData("?from=ITA&to=EUE", "to", "refused.organization")]
    [InlineData("?from=BRA&to=ITA&asked=2", "kind", "ask.kind.missing")]
    [InlineData("?from=BRA&to=ITA&kind=mla&offence=drugs&maxPenalty=much&group=&transnational=", "maxPenalty", "refused.penalty")]
    [InlineData("?from=BRA&to=CHN&kind=mla&offence=drugs&maxPenalty=&group=&transnational=&on=2014-06-01&territory=FRO", "territory", "refused.territory-of-neither")]
    public void What_cannot_be_understood_is_said_of_its_field(string query, string field, string why)
    {
        var answers = Read(query);
        answers.Errors[field].Key.ShouldBe(why);
        answers.Fields(answers.Shown).ShouldContain(f => f == field);
    }

    [Fact]
    public void A_change_link_keeps_everything_and_comes_back_to_the_check()
    {
        var answers = Read("?from=BRA&to=ITA&kind=mla&offence=drugs&on=2014-06-01&group=yes&check=1");
        var kind = Read(answers.Address(AskStep.Kind)["/basis/ask".Length..]);
        kind.Shown.ShouldBe(AskStep.Kind);
        var query = Read(kind.AddressWith("kind", "confiscation")["/basis/ask".Length..]).Query!;
        (query.Kind, query.On, query.Group, query.Transnational).ShouldBe((CooperationKinds.Confiscation, new DateOnly(2014, 6, 1), true, null));
    }

    private static AskAnswers Read(string query)
    {
        var parameters = QueryHelpers.ParseQuery(query);
        return AskAnswers.Read(States, Today, name => parameters.TryGetValue(name, out var value) ? value.ToString() : null);
    }
}
