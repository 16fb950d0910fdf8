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
    public static string Query(BasisQuery query)
    {
        var text = new StringBuilder($"from={query.From.Code}&to={query.To.Code}&kind={Codes.Of(query.Kind)}&offence={Codes.Of(query.Offence)}&on={Dates.Iso(query.On)}");
        if (query.MaxPenaltyYears is { } years) text.Append(CultureInfo.InvariantCulture, $"&maxPenalty={years:0.##}");
        Add("group", query.Group);
        Add("transnational", query.Transnational);
        Add("ownNational", query.OwnNational);
        if (query.Territory is { } territory) text.Append(CultureInfo.InvariantCulture, $"&territory={territory.Code}");
        return text.ToString();

        void Add(string name, bool? value)
        {
            if (value is { } known) text.Append(CultureInfo.InvariantCulture, $"&{name}={(known ? "yes" : "no")}");
        }
    }
}
