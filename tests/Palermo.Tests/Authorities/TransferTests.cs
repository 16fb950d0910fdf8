using System.Text;
using System.Text.Json;
using Palermo.Authorities;
using Palermo.Authorities.Entries;
using Palermo.Authorities.Transfer;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Authorities;

public sealed class TransferTests
{
    private const string Columns = "id,confirmed_on,state,names,kinds,stage,instruments,address,email,telephone,fax,web,time_zone,hours,always_open,languages,channels,urgent,dual_criminality,evidentiary_standard,forms,certification,laws,templates,liaison,source,said_on";

    [Theory, EveryDatabase]
    public void WhatIsExportedCanBeTakenInElsewhereAndChangesNothingHere(Provider provider)
    {
        using var here = TestRecord.Shipped(provider);
        using var there = TestRecord.Shipped(Provider.Sqlite);
        var (from, to) = (Entry.Module(here), Entry.Module(there));
        EnterAuthority.New(from, Entry.Officer, Entry.Secretive());
        EnterAuthority.New(from, Entry.Officer, Entry.Input("BRA", "Órgão, \"inventado\"", null));
        foreach (var file in new[] { ExportAuthorities.Csv(from, restricted: true), ExportAuthorities.Json(from, restricted: true) })
        {
            ImportAuthorities.Run(from, Actor.CommandLine, "f", file, check: false).ShouldBe(new ImportOutcome(0, 0, 2));
            ImportAuthorities.Run(to, Actor.CommandLine, "f", file, check: false);
        }

        ExportAuthorities.Csv(to, restricted: true).ShouldBe(ExportAuthorities.Csv(from, restricted: true));
        ReadDirectory.Entries(to, null, restricted: true).ShouldAllBe(e => e.Version == 1);
    }

    [Fact]
    public void AFileWithoutTheRestrictedPartLeavesItAsItIs()
    {
        using var record = TestRecord.Shipped(Provider.Sqlite);
        var module = Entry.Module(record);
        EnterAuthority.New(module, Entry.Officer, Entry.Secretive());
        foreach (var file in new[] { ExportAuthorities.Csv(module, restricted: false), ExportAuthorities.Json(module, restricted: false) })
        {
            Entry.Leaks(Encoding.UTF8.GetString(file)).ShouldBeFalse();
            var changed = Encoding.UTF8.GetString(file).Replace("Invented Office", "Renamed " + file.Length, StringComparison.Ordinal);
            ImportAuthorities.Run(module, Actor.CommandLine, "f", Encoding.UTF8.GetBytes(changed), check: false).Changed.ShouldBe(1);
        }

        ReadDirectory.Entries(module, null, restricted: true).Single().Restricted!.Contacts.ShouldBe("SECRET Person");
    }

