using Palermo.Data;
using Palermo.Data.Access;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;
using Palermo.Requests.Search;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Search;

/// <summary>What is found by which words, on both databases.</summary>
public sealed class SearchIndexTests
{
    [Theory, EveryDatabase]
    public void NumbersNamesAndWordsAreFoundHoweverTheyAreWritten(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var (viewer, request) = One(record);
        foreach (var text in new[]
        {
            "BRA-2026-00012", "bra2026", "bra-2026", "joao nunez", "NÚÑEZ", "nuñ", "o'brien", "obrien", "de89 3704 0044 0532 0130 00", "DE89370400440532013000", "иванов", "李小", "小龙", "龙", "containers cargo", "ship contain",
        })
            Found(record, viewer, text).ShouldNotBeEmpty(text);
        foreach (var text in new[] { "unez", "joao iraklis", "bra-2027", "de89 9999 9999 9999", "李龙" }) Found(record, viewer, text).ShouldBeEmpty(text);
        Found(record, viewer, "contain cargo").ShouldBe([request]);
    }

    [Theory, EveryDatabase]
    public void WhatMeansSomethingToTheDatabaseIsHarmless(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var (viewer, _) = One(record);
        foreach (var text in new[]
        {
            "\"", "'", "' OR 1=1 --", "*", "a* NEAR b", "words:x", "^joao", "(((", "NOT joao", "joao AND", "joao) OR (x", "-joao", "{words}: x", "a:*b", "joao & !x | <->", "\\", "\0joao\0", "%", "\ud800", "'; DROP TABLE cases; --", "\u202Ejoao",
        })
            Should.NotThrow(() => Found(record, viewer, text), text);
        Found(record, viewer, "\u202Ejo\u0301ao").ShouldNotBeEmpty("marks of direction and accents do not matter");
    }

    [Theory, EveryDatabase]
    public void WordsThatWereTakenOutAreNotFoundAnyMore(Provider provider)
    {
        using var record = TestRecord.Shipped(provider);
        var (viewer, id) = One(record);
        Change.Make(record.Database, Actor.CommandLine, record.Clock, change =>
        {
            var request = change.Context.Set<Request>().Single(r => r.Id == id);
            request.Title = "Something else";
            SearchIndex.Put(change, request, ofCase: false);
        });
        Found(record, viewer, "cargo").ShouldBeEmpty();
        Found(record, viewer, "something").ShouldBe([id]);
    }

    private static List<Guid> Found(TestRecord record, Viewer viewer, string text)
    {
        using var context = record.Database.Connect();
        return [.. SearchCases.Page(context, viewer, text, null)?.Items.Select(i => i.Request?.Id ?? i.Case.Id) ?? []];
    }

    /// <summary>One case with a person, an account and one request.</summary>
    private static (Viewer Viewer, Guid Request) One(TestRecord record)
    {
        var organization = Guid.NewGuid();
        var viewer = new Viewer(Guid.NewGuid(), "Officer", "test", [new Standing(Role.Officer, organization, $"{organization}/")]);
        return (viewer, Change.Make(record.Database, viewer.Actor, record.Clock, change =>
        {
            change.Context.Add(new Organization { Id = organization, Path = $"{organization}/", Name = "Office", State = "BRA" });
            var file = new CaseFile { Id = Guid.NewGuid(), Organization = organization, OrganizationPath = $"{organization}/", Number = "C-2026-00001", Title = "Harbour", CreatedBy = viewer.Person, CreatedAt = change.Now };
            var request = new Request
            {
                Id = Guid.NewGuid(), Case = file.Id, OrganizationPath = file.OrganizationPath, Outgoing = true, Kind = "mla", Requesting = "BRA", Requested = "ITA", Number = "BRA-2026-00012", Title = "Containers, ship and cargo",
                Stage = "draft", StageSince = change.Now, WaitingFor = "us", CreatedBy = viewer.Person, CreatedAt = change.Now, ChangedAt = change.Now,
            };
            change.Context.AddRange(file, request);
            foreach (var (name, key) in new[] { ("João Núñez", "joao nunez"), ("O’Brien", "obrien"), ("O'Brien", "obrien"), ("Иванов", "иванов"), ("李小龙", "李小龙"), ("DE89 3704 0044 0532 0130 00", "DE89370400440532013000") })
                change.Context.Add(new NamedThing { Case = file.Id, Subject = file.Id, Step = "persons", Kind = "person", Name = name, Key = key });
            SearchIndex.Put(change, request, ofCase: false);
            SearchIndex.PutCase(change.Context, file.Id);
            return request.Id;
        }));
    }
}
