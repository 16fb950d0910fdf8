using FsCheck;
using FsCheck.Fluent;
using Palermo.Requests.Evidence;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Evidence;

public sealed class MayUseTests
{
    [Theory]
    [InlineData(null, false, "evidence.may.ask-first")]
    [InlineData("asked", false, "evidence.may.wait")]
    [InlineData("refused", false, "evidence.may.refused")]
    [InlineData("consented", true, "evidence.may.consented")]
    [InlineData("exculpatory", true, "evidence.may.exculpatory")]
    public void EvidenceGivenForOneCaseNeedsConsentInAnother(string? consent, bool may, string key)
    {
        var answer = MayUse.Of(Given.Answer, sameCase: false, confidential: false, [new("", consent)]);
        answer.May.ShouldBe(may);
        answer.Key.ShouldBe(key);
        answer.Source.Provision.ShouldBe("18(19)");
    }

    [Fact]
    public void TheConventionLimitsWhatWasGivenEvenWithoutALimitInWords() =>
        MayUse.Of(Given.Answer, sameCase: false, confidential: false, []).May.ShouldBe(false);

    [Fact]
    public void InItsOwnCaseALimitInWordsHasToBeRead()
    {
        MayUse.Of(Given.Answer, sameCase: true, confidential: false, []).May.ShouldBe(true);
        MayUse.Of(Given.Answer, sameCase: true, confidential: false, [new("Not for tax purposes", null)]).May.ShouldBeNull();
    }

    [Fact]
    public void SpontaneousInformationIsRestrictedOnlyAsItsSenderAsks()
    {
        MayUse.Of(Given.Spontaneously, sameCase: false, confidential: false, []).May.ShouldBe(true);
        var restricted = MayUse.Of(Given.Spontaneously, sameCase: false, confidential: true, []);
        restricted.May.ShouldBe(false);
        restricted.Source.Provision.ShouldBe("18(5)");
    }

    [Fact]
    public void TheContentOfARequestKnowsNoExceptionForWhatExculpates()
    {
        MayUse.Of(Given.InRequest, sameCase: false, confidential: true, []).May.ShouldBe(false);
        MayUse.Of(Given.InRequest, sameCase: false, confidential: false, []).May.ShouldBeNull();
        MayUse.Of(Given.InRequest, sameCase: false, confidential: true, [new("", "exculpatory")]).May.ShouldBe(false);
    }

    [Fact]
    public void InAnotherCaseOneLimitWithoutConsentIsEnoughToForbidAndMoreLimitsNeverAllow()
    {
        var consents = Gen.Elements<string?>(null, "asked", "refused", "consented", "exculpatory");
        var cases = from given in Gen.Elements(Given.Answer, Given.Spontaneously, Given.InRequest)
                    from limits in consents.NonEmptyListOf()
                    from one in consents
                    select (given, limits, one);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            LimitOn[] limits = [.. c.limits.Select(l => new LimitOn("A limit", l))];
            var some = MayUse.Of(c.given, sameCase: false, confidential: false, limits).May;
            var more = MayUse.Of(c.given, sameCase: false, confidential: false, [.. limits, new("Another", c.one)]).May;
            return (some != true || c.limits.All(l => l is "consented" or "exculpatory")) && (some != false || more == false);
        }).QuickCheckThrowOnFailure();
    }
}