    [Theory, EveryDatabase]
    public void AFileIsTakenInWholeOrNotAtAll(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var module = Entry.Module(record);
        string Row(string id, string state, string name) => $"{id},,{state},en: {name},mla{new string(',', 21)}Invented,";
        var good = $"{Columns}\n{Row("", "LVA", "A")}\n{Row("", "BRA", "B")}\n";
        Refused(module, $"{good}{Row("", "XXX", "C")}\n").ShouldContain("line 4, column state");
        Refused(module, $"{good}{Row("1", "LVA", "C")}\n").ShouldContain("line 4, column id");
        var twice = Guid.NewGuid().ToString();
        Refused(module, $"{good}{Row(twice, "LVA", "C")}\n{Row(twice, "LVA", "D")}\n").ShouldContain("line 5, column id");
        ReadDirectory.Entries(module, null, restricted: false).ShouldBeEmpty();
        ImportAuthorities.Run(module, Actor.CommandLine, "a.csv", Encoding.UTF8.GetBytes(good), check: true).ShouldBe(new ImportOutcome(2, 0, 0));
        ReadDirectory.Entries(module, null, restricted: false).ShouldBeEmpty();
        ImportAuthorities.Run(module, Actor.CommandLine, "a.csv", Encoding.UTF8.GetBytes(good), check: false).ShouldBe(new ImportOutcome(2, 0, 0));
        ReadDirectory.Entries(module, null, restricted: false).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b\n1,2\n")]
    [InlineData("[")]
    [InlineData("[1]")]
    [InlineData("[{\"state\":\"LVA\"}]")]
    [InlineData("[{\"state\":[[[[[[\"LVA\"]]]]]]}]")]
    [InlineData("[{\"state\":\"LVA\",\"state\":\"BRA\"}]")]
    [InlineData("[{\"colour\":\"red\"}]")]
    [InlineData("[{\"names\":\"en: \\ud800\"}]")]
    [InlineData("[] []")]
    [InlineData("PK\u0003\u0004")]
    [InlineData("id,confirmed_on,state\n\"\n")]
    public void AHostileFileIsRefusedWithLineAndColumn(string file)
    {
        using var record = TestRecord.Shipped(Provider.Sqlite);
        Refused(Entry.Module(record), file).ShouldContain("line ");
    }

    [Fact]
    public void AnErrorInJsonNamesItsLine()
    {
        using var record = TestRecord.Shipped(Provider.Sqlite);
        Refused(Entry.Module(record), "[\n{\"state\":\"LVA\",\n\"names\":\"en: A\",\n\"kinds\":\"mla\",\n\"source\":\"s\",\n\"email\":\"nobody\"}]").ShouldContain("line 6, column email");
    }

    [Fact]
    public void TheCommandsAnswer()
    {
        using var record = TestRecord.Shipped(Provider.Sqlite);
        using var folder = new TestFolder();
        var module = Entry.Module(record);
        EnterAuthority.New(module, Entry.Officer, Entry.Secretive());
        var (code, json, _) = Run(record, "authorities", "find", "--state", "Latvia", "--kind", "mla", "--stage", "trial", "--language", "fr", "--json");
        code.ShouldBe(0);
        var first = JsonDocument.Parse(json).RootElement[0];
        first.GetProperty("name").GetString().ShouldBe("Invented Office");
        first.GetProperty("stale").GetBoolean().ShouldBeFalse();
        first.GetProperty("reasons").EnumerateArray().Select(r => r.GetProperty("code").GetString()).ShouldContain("stands-for");
        Run(record, "authorities", "find", "--state", "IND", "--kind", "mla").Output.ShouldContain("(UNTOC art. 18(13))");
        var (_, csv, _) = Run(record, "authorities", "export", "--format", "csv");
        Entry.Leaks(csv).ShouldBeTrue();
        Entry.Leaks(Run(record, "authorities", "export", "--format", "csv", "--public").Output).ShouldBeFalse();
        Entry.Leaks(Run(record, "authorities", "export", "--format", "json", "--public").Output).ShouldBeFalse();
        var file = folder.Write("a.csv", csv.Replace("Invented Office", "New Name", StringComparison.Ordinal));
        Run(record, "authorities", "import", file, "--check").Output.ShouldStartWith("0 added, 1 changed, 0 as before; checked only");
        Run(record, "authorities", "import", file).Output.ShouldStartWith("0 added, 1 changed, 0 as before");
        Run(record, "authorities", "import", file).Output.ShouldStartWith("0 added, 0 changed, 1 as before");
        Run(record, "authorities", "find", "--state", "Atlantis", "--kind", "mla").Code.ShouldBe(2);
        Run(record, "authorities", "find", "--state", "LVA", "--kind", "mla", "--stage", "never").Error.ShouldContain("before-trial");
        Run(record, "authorities", "import", folder.Write("b.csv", "x\n")).Code.ShouldBe(2);
    }

    private static string Refused(AuthoritiesModule module, string file) => Shipped.Texts.Say(
        Language.English, Should.Throw<RefusedException>(() => ImportAuthorities.Run(module, Actor.CommandLine, "file", Encoding.UTF8.GetBytes(file), check: false)).Text);

    private static (int Code, string Output, string Error) Run(TestRecord record, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (Program.Run([.. arguments, "--data", record.Connection], output, error), output.ToString(), error.ToString());
    }
}
