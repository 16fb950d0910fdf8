using System.Text;
using System.Text.Json;
using Palermo.Kernel;
using Palermo.Requests.Completeness;
using Palermo.Requests.Document;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Document;

public sealed class ReadRequestTests
{
    [Fact]
    public void WhatIsWrittenIsReadAgain()
    {
        var request = RequestSamples.Complete("mla") with { Translations = [new() { Field = "facts.summary", Language = "fr", Text = "« Faits » – الوقائع" }], Absences = new Dictionary<string, string> { ["persons"] = "None." } };
        var json = WriteRequest.ToJson(request);
        Encoding.UTF8.GetString(json).ShouldContain("الوقائع");
        WriteRequest.ToJson(ReadRequest.FromJson(json)).ShouldBe(json);
        RequestSamples.Open(ReadRequest.FromJson(json)).ShouldBeEmpty();
    }

    [Fact]
    public void UnknownMembersAreKept() =>
        Encoding.UTF8.GetString(WriteRequest.ToJson(Read("""{"schema":"palermo-request/1","later":{"a":[1]}}"""))).ShouldContain("""{"a":[1]}""");

    [Fact]
    public void AbsentMembersAndNullsAreEmpty()
    {
        var request = Read("""{"schema":"palermo-request/1","kind":"mla","persons":[null,{"names":[{"family":null},null],"nationalities":[null]}],"fields":{"facts.summary":null},"measures":null,"electronic":[{}],"annexes":[{"id":null}],"absences":null}""");
        request.Measures.ShouldBeEmpty();
        var person = request.Persons.ShouldHaveSingleItem();
        (person.Id, person.Names.ShouldHaveSingleItem().Family, person.Nationalities.Count, person.Documents.Count).ShouldBe(("", "", 0, 0));
        (request.Electronic[0].Value, request.Annexes[0].Title).ShouldBe(("", ""));
        RequestSamples.Check(request).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("", "broken")]
    [InlineData("{", "broken")]
    [InlineData("{\"schema\":\"palermo-request/1\",}", "broken")]
    [InlineData("null", "type")]
    [InlineData("[]", "type")]
    [InlineData("\"text\"", "type")]
    [InlineData("{\"schema\":\"palermo-request/2\"}", "schema")]
    [InlineData("{\"schema\":\"palermo-request/1\",\"persons\":{}}", "type", "$.persons")]
    [InlineData("{\"schema\":\"palermo-request/1\",\"persons\":[{},{\"names\":[{\"family\":1}]}]}", "type", "$.persons[1].names[0].family")]
    [InlineData("{\"schema\":\"palermo-request/1\",\"date\":\"31.12.2026\"}", "type", "$.date")]
    [InlineData("{\"schema\":\"palermo-request/1\",\"property\":[{\"value\":1e999}]}", "type", "$.property[0].value")]
    [InlineData("{\"schema\":\"palermo-request/1\",\"kind\":\"mla\",\"kind\":\"boarding\"}", "twice", "$.kind")]
    [InlineData("{\"schema\":\"palermo-request/1\",\"basis\":{\"report\":null}}", "missing", "$.basis.report")]
    [InlineData("{\"schema\":\"palermo-request/1\",\"basis\":{\"report\":{\"query\":{\"from\":\"BRA\",\"to\":\"ITA\",\"kind\":\"mla\",\"offence\":\"other\",\"on\":\"2026-01-01\"},\"available\":[{}],\"excluded\":[],\"unknown\":[]}}}", "missing", "$.basis.report.available")]
    [InlineData("{\"schema\":\"palermo-request/1\",\"kind\":\"\\ud800\"}", "utf8")]
    public void WhatIsNoRequestIsRefusedWithItsPlace(string json, string problem, string path = "$")
    {
        var refused = Should.Throw<RefusedException>(() => Read(json));
        ((Message)refused.Text.Fillings.Single(f => f.Name == "problem").Value!).Key.ShouldBe("request.json." + problem);
        ((string)refused.Text.Fillings.Single(f => f.Name == "path").Value!).ShouldStartWith(path);
        Shipped.Texts.Say(Language.English, refused.Text).ShouldNotContain("{");
    }

    [Fact]
    public void TooMuchIsRefused()
    {
        Problem("{\"schema\":\"palermo-request/1\",\"persons\":[" + string.Join(',', Enumerable.Repeat("{}", 10_001)) + "]}").ShouldBe("count");
        Problem("{\"schema\":\"palermo-request/1\",\"fields\":{\"facts.summary\":\"" + new string('a', (1 << 20) + 1) + "\"}}").ShouldBe("text");
        Problem("{\"" + new string('a', 301) + "\":1}").ShouldBe("name");
        Problem(new string('[', 5_000)).ShouldBe("depth");
        Problem("{\"schema\":\"palermo-request/1\",\"x\":" + new string('[', 24) + new string(']', 24) + "}").ShouldBe("depth");
        Problem(new string(' ', ReadRequest.MostBytes + 1)).ShouldBe("large");
        using var endless = new EndlessStream();
        Should.Throw<RefusedException>(() => ReadRequest.FromJson(endless));
        Should.Throw<RefusedException>(() => ReadRequest.FromJson([.. "{\"schema\":\""u8, 0xC3, 0x28, .. "\"}"u8]));
    }

    [Fact]
    public void WhateverIsReadCanBeChecked()
    {
        var json = Encoding.UTF8.GetString(WriteRequest.ToJson(RequestSamples.Complete("boarding")));
        var random = new Random(1);
        for (var i = 0; i < 400; i++)
        {
            var damaged = new StringBuilder(json);
            for (var n = random.Next(1, 6); n > 0; n--) damaged[random.Next(damaged.Length)] = "{}[]\",:0nx \u202E"[random.Next(12)];
            RequestDocument request;
            try
            {
                request = Read(damaged.ToString());
            }
            catch (RefusedException)
            {
                continue;
            }

            foreach (var finding in CheckCompleteness.Of(RequestSamples.Catalogue, request, null, RequestSamples.Today)) Shipped.Texts.Say(Language.English, finding.Message);
        }
    }

    private static RequestDocument Read(string json) => ReadRequest.FromJson(Encoding.UTF8.GetBytes(json));

    private static string Problem(string json) =>
        ((Message)Should.Throw<RefusedException>(() => Read(json)).Text.Fillings.Single(f => f.Name == "problem").Value!).Key["request.json.".Length..];

    private sealed class EndlessStream : MemoryStream
    {
        public override int Read(Span<byte> buffer)
        {
            buffer.Fill((byte)' ');
            return buffer.Length;
        }
    }
}
