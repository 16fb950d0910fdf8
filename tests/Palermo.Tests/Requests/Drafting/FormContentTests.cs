using System.Text.Json.Nodes;
using Palermo.Kernel;
using Palermo.Requests.Drafting;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Requests.Drafting;

public sealed class FormContentTests
{
    [Fact]
    public void Texts_stand_where_their_path_says_and_come_back_from_there()
    {
        FormField[] fields = [new("fields/facts.summary", "", "long-text"), new("requestedAuthority/name", ""), new("persons/p1/names/0/family", ""), new("persons/p1/nationalities", "", "many")];
        var content = FormContent.With([], fields, path => path switch { "fields/facts.summary" => "a\r\nb", "persons/p1/nationalities" => "BRA, ITA", _ => path });
        content.ToJsonString().ShouldBe("""{"fields":{"facts.summary":"a\nb"},"requestedAuthority":{"name":"requestedAuthority/name"},"persons":[{"id":"p1","names":[{"family":"persons/p1/names/0/family"}],"nationalities":["BRA","ITA"]}]}""");
        FormContent.Read(content, fields[3]).ShouldBe("BRA, ITA");
    }

    [Fact]
    public void What_the_form_does_not_show_stays()
    {
        var before = (JsonObject)JsonNode.Parse("""{"fields":{"a":"1","b":"2"},"later":{"x":1}}""")!;
        FormContent.With(before, [new("fields/a", "")], _ => "").ToJsonString().ShouldBe("""{"fields":{"b":"2"},"later":{"x":1}}""");
    }

    [Fact]
    public void A_text_that_is_too_long_is_refused_with_its_field()
    {
        var refused = Should.Throw<RefusedException>(() => FormContent.With([], [new("fields/a", "") { Longest = 10 }], _ => new string('x', 11)));
        refused.Field.ShouldBe("fields/a");
        refused.Text.Key.ShouldBe("drafting.field-too-long");
    }

    [Fact]
    public void Marks_of_direction_are_taken_out_of_lines_and_left_to_the_letter_in_long_texts() =>
        FormContent.With([], [new("fields/a", "")], _ => "a\u202Eb").ToJsonString().ShouldBe("""{"fields":{"a":"ab"}}""");
}
