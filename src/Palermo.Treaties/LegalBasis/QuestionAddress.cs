using System.Globalization;
using System.Text;
using Palermo.Kernel;

namespace Palermo.Treaties.LegalBasis;

/// <summary>The permanent address of a question: codes only, always with its day, always in the same order.</summary>
public static class QuestionAddress
{
    /// <summary>Path and query of the answer's page.</summary>
    public static string Of(BasisQuery query) => "/basis?" + Query(query);

    /// <summary>The question as a query string.</summary>
    public static string Query(BasisQuery query) => States(query) + "&offence=" + Codes.Of(query.Offence) + Facts(query);

    /// <summary>The question without its offence, as a query string.</summary>
    public static string QueryOfAllOffences(BasisQuery query) => States(query) + Facts(query);

    /// <summary>One state's question to all others as a query string.</summary>
    public static string Query(MatrixQuestion question) =>
        $"state={question.State.Code}&side={(question.Asks ? "requesting" : "requested")}&kind={Codes.Of(question.Kind)}&offence={Codes.Of(question.Offence)}"
        + Facts(question.On, question.MaxPenaltyYears, question.Group, question.Transnational, question.OwnNational);

    /// <summary>A question's address as the hidden fields of a form.</summary>
    public static IEnumerable<(string Name, string Value)> Parameters(string query) =>
        query.Split('&').Select(p => p.Split('=')).Select(p => (p[0], p[1]));

    private static string States(BasisQuery query) => $"from={query.From.Code}&to={query.To.Code}&kind={Codes.Of(query.Kind)}";

    private static string Facts(BasisQuery query) =>
        Facts(query.On, query.MaxPenaltyYears, query.Group, query.Transnational, query.OwnNational)
        + (query.Territory is { } territory ? "&territory=" + territory.Code : "");

    private static string Facts(DateOnly on, decimal? maxPenaltyYears, bool? group, bool? transnational, bool? ownNational)
    {
        var text = new StringBuilder($"&on={Dates.Iso(on)}");
        if (maxPenaltyYears is { } years) text.Append(CultureInfo.InvariantCulture, $"&maxPenalty={years:0.##}");
        Add("group", group);
        Add("transnational", transnational);
        Add("ownNational", ownNational);
        return text.ToString();

        void Add(string name, bool? value)
        {
            if (value is { } known) text.Append(CultureInfo.InvariantCulture, $"&{name}={(known ? "yes" : "no")}");
        }
    }
}
