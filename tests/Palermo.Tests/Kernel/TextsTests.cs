using System.Reflection;
using System.Text.RegularExpressions;
using Palermo.Access;
using Palermo.Authorities;
using Palermo.Exchange;
using Palermo.Kernel;
using Palermo.Requests;
using Palermo.Tests.Support;
using Palermo.Treaties;
using Palermo.Web;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Kernel;

public sealed partial class TextsTests
{
    private static readonly Assembly[] Modules =
        [typeof(Palermo.Kernel.Texts).Assembly, typeof(WebTexts).Assembly, typeof(TreatyModule).Assembly, typeof(AccessModule).Assembly, typeof(AuthoritiesModule).Assembly, typeof(RequestsModule).Assembly, typeof(ExchangeModule).Assembly];

    private static readonly string[] AllForms = ["zero", "one", "two", "few", "many", "other"];

    public static TheoryData<string, string> ModulesAndLanguages =>
        [.. from module in Modules from language in Language.All select (module.GetName().Name!, language.Code)];

    [Theory, MemberData(nameof(ModulesAndLanguages))]
    public void EveryLanguageHasTheSameTexts(string moduleName, string code)
    {
        var module = Modules.Single(m => m.GetName().Name == moduleName);
        var language = Language.Find(code)!;
        var english = Palermo.Kernel.Texts.ReadModule(module, Language.English);
        var other = Palermo.Kernel.Texts.ReadModule(module, language);
        english.Count.ShouldBeGreaterThan(0);

        var problems = new List<string>();
        var plural = english.Keys.Where(k => k.EndsWith(".one", StringComparison.Ordinal) && english.ContainsKey(k[..^4] + ".other")).Select(k => k[..^4]).ToHashSet();
        bool Plural(string key) => key.LastIndexOf('.') is var dot and > 0 && plural.Contains(key[..dot]) && AllForms.Contains(key[(dot + 1)..]);
        foreach (var key in english.Keys.Where(k => !Plural(k)))
        {
            if (!other.TryGetValue(key, out var text)) problems.Add($"{key}: missing");
            else if (text.Trim().Length == 0) problems.Add($"{key}: empty");
            else if (!Placeholders(text).SetEquals(Placeholders(english[key]))) problems.Add($"{key}: placeholders differ");
        }

        foreach (var key in plural)
        {
            var asked = Placeholders(english[key + ".other"]);
            foreach (var form in Palermo.Kernel.Plural.Forms(language))
            {
                if (!other.TryGetValue($"{key}.{form}", out var text)) problems.Add($"{key}.{form}: missing");
                else if (form is "zero" or "one" or "two" ? !Placeholders(text).IsSubsetOf(asked) || !asked.Except(["n"]).All(Placeholders(text).Contains) : !Placeholders(text).SetEquals(asked))
                    problems.Add($"{key}.{form}: placeholders differ");
            }
        }

        problems.AddRange(other.Keys.Where(k => !english.ContainsKey(k) && !Plural(k)).Select(k => $"{k}: unknown in English"));
        problems.ShouldBeEmpty();
    }

    [Fact]
    public void EveryEnglishFileHasOneFilePerLanguage()
    {
        foreach (var file in Repository.SourceFiles(".json").Where(f => f.EndsWith(".en.json", StringComparison.Ordinal)))
            foreach (var language in Language.All)
                File.Exists(file[..^"en.json".Length] + language.Code + ".json").ShouldBeTrue($"{Path.GetFileName(file)} has no {language.Code}");
    }

    [Fact]
    public void EveryTextTheProgramNamesExists()
    {
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in Repository.SourceFiles(".cs", ".razor"))
            foreach (Match match in NamedTexts().Matches(File.ReadAllText(file)))
                if (match.Groups["key"].Value is var key && !Shipped.Texts.Has(key) && !Shipped.Texts.Has(key + ".other")) missing.Add($"{key} ({Path.GetFileName(file)})");
        missing.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("kind.", 11)]
    [InlineData("offence.", 20)]
    public void EveryCodeHasAName(string prefix, int count)
    {
        var codes = prefix == "kind." ? Palermo.Treaties.LegalBasis.Codes.Kinds : Palermo.Treaties.LegalBasis.Codes.Offences;
        codes.Count.ShouldBe(count);
        codes.Where(c => !Shipped.Texts.Has(prefix + c)).ShouldBeEmpty();
        Palermo.Treaties.InForce.Exclusion.All.Where(c => !Shipped.Texts.Has("basis.excluded." + c)).ShouldBeEmpty();
    }

    [Fact]
    public void PlaceholdersAreFilledInTheReadersLanguage()
    {
        var said = Shipped.Texts.Say(Language.English, "status.counts", ("instrument", Shipped.Instrument("untoc")), ("on", new DateOnly(2014, 6, 1)), ("parties", 1179), ("signatories", 147), ("bound", 0));
        said.ShouldBe("Organized Crime Convention (Palermo) on 1 June 2014: 1,179 parties, 147 signatories, 0 bound.");
        Shipped.Texts.Say(Language.English, "import.too-large", ("n", 1)).ShouldEndWith("1 megabyte is taken.");
        Shipped.Texts.Say(Language.English, "import.too-large", ("n", 50)).ShouldEndWith("50 megabytes are taken.");
    }

    [Fact]
    public void WhatIsFilledInIsNotReadAsAPlaceholder() =>
        Shipped.Texts.Say(Language.English, "refused.state-unknown", ("given", "{given} {0} {")).ShouldStartWith("No state is called “{given} {0} {”");

    [Fact]
    public void AKeyWithoutATextIsAFault() =>
        Should.Throw<InvalidDataException>(() => Shipped.Texts.Say(Language.English, "no.such.key"));

    private static HashSet<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(m => m.Value.Trim('{', '}'))];

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex("""(?:\bSay\((?:Language\.English, |language, )?|RefusedException\(|new Message\(|TextKey=)"(?<key>[a-z0-9][a-z0-9.-]*\.[a-z0-9-]+)"(?! \+)""", RegexOptions.None, 1000)]
    private static partial Regex NamedTexts();
}
