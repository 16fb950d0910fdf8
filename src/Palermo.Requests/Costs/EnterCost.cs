using System.Collections.Frozen;
using System.Globalization;
using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel;
using Palermo.Kernel.Access;
using Palermo.Requests.Cases;

namespace Palermo.Requests.Costs;

/// <summary>A cost as a form gives it.</summary>
internal sealed record CostInput(string? Stage, string? Nature, string? Amount, string? Currency, string? BorneBy, string? Text);

/// <summary>Writes down a cost that was agreed or incurred.</summary>
internal static class EnterCost
{
    internal const int LongestText = 500;
    private const decimal Most = 1_000_000_000_000m;
    private const int MostOfOneRequest = 1000;

    private static readonly FrozenSet<string> Currencies = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(c => new RegionInfo(c.Name).ISOCurrencySymbol).Where(c => c.Length == 3).Append("CHF").ToFrozenSet(StringComparer.Ordinal);

    /// <exception cref="RefusedException">Something cannot be understood, or the viewer may not write here.</exception>
    internal static void Add(RequestsModule module, Viewer viewer, Guid requestId, CostInput input)
    {
        if (input.Stage is not (CostsAgreed.Agreed or CostsAgreed.Incurred)) throw new RefusedException("costs.stage.wrong") { Field = "stage" };
        if (input.Nature is not ("ordinary" or "extraordinary")) throw new RefusedException("costs.nature.wrong") { Field = "nature" };
        if (input.BorneBy is not (CostsAgreed.Requesting or CostsAgreed.Requested)) throw new RefusedException("costs.borne.wrong") { Field = "borneBy" };
        var amount = AmountOf(input.Amount);
        var currency = (input.Currency ?? "").Trim().ToUpperInvariant();
        if (!Currencies.Contains(currency)) throw new RefusedException("costs.currency.wrong", ("given", RefusedException.Shorten(input.Currency))) { Field = "currency" };
        var text = Plain.Text((input.Text ?? "").Trim().Take(LongestText)).Trim();
        if (text.Length == 0) throw new RefusedException("costs.text.wrong", ("n", LongestText)) { Field = "text" };
        Change.Make(module.Database, viewer.Actor, module.Clock, change =>
        {
            var request = Visible.Request(change.Context, viewer, requestId);
            Visible.MustWrite(change.Context, viewer, request.Case, request.OrganizationPath);
            if (change.Context.Set<Cost>().Count(c => c.Request == requestId) >= MostOfOneRequest) throw new RefusedException("costs.too-many", ("n", MostOfOneRequest));
            change.Context.Add(new Cost
            {
                Request = requestId, Stage = input.Stage, Extraordinary = input.Nature == "extraordinary", Amount = amount, Currency = currency, BorneBy = input.BorneBy, Text = text, At = change.Now,
            });
            change.Audit("request.cost", request.Case.ToString(), request.Id.ToString(), "", string.Create(CultureInfo.InvariantCulture, $"{input.Stage} {input.Nature} {amount} {currency} {input.BorneBy} {text}"));
            request.ChangedAt = change.Now;
        });
    }

    /// <summary>An amount with at most two decimals; point or comma before them, spaces between thousands.</summary>
    private static decimal AmountOf(string? text)
    {
        var plain = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c))).Replace(',', '.');
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount is > 0 and <= Most && decimal.Round(amount, 2) == amount
            ? amount : throw new RefusedException("costs.amount.wrong", ("given", RefusedException.Shorten(text))) { Field = "amount" };
    }
}
