using Palermo.Kernel;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Kernel;

/// <summary>A message that is kept says the same later, in each reader's language.</summary>
public sealed class KeptMessageTests
{
    [Fact]
    public void WhatWasKeptSaysTheSameInEveryLanguage()
    {
        Message[] messages =
        [
            new("exchange.not-now", ("act", new Message("request.act.accepted")), ("stage", new Message("request.stage.withdrawn"))),
            new("exchange.they-say", ("error", "EBMS:0004 «\"\n\\»")),
            new("life.day", ("on", new DateOnly(2026, 6, 1))),
            new("life.not-you", ("roles", new[] { new Message("access.role.officer"), new Message("access.role.approver") })),
            new("life.incomplete", ("n", 2)),
        ];
        foreach (var message in messages)
            foreach (var language in Language.All)
                Shipped.Texts.SayKept(language, KeptMessage.Of(message)).ShouldBe(Shipped.Texts.Say(language, message));
    }

    [Theory]
    [InlineData("Connection refused")]
    [InlineData("")]
    [InlineData("[\"no.such.key\",{}]")]
    [InlineData("[\"exchange.they-say\",{\"error\":{\"day\":\"never\"}}]")]
    [InlineData("[\"exchange.they-say\"")]
    [InlineData("[\"exchange.they-say\",7]")]
    [InlineData("[\"exchange.they-say\",{\"error\":[7,8]}]")]
    public void WhatIsNoMessageOfThisVersionIsSaidAsItStands(string kept) => Shipped.Texts.SayKept(Language.English, kept).ShouldBe(kept);
}
