using System.Net;
using System.Text;
using System.Text.Json;
using Palermo.Data;
using Palermo.Data.Facts;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Web;

public sealed class ApiTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private const string Status = "/api/v1/treaties/untoc/status?on=2014-07-10";
    private const string Basis = "/api/v1/basis?from=BRA&to=ITA&kind=mla&offence=money-laundering&on=2014-06-01&maxPenalty=10&group=yes&transnational=yes";

    private readonly TestNode _node = fixture.Node;

    public static TheoryData<string, string[]> SameAnswers => new()
    {
        { "/api/v1/treaties?on=2014-07-10", ["treaties", "list", "--on", "2014-07-10"] },
        { Status, ["treaties", "status", "untoc", "--on", "2014-07-10"] },
        { "/api/v1/treaties/firearms-protocol/status?on=2013-04-25&known=2014-03-01", ["treaties", "status", "firearms-protocol", "--on", "2013-04-25", "--known", "2014-03-01"] },
        { "/api/v1/treaties/in-force?a=BRA&b=Japan&on=2014-06-01", ["treaties", "in-force", "--between", "BRA", "Japan", "--on", "2014-06-01"] },
        { Basis, ["basis", "--from", "BRA", "--to", "ITA", "--kind", "mla", "--offence", "money-laundering", "--on", "2014-06-01", "--max-penalty", "10", "--group", "yes", "--transnational", "yes"] },
        { "/api/v1/basis?from=BRA&to=NLD&kind=mla&offence=other&on=2014-06-01&ownNational=no&territory=ABW", ["basis", "--from", "BRA", "--to", "NLD", "--kind", "mla", "--offence", "other", "--on", "2014-06-01", "--own-national", "no", "--territory", "ABW"] },
    };

    [Theory, MemberData(nameof(SameAnswers))]
    public async Task TheApiAnswersWhatTheCommandAnswers(string address, string[] command)
    {
        using var response = await _node.Get(address);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().ShouldBe("application/json; charset=utf-8");
        await using var output = new StringWriter();
        Program.Run([.. command, "--json", "--data", _node.Record.Connection], output, TextWriter.Null).ShouldBe(0);
        (await Text(response)).Trim().ShouldBe(output.ToString().Trim());
    }

    [Theory]
    [InlineData("/api/v1/basis?from=Congo&to=ITA&kind=mla&offence=other", 400, "(COG)")]
    [InlineData("/api/v1/basis?from=BRA&to=ITA&kind=help&offence=other", 400, "help")]
    [InlineData("/api/v1/basis?from=BRA&to=ITA&kind=mla&offence=theft", 400, "theft")]
    [InlineData("/api/v1/basis?from=BRA&to=EUE&kind=mla&offence=other", 400, "European Union")]
    [InlineData("/api/v1/basis", 400, "requesting state")]
    [InlineData("/api/v1/basis?from=%EF%BF%BE&to=ITA&kind=mla&offence=other", 400, "No state")]
    [InlineData("/api/v1/treaties?on=2014-13-01", 400, "2014-13-01")]
    [InlineData("/api/v1/treaties/no-such/status", 404, "no-such")]
    [InlineData("/api/v1/treaties/untoc/status?known=never", 400, "never")]
    [InlineData("/api/v1/treaties/in-force?a=BRA", 400, "state")]
    [InlineData("/api/v1/treaties/in-force?a=BRA&b=BR", 400, "same")]
    [InlineData("/api/v1/treaties?format=xml", 400, "xml")]
    [InlineData("/api/v1/nothing-here", 404, "not found")]
    public async Task ARefusalIsAProblemDetail(string address, int status, string expected)
    {
        using var response = await _node.Get(address);
        ((int)response.StatusCode).ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonDocument.Parse(await Text(response)).RootElement;
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        problem.GetProperty("title").GetString()!.ShouldContain(expected);
        response.Headers.ETag.ShouldBeNull();
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task ARefusalSpeaksTheReadersLanguage()
    {
        using var response = await _node.Get("/api/v1/basis?from=BRA&to=Congo&kind=mla&offence=other", ("Accept-Language", "fr"));
        JsonDocument.Parse(await Text(response)).RootElement.GetProperty("title").GetString()!.ShouldContain("République démocratique du Congo");
    }

    [Theory]
    [InlineData("text/csv", null, true)]
    [InlineData("application/json", null, false)]
    [InlineData("application/json;q=0.5, text/csv", null, true)]
    [InlineData("text/csv;q=0.5, application/json", null, false)]
    [InlineData("*/*", null, false)]
    [InlineData(null, "csv", true)]
    [InlineData("text/csv", "json", false)]
    public async Task CsvIsGivenToWhoAsksForIt(string? accept, string? format, bool csv)
    {
        using var response = await _node.Get(Basis + (format is null ? "" : "&format=" + format), accept is null ? [] : [("Accept", accept)]);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(csv ? "text/csv" : "application/json");
        response.Headers.Vary.ShouldContain("Accept");
        if (!csv) return;
        response.Content.Headers.ContentDisposition!.FileName.ShouldBe("palermo-basis.csv");
        var rows = DataFileOf(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        rows.ShouldContain(r => r.StartsWith("available,untoc,", StringComparison.Ordinal));
        rows.ShouldContain(r => r.StartsWith("excluded,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheStatusAsCsvHasEveryParty()
    {
        using var response = await _node.Get(Status + "&format=csv");
        var rows = DataFileOf(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        rows[0].ShouldBe("list,value,instrument,on,known,parties,signatories,complete,asAt");
        rows.Count(r => r.StartsWith("partiesList,", StringComparison.Ordinal)).ShouldBe(179);
        rows.Skip(1).ShouldAllBe(r => r.EndsWith(",untoc,2014-07-10,,179,147,true,2014-07-10", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnExportOfAnAnswerSaysWhatWasAsked()
    {
        using var response = await _node.Get(Basis + "&format=csv");
        var rows = DataFileOf(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        rows[0].ShouldContain(",query.from,query.to,");
        rows.Skip(1).ShouldAllBe(r => r.Contains(",BRA,ITA,mla,money-laundering,2014-06-01,", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/api/v1/treaties/untoc/status?on=2014-13-01", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/treaties/no-such/status", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/treaties?format=xml", HttpStatusCode.BadRequest)]
    public async Task BadInputIsBadInputWhateverTheReaderHasAlready(string address, HttpStatusCode status)
    {
        using var response = await _node.Get(address, ("If-None-Match", "*"));
        response.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task ATagBelongsToOneForm()
    {
        const string address = Status + "&of=tag";
        using var json = await _node.Get(address);
        using var csv = await _node.Get(address, ("Accept", "text/csv"));
        csv.Headers.ETag!.ToString().ShouldNotBe(json.Headers.ETag!.ToString());
        using var fresh = await _node.Get(Status + "&of=tag-again", ("If-None-Match", json.Headers.ETag.ToString()));
        fresh.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        fresh.Headers.Vary.ShouldContain("Accept");
    }

    [Theory]
    [InlineData("/api/v1/treaties/untoc/status?on=2014-07-10&known=")]
    [InlineData("/api/v1/treaties/untoc/participants?on=2014-07-10&known=%20")]
    [InlineData("/api/v1/treaties/untoc/growth?on=2014-07-10&known=")]
    [InlineData("/api/v1/treaties/untoc/declarations?on=2014-07-10&known=")]
    public async Task ABlankDayOfKnowledgeIsNone(string address)
    {
        using var response = await _node.Get(address);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("3.999", 400)]
    [InlineData("3.990", 200)]
    public async Task APenaltyTheAddressCouldNotHoldIsRefused(string years, int status)
    {
        using var response = await _node.Get("/api/v1/basis?from=BRA&to=ITA&kind=mla&offence=other&on=2014-06-01&maxPenalty=" + years);
        ((int)response.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task TheSameAnswerIsNotSentTwice()
    {
        using var first = await _node.Get(Status);
        var tag = first.Headers.ETag!.ToString();
        using var again = await _node.Get(Status, ("If-None-Match", tag));
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await Text(again)).ShouldBe("");
        using var other = await _node.Get(Status, ("If-None-Match", "W/\"other\""));
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var french = await _node.Get(Status, ("Accept-Language", "fr"));
        french.Headers.ETag!.ToString().ShouldNotBe(tag);
    }

    [Fact]
    public async Task TheTagChangesWithTheRecordAndWithTheDay()
    {
        await using var node = await TestNode.Start();
        async Task<string> Tag()
        {
            using var response = await node.Get(Status);
            return response.Headers.ETag!.ToString();
        }

        var first = await Tag();
        await using (var context = node.Record.Database.Connect())
            FactLog.Append(context, 1, "entry", "test", "", new Changes([Shipped.Act("untoc", "IRN", "accession", "2014-01-01")], []), node.Clock);
        node.Clock.Advance(TimeSpan.FromSeconds(2));
        var second = await Tag();
        second.ShouldNotBe(first);
        using (var response = await node.Get(Status)) (await Text(response)).ShouldContain("\"parties\": 180");
        node.Clock.Advance(TimeSpan.FromDays(1));
        (await Tag()).ShouldNotBe(second);
    }

    [Fact]
    public async Task TheOpenApiDocumentListsTheRoutes()
    {
        using var response = await _node.Get("/openapi/v1.json");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var paths = JsonDocument.Parse(await Text(response)).RootElement.GetProperty("paths");
        foreach (var path in new[] { "/api/v1/treaties", "/api/v1/treaties/{instrument}/status", "/api/v1/treaties/in-force", "/api/v1/basis" })
            paths.GetProperty(path).GetProperty("get").GetProperty("summary").GetString().ShouldNotBeNullOrEmpty();
        paths.EnumerateObject().Select(p => p.Name).ShouldAllBe(p => p.StartsWith("/api/v1/", StringComparison.Ordinal));
        paths.GetProperty("/api/v1/basis").GetProperty("get").GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString())
            .ShouldBe(["from", "to", "kind", "offence", "on", "maxPenalty", "group", "transnational", "ownNational", "territory"], ignoreOrder: true);
    }

    [Theory, EveryDatabase]
    public async Task ANodeAnswersOnEitherDatabase(Provider provider)
    {
        await using var node = await TestNode.Start(provider);
        using var status = await node.Get(Status);
        (await Text(status)).ShouldContain("\"parties\": 179");
        using var page = await node.Get("/basis?from=BRA&to=ITA&kind=mla&offence=other&on=2014-06-01");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var ready = await node.Get("/health/ready");
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static string[] DataFileOf(byte[] csv) => Encoding.UTF8.GetString(csv).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Task<string> Text(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
