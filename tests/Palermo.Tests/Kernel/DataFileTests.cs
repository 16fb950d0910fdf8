using System.Text;
using Palermo.Kernel;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Kernel;

public sealed class DataFileTests
{
    [Fact]
    public void RowsAreReadByTitleInAnyOrderOfColumns()
    {
        var file = Read("date,state\n2014-06-01, BRA \n,\"a, \"\"b\"\"\n c\"\n");
        file.Rows.Count.ShouldBe(2);
        file.Rows[0]["state"].ShouldBe("BRA");
        file.Rows[0].Day("date").ShouldBe(new DateOnly(2014, 6, 1));
        file.Rows[0].Line.ShouldBe(2);
        file.Rows[1].Day("date").ShouldBeNull();
        file.Rows[1]["state"].ShouldBe("a, \"b\"\n c");
        file.Rows[1].Line.ShouldBe(3);
    }

    [Fact]
    public void AByteOrderMarkAndWindowsLineEndsAreTaken() =>
        Read("\uFEFFstate,date\r\nBRA,2014-06-01\r\n").Rows.ShouldHaveSingleItem()["state"].ShouldBe("BRA");

    [Theory]
    [InlineData("", 1, "state", "empty")]
    [InlineData("state,date,colour\nBRA,2014-06-01,red\n", 1, "colour", "unknown column")]
    [InlineData("state\nBRA\n", 1, "date", "missing")]
    [InlineData("state,date,state\nBRA,,ITA\n", 1, "state", "twice")]
    [InlineData("state,date\nBRA,2014-06-01\nITA\n", 3, "state", "2 cells")]
    [InlineData("state,date\nBRA,2014-06-01\nITA,2014-06-01,x\n", 3, "date", "found 3")]
    [InlineData("state,date\nBRA,2014-06-01\n\"ITA,2014-06-01\n", 3, "state", "quoting")]
    [InlineData("state,date\nBRA,2014-06-01\n\"ITA\"x,2014-06-01\n", 3, "state", "quoting")]
    public void ABrokenFileIsNamedWithLineAndColumn(string text, int line, string column, string problem)
    {
        var e = Should.Throw<DataFileException>(() => Read(text));
        (e.File, e.Line, e.Column).ShouldBe(("facts.csv", line, column));
        e.Message.ShouldContain(problem);
        e.Message.ShouldStartWith($"facts.csv, line {line}, column {column}: ");
    }

    [Theory]
    [InlineData("2014-02-30")]
    [InlineData("1 June 2014")]
    [InlineData("3014-01-01")]
    public void ABadDayIsNamedWithItsCell(string day)
    {
        var row = Read($"state,date\nBRA,2014-06-01\nITA,{day}\n").Rows[1];
        var e = Should.Throw<DataFileException>(() => row.Day("date"));
        (e.Line, e.Column).ShouldBe((3, "date"));
        e.Message.ShouldContain(day);
    }

    [Fact]
    public void EmptyNumbersAndListsAreNamedWithTheirCell()
    {
        var row = Read("state,date\nx,\n").Rows[0];
        Should.Throw<DataFileException>(() => row.Required("date")).Column.ShouldBe("date");
        Should.Throw<DataFileException>(() => row.Number("state")).Message.ShouldContain("whole number");
        row.Number("date").ShouldBeNull();
        Should.Throw<DataFileException>(() => row.OneOf("state", "a", "b")).Message.ShouldContain("one of a, b");
    }

    [Fact]
    public void BytesThatAreNotUtf8AreNamedWithTheirLine()
    {
        byte[] content = [.. "state,date\nBRA,\n"u8, .. Encoding.Latin1.GetBytes("Côte,\n")];
        var e = Should.Throw<DataFileException>(() => DataFile.Read("facts.csv", content, "state", "date"));
        e.Line.ShouldBe(3);
        e.Message.ShouldContain("UTF-8");
    }

    [Fact]
    public void ARecordWithoutEndIsRefused()
    {
        var e = Should.Throw<DataFileException>(() => Read("state,date\nBRA,\n" + new string('x', 3 << 20) + ",\n"));
        e.File.ShouldBe("facts.csv");
        e.Message.Length.ShouldBeLessThan(500);
        Should.Throw<DataFileException>(() => Read("state,date\n\"" + new string('x', 3 << 20))).Message.Length.ShouldBeLessThan(500);
    }

    [Fact]
    public void AMissingFileIsNamed()
    {
        using var folder = new TestFolder();
        Should.Throw<DataFileException>(() => DataFile.Read(folder.File("none.csv"), "state")).Message.ShouldContain("none.csv, line 1");
    }

    private static DataFile Read(string text) => DataFile.Read("facts.csv", Encoding.UTF8.GetBytes(text), "state", "date");
}
