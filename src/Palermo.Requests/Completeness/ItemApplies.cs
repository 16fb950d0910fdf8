using Palermo.Requests.Document;
using Palermo.Requests.Kinds;
using Palermo.Treaties.LegalBasis;

namespace Palermo.Requests.Completeness;

/// <summary>Whether an item of <c>items.csv</c> is asked for in a document.</summary>
public static class ItemApplies
{
    /// <summary>Whether all conditions about the whole document hold.</summary>
    public static bool To(RequestItem item, RequestDocument request, StateRequirements? requirements)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(request);
        for (var i = 0; i < item.Conditions.Count; i++)
            if (!Holds(item.Conditions[i], request, requirements)) return false;
        return true;
    }

    /// <summary>The basis the request relies on first of all, as the finder gave it; null when it is not in the frozen answer.</summary>
    internal static BasisReport.AvailableItem? Primary(RequestDocument request)
    {
        if (request.Basis is not { Relied.Count: > 0 } basis) return null;
        foreach (var available in basis.Report.Available)
            if (available.Instrument == basis.Relied[0]) return available;
        return null;
    }

    /// <summary>What the basis says about a requirement; null when it does not name it or does not know.</summary>
    internal static string? Requirement(RequestDocument request, string code)
    {
        if (Primary(request) is { } primary)
            foreach (var requirement in primary.Requirements)
                if (requirement.Code == code) return requirement.Value;
        return null;
    }

    /// <summary>Which entries of the list are meant; null when every entry counts.</summary>
    internal static ItemCondition? EntryCondition(RequestItem item)
    {
        for (var i = 0; i < item.Conditions.Count; i++)
            if (item.Conditions[i].Kind == ConditionKind.Entry) return item.Conditions[i];
        return null;
    }

    /// <summary>Whether the conditions about one entry of the item's list hold.</summary>
    internal static bool ToEntry(RequestItem item, object entry)
    {
        for (var i = 0; i < item.Conditions.Count; i++)
        {
            var condition = item.Conditions[i];
            if (condition.Kind is not (ConditionKind.Entry or ConditionKind.NotEntry)) continue;
            var value = DocumentShape.Lists[item.ListName ?? item.Name].Attributes[condition.Subject](entry);
            if (condition.Kind == ConditionKind.Entry ? !condition.Values.Contains(value, StringComparer.Ordinal) : value.Length > 0) return false;
        }

        return true;
    }

    private static bool Holds(ItemCondition condition, RequestDocument request, StateRequirements? requirements) => condition.Kind switch
    {
        ConditionKind.Urgent => request.Field("handling.urgent") == "yes",
        ConditionKind.OwnNational => request.Basis?.Report.Query.OwnNational == true,
        ConditionKind.Field => condition.Values.Contains(request.Field(condition.Subject), StringComparer.Ordinal),
        ConditionKind.Filled => request.Field(condition.Subject).Length > 0,
        ConditionKind.Measure => AsksFor(request, condition.Values),
        ConditionKind.NotOnlyMeasure => !AsksOnlyFor(request, condition.Values),
        ConditionKind.NoList => AllEmpty(request, condition.Values),
        ConditionKind.Relied => request.Basis is { Relied.Count: > 0 } basis && condition.Values.Contains(basis.Relied[0], StringComparer.Ordinal),
        ConditionKind.Required => IsRequired(request, requirements, condition.Values),
        ConditionKind.Open => IsOpen(request, condition.Values),
        _ => true,
    };

    private static bool AsksFor(RequestDocument request, IReadOnlyList<string> codes)
    {
        foreach (var measure in request.Measures)
            if (codes.Contains(measure.Code, StringComparer.Ordinal)) return true;
        return false;
    }

    private static bool AsksOnlyFor(RequestDocument request, IReadOnlyList<string> codes)
    {
        foreach (var measure in request.Measures)
            if (!codes.Contains(measure.Code, StringComparer.Ordinal)) return false;
        return request.Measures.Count > 0;
    }

    private static bool AllEmpty(RequestDocument request, IReadOnlyList<string> lists)
    {
        foreach (var list in lists)
            if (DocumentShape.Lists[list].Entries(request).Count > 0) return false;
        return true;
    }

    /// <summary>What the authority says now goes before what the treaty's record said when the basis was found.</summary>
    private static bool IsRequired(RequestDocument request, StateRequirements? requirements, IReadOnlyList<string> codes)
    {
        foreach (var code in codes)
        {
            if (code == "dual-criminality" && requirements?.DualCriminality is { } asked)
            {
                if (asked) return true;
            }
            else if (Requirement(request, code) == "required") return true;
        }

        return false;
    }

    private static bool IsOpen(RequestDocument request, IReadOnlyList<string> codes)
    {
        if (Primary(request) is { } primary)
            foreach (var condition in primary.Conditions)
                if (condition.Met is null && codes.Contains(condition.Code, StringComparer.Ordinal)) return true;
        return false;
    }
}
