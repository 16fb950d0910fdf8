using Palermo.Kernel;
using Palermo.Requests.Document;
using Palermo.Requests.Kinds;

namespace Palermo.Requests.Completeness;

/// <summary>Whether each item its kind asks for is there, or says why it is not.</summary>
internal static class RequiredItems
{
    internal static void Check(FindingList findings, StateRequirements? requirements)
    {
        var request = findings.Request;
        var items = findings.Catalogue.Items(request.Kind);
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            if (!ItemApplies.To(item, request, requirements) || (item.Type is not ItemType.Attribute && EarlierApplies(items, i, request, requirements))) continue;
            if (item.Type == ItemType.Attribute) CheckEntries(findings, items, i, requirements);
            else if (!IsThere(item, request)) Absent(findings, item, item.Name, null);
            else CheckValue(findings, item);
        }

        CheckMeasures(findings);
    }

    /// <summary>Of the rows of one item the first that applies counts; a list may have one row for all entries and another for some, and an attribute counts entry by entry.</summary>
    private static bool EarlierApplies(IReadOnlyList<RequestItem> items, int at, RequestDocument request, StateRequirements? requirements)
    {
        var item = items[at];
        if (item.Type == ItemType.List && ItemApplies.EntryCondition(item) is not null) return false;
        for (var j = item.Earlier; j >= 0; j = items[j].Earlier)
            if (ItemApplies.To(items[j], request, requirements)) return true;
        return false;
    }

    private static bool IsThere(RequestItem item, RequestDocument request)
    {
        if (item.Type == ItemType.Member) return !string.IsNullOrWhiteSpace(DocumentShape.Members[item.Name](request));
        if (item.Type == ItemType.List)
        {
            foreach (var entry in DocumentShape.Lists[item.Name].Entries(request))
                if (ItemApplies.ToEntry(item, entry)) return true;
            return false;
        }

        return request.Fields.TryGetValue(item.Name, out var text) && !string.IsNullOrWhiteSpace(text);
    }

    private static void CheckEntries(FindingList findings, IReadOnlyList<RequestItem> items, int at, StateRequirements? requirements)
    {
        var item = items[at];
        var list = DocumentShape.Lists[item.ListName!];
        var read = list.Attributes[item.AttributeName];
        foreach (var entry in list.Entries(findings.Request))
            if (ItemApplies.ToEntry(item, entry) && string.IsNullOrWhiteSpace(read(entry)) && !EarlierMeans(entry))
                Absent(findings, item, $"{item.ListName}/{list.Id(entry)}/{item.AttributeName}", RefusedException.Shorten(list.Label(entry)));

        bool EarlierMeans(object entry)
        {
            for (var j = item.Earlier; j >= 0; j = items[j].Earlier)
                if (ItemApplies.ToEntry(items[j], entry) && ItemApplies.To(items[j], findings.Request, requirements)) return true;
            return false;
        }
    }

    private static void Absent(FindingList findings, RequestItem item, string field, string? entry)
    {
        if (item.Level == ItemLevel.Optional) return;
        if (item.Level == ItemLevel.Expected && (HasReason(findings.Request, field) || HasReason(findings.Request, item.Name))) return;
        var severity = item.Level == ItemLevel.Mandatory ? Severities.Missing : Severities.ReasonNeeded;
        var key = "request.finding." + severity;
        object? such = null;
        if (ItemApplies.EntryCondition(item) is { } condition)
        {
            key += ".such";
            such = condition.Values.Select(v => (object)new Message(condition.Subject == "code" ? $"request.measure.{v}" : $"request.choice.{item.ListName ?? item.Name}.{condition.Subject}.{v}")).ToArray();
        }

        findings.Add(item.Section, field, findings.Article(item), severity, string.IsNullOrEmpty(entry)
            ? new Message(key, ("item", new Message(item.TextKey)), ("values", such))
            : new Message("request.finding." + severity + ".of", ("item", new Message(item.TextKey)), ("entry", entry)));
    }

    private static bool HasReason(RequestDocument request, string name) => request.Absences.TryGetValue(name, out var reason) && !string.IsNullOrWhiteSpace(reason);

    /// <summary>A day that is none, an answer that is neither yes nor no, a choice that is not offered, an undertaking that is withheld.</summary>
    private static void CheckValue(FindingList findings, RequestItem item)
    {
        if (!item.IsField) return;
        var text = findings.Request.Field(item.Name);
        var key = item.Type switch
        {
            ItemType.Day when !Dates.TryParse(text, out _) => "request.finding.day",
            ItemType.YesNo when text is not ("yes" or "no") => "request.finding.yes-no",
            ItemType.Assurance when text is not "yes" => item.Level == ItemLevel.Optional ? null : text is "no" ? "request.finding.assurance" : "request.finding.yes-no",
            ItemType.Choice when !item.Choices.Contains(text, StringComparer.Ordinal) => "request.finding.choice",
            _ => null,
        };
        if (key is null) return;
        findings.Add(item.Section, item.Name, findings.Article(item), Severities.Wrong, key,
            ("item", new Message(item.TextKey)), ("given", RefusedException.Shorten(text)), ("choices", item.Choices));
    }

    /// <summary>A measure this kind does not know, and a measure that concerns nothing it could be carried out on.</summary>
    private static void CheckMeasures(FindingList findings)
    {
        var request = findings.Request;
        foreach (var asked in request.Measures)
        {
            if (asked.Code.Length == 0 || findings.Catalogue.Find(request.Kind) is null) continue;
            var path = $"measures/{asked.Id}/";
            if (findings.Catalogue.Measure(request.Kind, asked.Code) is not { } measure)
                findings.Add("measures", path + "code", default, Severities.Wrong, "request.finding.measure-unknown", ("given", RefusedException.Shorten(asked.Code)));
            else if (measure.Needs.Count > 0 && !Concerns(findings, asked, measure))
                findings.Add("measures", path + "concerns", findings.Article(measure.Articles), Severities.Missing, "request.finding.measure-needs",
                    ("measure", new Message("request.measure." + measure.Code)), ("lists", measure.Needs.Select(n => (object)new Message("request.item." + n)).ToArray()));
        }
    }

    /// <summary>A measure that names nothing it concerns may concern everything in the request.</summary>
    private static bool Concerns(FindingList findings, MeasureEntry asked, RequestMeasure measure)
    {
        foreach (var concerned in asked.Concerns)
            if (findings.ListOf(concerned) is { } list && measure.Needs.Contains(list, StringComparer.Ordinal)) return true;
        if (asked.Concerns.Count == 0)
            foreach (var name in measure.Needs)
                if (DocumentShape.Lists[name].Entries(findings.Request).Count > 0) return true;
        return false;
    }
}
