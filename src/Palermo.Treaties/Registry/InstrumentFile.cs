using Palermo.Kernel;

namespace Palermo.Treaties.Registry;

/// <summary>Reads <c>instruments.csv</c> and <c>instrument-names.csv</c>.</summary>
internal static class InstrumentFile
{
    internal static Instrument[] Read(string folder)
    {
        var instruments = Rows(folder).Select(One).ToArray();
        foreach (var instrument in instruments)
            if (instrument.ParentId.Length > 0 && !instruments.Any(i => i.Id == instrument.ParentId))
                throw new DataFileException("instruments.csv", 1, "parent_id", $"unknown instrument “{instrument.ParentId}”");
        ReadNames(folder, instruments);
        return instruments;
    }

    /// <summary>The rows of <c>instruments.csv</c>.</summary>
    internal static IReadOnlyList<DataRow> Rows(string folder) => DataFile.Read(
        Path.Combine(folder, "instruments.csv"),
        "id", "abbreviation", "untc_number", "depositary", "parent_id", "parent_required", "open_to", "adopted_on", "adopted_at",
        "signature_from", "signature_until", "entry_into_force", "first_entry_into_force_rule", "later_party_days",
        "later_party_rule_source", "entry_into_force_article", "denunciation_notice", "denunciation_article",
        "registration_number", "unts_volume", "unts_page", "source", "as_at", "dated", "completeness").Rows;

    private static Instrument One(DataRow row, int index) => new()
    {
        Id = row.Required("id"),
        Abbreviation = row.Required("abbreviation"),
        UntcNumber = row["untc_number"],
        Depositary = row.OneOf("depositary", "un", "oas"),
        ParentId = row["parent_id"],
        ParentRequired = row.OneOf("parent_required", "yes", "no") == "yes",
        Regional = row.OneOf("open_to", "all", "oas-members") == "oas-members",
        AdoptedOn = row.Day("adopted_on") ?? throw row.Wrong("adopted_on", "a day was expected"),
        AdoptedAt = row["adopted_at"],
        SignatureFrom = row.Day("signature_from"),
        SignatureUntil = row.Day("signature_until"),
        EntryIntoForce = row.Day("entry_into_force"),
        FirstEntryRule = row["first_entry_into_force_rule"],
        LaterPartyDays = row.Number("later_party_days"),
        EntryIntoForceArticle = row["entry_into_force_article"],
        DenunciationNotice = row.OneOf("denunciation_notice", "", "P1Y", "P6M", "calendar") switch
        {
            "P1Y" => DenunciationNotice.OneYear,
            "P6M" => DenunciationNotice.SixMonths,
            "calendar" => DenunciationNotice.FirstOfJanuary,
            _ => DenunciationNotice.NotKnown,
        },
        DenunciationArticle = row["denunciation_article"],
        Registration = Registration(row),
        Source = row["source"],
        Index = index,
    };

    private static string Registration(DataRow row)
    {
        var series = row["unts_volume"].Length == 0 ? ""
            : row["unts_page"].Length == 0 ? row["unts_volume"] : $"UNTS {row["unts_volume"]}, {row["unts_page"]}";
        return row["registration_number"].Length == 0 ? series : $"{row["registration_number"]} ({series})";
    }

    private static void ReadNames(string folder, Instrument[] instruments)
    {
        var file = DataFile.Read(Path.Combine(folder, "instrument-names.csv"), "id", "language", "title", "short_title");
        foreach (var row in file.Rows)
        {
            var instrument = instruments.FirstOrDefault(i => i.Id == row["id"]) ?? throw row.Wrong("id", "unknown instrument");
            var language = Language.Find(row["language"]) ?? throw row.Wrong("language", "one of the seven languages was expected");
            instrument.SetNames(language, row.Required("title"), row.Required("short_title"));
        }

        foreach (var instrument in instruments)
            foreach (var language in Language.All)
                if (instrument.NameIn(language) is null)
                    throw new DataFileException("instrument-names.csv", file.Rows.Count + 1, "id", $"no name of {instrument.Id} in {language.Code}");
    }
}
