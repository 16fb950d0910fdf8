using Palermo.Requests.Document;
using Palermo.Requests.Identifiers;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Identifiers;

public sealed class IdentifierTests
{
    [Theory]
    [InlineData("GB82 WEST 1234 5698 7654 32")]
    [InlineData("DE89370400440532013000")]
    [InlineData("fr14 2004 1010 0505 0001 3M02 606")]
    [InlineData("NO93 8601 1117 947")]
    [InlineData("MT84MALT011000012345MTLCAST001S")]
    [InlineData("BR1800360305000010009795493C1")]
    public void PublishedExamplesOfIbansPass(string iban) => Iban.Check(iban, RequestSamples.Catalogue.IbanLengths).ShouldBe(Iban.Fault.None);

    [Theory]
    [InlineData("GB82 WEST 1234 5698 7654 33", Iban.Fault.CheckDigits)]
    [InlineData("DE8937040044053201300", Iban.Fault.Length)]
    [InlineData("8937040044053201300", Iban.Fault.Form)]
    [InlineData("GB82 WEST 1234 5698 7654 3₂", Iban.Fault.Form)]
    [InlineData("", Iban.Fault.Form)]
    public void OthersDoNot(string iban, Iban.Fault fault) => Iban.Check(iban, RequestSamples.Catalogue.IbanLengths).ShouldBe(fault);

    [Fact]
    public void AnyTwoDigitsOfAnIbanThatChangePlacesAreFound()
    {
        const string iban = "DE89370400440532013000";
        for (var i = 4; i < iban.Length - 1; i++)
        {
            if (iban[i] == iban[i + 1]) continue;
            var swapped = iban[..i] + iban[i + 1] + iban[i] + iban[(i + 2)..];
            Iban.Check(swapped, RequestSamples.Catalogue.IbanLengths).ShouldBe(Iban.Fault.CheckDigits, swapped);
        }
    }

    [Theory]
    [InlineData("1M8GDM9AXKP042788", Vin.Fault.None)]
    [InlineData("11111111111111111", Vin.Fault.None)]
    [InlineData("1M8GDM9A1KP042788", Vin.Fault.CheckDigit)]
    [InlineData("WVWZZZ1JZ3W386752", Vin.Fault.PerhapsNoCheckDigit)]
    [InlineData("WVWZZZ1JZ3W38675", Vin.Fault.Form)]
    [InlineData("WVWZZZ1JZ3W3867O2", Vin.Fault.Form)]
    public void VehicleNumbersAreChecked(string vin, Vin.Fault fault) => Vin.Check(vin).ShouldBe(fault);

    [Theory]
    [InlineData("1970", "1970-01-01", "1970-12-31")]
    [InlineData("1972-02", "1972-02-01", "1972-02-29")]
    [InlineData(" 1970-04-12 ", "1970-04-12", "1970-04-12")]
    public void PartialDatesAreSpans(string text, string first, string last)
    {
        PartialDate.TryParse(text, out var date).ShouldBeTrue();
        (date.First, date.Last).ShouldBe((Shipped.Day(first), Shipped.Day(last)));
        date.ToString().ShouldBe(text.Trim());
    }

    [Theory]
    [InlineData("70")]
    [InlineData("1970-13")]
    [InlineData("1971-02-29")]
    [InlineData("1970/04/12")]
    [InlineData("１９７０")]
    [InlineData(null)]
    public void OtherTextsAreNoDates(string? text) => PartialDate.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void PartialDatesMayBeTheSameDay()
    {
        PartialDate.TryParse("1970", out var year).ShouldBeTrue();
        PartialDate.TryParse("1970-04-12", out var day).ShouldBeTrue();
        PartialDate.TryParse("1971", out var next).ShouldBeTrue();
        (year.MayBe(day), day.MayBe(year), next.MayBe(day)).ShouldBe((true, true, false));
    }

    [Theory]
    [InlineData("IMO 9074729", true)]
    [InlineData("9074728", false)]
    [InlineData("907472", false)]
    public void ShipsNumbersAreChecked(string number, bool valid) => ImoNumber.IsValid(number).ShouldBe(valid);

    [Theory]
    [InlineData("imei", "49-015420-323751-8", true)]
    [InlineData("imei", "490154203237517", false)]
    [InlineData("email", "marcos.silva+1@correio.example", true)]
    [InlineData("email", "пример@пример.example", true)]
    [InlineData("email", "two@@signs.example", false)]
    [InlineData("email", "no.domain@", false)]
    [InlineData("telephone", "+55 (61) 5555-0100", true)]
    [InlineData("telephone", "061 5555", false)]
    [InlineData("ip", "2001:db8::1", true)]
    [InlineData("ip", "192.0.2.1", true)]
    [InlineData("ip", "12345", false)]
    [InlineData("domain", "bücher.example", true)]
    [InlineData("domain", "-x.example", false)]
    [InlineData("domain", "localhost", false)]
    [InlineData("url", "https://site.example/path", true)]
    [InlineData("url", "javascript", false)]
    public void ElectronicIdentifiersHaveTheirForm(string type, string value, bool valid) => ElectronicIdentifier.IsValid(type, value).ShouldBe(valid);

    [Fact]
    public void TwoMentionsOfTheSameHaveTheSameKey()
    {
        ThingKeys.OfName("SILVA, João").ShouldBe(ThingKeys.OfName("Joao Silva"));
        ThingKeys.OfName("Иванов Пётр").ShouldBe(ThingKeys.OfName("ПЕТР ИВАНОВ"));
        var keys = ThingKeys.Of(new RequestDocument
        {
            Persons = [new() { Id = "p1", Names = [new("Exemplo", "Marcos"), new("", "")], Documents = [new("passport", "ab 12-3", "bra")] }],
            Accounts = [new() { Id = "a1", Type = "iban", Number = "it60 x054 2811 1010 0000 0123 456" }, new() { Id = "a2", Type = "wallet", Number = " 1BoatSLRHtKNngkdXEeobR76b53LETtpyT " }],
            Vehicles = [new() { Id = "v1", Type = "vessel", Number = "IMO 9074729", Registration = "M/V Esempio", State = "ITA" }],
            Electronic = [new("e1", "telephone", "+55 61 5555-0100"), new("e2", "email", "Marcos@Correio.Example"), new("e3", "ip", "2001:DB8:0:0::1"), new("e4", "domain", "Bücher.example")],
            Firearms = [new() { Id = "f1", Make = "Exemplo", Serial = "ab-1234" }, new() { Id = "f2", Make = "Exemplo" }],
        });
        keys.Select(k => $"{k.Kind} {k.Key}").ShouldBe(
            ["person exemplo marcos", "person BRA:AB123", "account IT60X0542811101000000123456", "account 1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "vehicle 9074729", "vehicle ITA:MVESEMPIO",
             "firearm AB1234", "electronic 556155550100", "electronic marcos@correio.example", "electronic 2001:db8::1", "electronic xn--bcher-kva.example"], ignoreOrder: true);
    }

    [Fact]
    public void HostileTextHasABoundedKey()
    {
        var flood = string.Concat(Enumerable.Repeat("\u202Ea\uD800 ", 100_000));
        var request = new RequestDocument { Persons = [new() { Id = "p", Names = [new(flood, flood)] }], Electronic = [new("e", "domain", flood), new("f", "email", "@" + flood)], Property = [new() { Id = "q", Description = flood }] };
        ThingKeys.Of(request).ShouldAllBe(k => k.Key.Length <= 200 && k.Name.Length <= 200 && !k.Name.Contains('\u202E'));
    }
}
