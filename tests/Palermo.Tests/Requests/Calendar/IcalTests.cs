using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Palermo.Kernel;
using Palermo.Requests.Calendar;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Calendar;

public sealed class IcalTests
{
    private static readonly DateTime Now = new(2026, 6, 1, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("Records; of the bank, \\ and more")]
    [InlineData("Два слова о деле, которое длиннее семидесяти пяти октетов, и поэтому складывается несколько раз подряд; да")]
    [InlineData("请求书必须在规定期限之前送达被请求国主管机关，否则将被视为撤回，并且不得再次提出同样的请求🙂🙂🙂🙂🙂🙂🙂🙂🙂")]
    public void WhatIsWrittenIsReadBackTheSame(string summary) => Read(summary, "One\nTwo").ShouldHaveSingleItem()["SUMMARY"].ShouldBe(summary);

    [Fact]
    public void AnyTextMakesAValidCalendar() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), given =>
        {
            var text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(given.Get));
            var expected = string.Concat(text.ReplaceLineEndings("\n").Where(c => c == '\n' || (!char.IsControl(c) && !Plain.IsDirection(c))));
            return Read(text, text)[0]["SUMMARY"] == expected;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ACalendarWithNothingDueIsValidToo() => Parse(Ical.Calendar("Palermo", [], Now)).ShouldBeEmpty();

    [Fact]
    public void ADayIsAWholeDayAndASuggestionIsTentative()
    {
        var day = Read("x", "")[0];
        day["DTSTART"].ShouldBe("20260630");
        day["DTEND"].ShouldBe("20260701");
        day["STATUS"].ShouldBe("TENTATIVE");
        day["DTSTAMP"].ShouldBe("20260601T120000Z");
        day.ContainsKey("DESCRIPTION").ShouldBeFalse();
    }

    [Theory]
    [InlineData("2026-06-02", DueWhen.Overdue)]
    [InlineData("2026-06-03", DueWhen.ThisWeek)]
    [InlineData("2026-06-07", DueWhen.ThisWeek)]
    [InlineData("2026-06-08", DueWhen.NextWeek)]
    [InlineData("2026-06-14", DueWhen.NextWeek)]
    [InlineData("2026-06-15", DueWhen.Later)]
    internal void TheCalendarGroupsByWeeksThatBeginOnMonday(string day, DueWhen when) => ListDue.When(Shipped.Day(day), Shipped.Day("2026-06-03")).ShouldBe(when);

    private static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string summary, string description) =>
        Parse(Ical.Calendar("Palermo, what is due", [new("deadline-1@palermo", Shipped.Day("2026-06-30"), summary, description, "https://node.example/requests/1", Certain: false, Now)], Now));

    private static IReadOnlyList<IReadOnlyDictionary<string, string>> Parse(string calendar) => StrictIcalendar.Read(Encoding.UTF8.GetBytes(calendar));
}
