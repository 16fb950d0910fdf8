using Palermo.Requests.Document;
using Palermo.Requests.Kinds;
using Palermo.Requests.Letter;
using Palermo.Treaties.LegalBasis;

namespace Palermo.Tests.Requests.Letter;

/// <summary>An invented request that holds everything a request can hold.</summary>
internal static class Sample
{
    internal const string Summary = "Entre março de 2021 e junho de 2022, o grupo enviou cocaína pelo porto de Santos.\nO dinheiro voltou por contas em Milão.";

    internal const string Details = "Extratos da conta IT60 X054 2811 1010 0000 0123 456 de 1 de janeiro de 2021 a 30 de junho de 2022.";

    internal static KindCatalogue Catalogue { get; } = KindCatalogue.Load(Support.Shipped.Reference);

    internal static RenderLetter Renderer { get; } = new(Catalogue, Support.Shipped.Texts);

    internal static LetterOfRequest Letter(RequestDocument document, string language) =>
        ComposeLetter.Of(document, new LetterItems(document, Catalogue), Support.Shipped.Texts, Support.Shipped.Reference, language);

    internal static RequestDocument Document(string kind = "mla") => new()
    {
        Id = Guid.Parse("0c1b6f6e-3a0f-4a53-9d6f-1d5f1c7f2a10"),
        Number = "DRCI/2026/0417",
        Date = new DateOnly(2026, 11, 21),
        Kind = kind,
        Requesting = "BRA",
        Requested = "ITA",
        Language = "pt",
        TargetLanguage = "en",
        Basis = Basis(),
        RequestingAuthority = new() { Name = "Ministério da Justiça e Segurança Pública, DRCI", Address = "Esplanada dos Ministérios, Bloco T\n70064-900 Brasília", Email = "drci@example.org", Telephone = "+55 61 0000 0000", Officer = "Ana Souza" },
        RequestedAuthority = new() { Name = "Ministero della Giustizia, Direzione generale degli affari internazionali", Address = "Via Arenula 70\n00186 Roma", Email = "affari@example.org" },
        Fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["proceedings.subject"] = "Tráfico internacional de cocaína e lavagem de dinheiro.",
            ["proceedings.nature"] = "investigation",
            ["proceedings.authority"] = "Ministério Público Federal em Santos",
            ["proceedings.reference"] = "IPL 0001234-56.2022",
            ["proceedings.law"] = "Lei n. 11.343/2006, art. 33; Lei n. 12.850/2013, art. 2.",
            ["proceedings.penalty"] = "15 anos de reclusão",
            ["proceedings.purpose"] = "Provar o destino do produto do crime.",
            ["facts.summary"] = Summary,
            ["facts.group"] = "Ao menos sete pessoas, com divisão de tarefas.",
            ["handling.urgent"] = "yes",
            ["handling.urgent-reason"] = "Os registros são apagados depois de cinco anos.",
            ["handling.confidential"] = "yes",
            ["handling.use-limitation"] = "yes",
            ["handling.deadline"] = "2027-03-01",
            ["handling.costs"] = "Despesas extraordinárias serão acordadas antes.",
            ["custom.remark"] = "Algo que o catálogo não conhece.",
        },
        Absences = new Dictionary<string, string>(StringComparer.Ordinal) { ["facts.transnational"] = "O vínculo ainda está sendo apurado.", ["firearms"] = "Nenhuma arma foi apreendida.", ["persons.documents"] = "Os documentos não são conhecidos." },
        Measures =
        [
            new() { Id = "m1", Code = "bank-records", Details = Details, Procedure = "Cópias certificadas por funcionário do banco.", Concerns = ["a1", "p1", "o1"] },
            new() { Id = "m2", Code = "voluntary-appearance", Details = "Comparecimento da testemunha em Santos.", Concerns = ["p2"] },
        ],
        Persons =
        [
            new()
            {
                Id = "p1", Role = "suspect", Names = [new("Haddad", "Karim"), new("حداد", "كريم", "Arab"), new("Haddad", "Karl", "Latn", "alias")], Born = "1970-04", BirthPlace = "Beirute", Sex = "male",
                Nationalities = ["BRA", "LBN"], Location = "Via Manzoni 12, Milano", Description = "Cicatriz na mão esquerda.", Documents = [new("passport", "FX123456", "BRA", "2028-05-31")],
            },
            new() { Id = "p2", Role = "witness", Names = [new("王", "小明", "Hans"), new("Wang", "Xiaoming")], Born = "1988" },
        ],
        Organizations = [new() { Id = "o1", Role = "Empresa de fachada.", Name = "Adriatica Trading S.r.l.", Registration = "MI-1234567", State = "ITA", Address = "Corso Como 1, Milano" }],
        Accounts = [new() { Id = "a1", Type = "iban", Number = "IT60X0542811101000000123456", Institution = "Banca Esempio", Holder = "Adriatica Trading S.r.l.", From = "2021-01-01", Until = "2022-06-30" }],
        Vehicles = [new() { Id = "v1", Type = "vessel", Number = "IMO 9074729", Registration = "Stella Maris", State = "PAN", Description = "Navio de carga azul." }],
        Property = [new() { Id = "t1", Type = "real-estate", Description = "Apartamento no quarto andar.", Location = "Via Manzoni 12, Milano", Value = 1250000m, Currency = "EUR", Owner = "Adriatica Trading S.r.l." }],
        Firearms = [new() { Id = "f1", Type = "pistola", Make = "Taurus", Model = "G2C", Calibre = "9 mm", Serial = "ABC12345", Country = "BRA", Markings = "Letra T no cano.", Found = "Achada no porto." }],
        Electronic = [new("e1", "email", "karim@example.net", "Example Mail", "2021-01-01T00:00:00Z", "2022-06-30T23:59:59Z")],
        Annexes = [new("x1", "Decisão judicial", "decisao.pdf", 123456, new string('a', 64), "application/pdf")],
        Translations =
        [
            new() { Field = "facts.summary", Language = "en", Text = "Between March 2021 and June 2022 the group shipped cocaine through the port of Santos.", Of = FreeTexts.Hash(Summary), Translator = "Marta Lima", Certification = "Sworn translator, São Paulo no. 811", CertifiedOn = "2026-11-10" },
            new() { Field = "measures/m1/details", Language = "en", Text = "Statements of the account as it was.", Of = FreeTexts.Hash("something else"), Translator = "Marta Lima" },
        ],
    };

    private static FrozenBasis Basis() => new(
        new DateOnly(2026, 11, 20), 1,
        new BasisReport(
            new("BRA", "ITA", "mla", "drug-trafficking", new DateOnly(2026, 11, 20), 15, true, true, null, null),
            [
                new("untoc", "United Nations Convention against Transnational Organized Crime", ["18"], "primary", new DateOnly(2006, 9, 1), [], [], [], []),
                new("drugs-1988", "1988 Convention", ["7", "3"], "supplementary", new DateOnly(1991, 11, 1), [], [], [], []),
                new("domestic-law", "Reciprocity", [], "fallback", null, [], [], [], []),
            ],
            [], []),
        ["untoc", "drugs-1988"]);
}
