using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Palermo.Tests.Support;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Commands;

/// <summary>What cannot be started or read is one sentence and exit code 2.</summary>
public sealed class ServeTests
{
    [Fact]
    public void APortThatIsTakenIsSaid()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Refused("serve", "--urls", "http://127.0.0.1:" + ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)).ShouldContain("in use");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("http://127.0.0.1:0/path")]
    [InlineData("ftp://127.0.0.1:0")]
    public void AddressesThatAreNoneAreNamed(string urls) => Refused("serve", "--urls", urls).ShouldContain(urls);

    [Fact]
    public void AFileThatCannotBeReadIsSaid()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("needs a file that exists and cannot be read by anybody");
        Refused("treaties", "import", "/proc/self/mem").ShouldNotBeEmpty();
    }

    [Fact]
    public void ARecordThatLostATableIsSaid()
    {
        using var record = TestRecord.Shipped(Provider.Sqlite);
        using (var connection = new SqliteConnection($"Data Source={record.Connection}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DROP TABLE batches";
            command.ExecuteNonQuery();
        }

        Refused(record, "treaties", "list").ShouldContain("batches");
    }

    [Fact]
    public void TheDemoKeepsItsRecordWhereNobodyElseCanPutOne()
    {
        using var home = new TestFolder();
        var record = Palermo.Commands.Serve.DemoRecord(home.Path);
        record.ShouldBe(Path.Combine(home.Path, "palermo", "demo", "palermo.db"));
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(Path.GetDirectoryName(record)!).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string Refused(params string[] command)
    {
        using var record = TestRecord.Shipped(Provider.Sqlite);
        return Refused(record, command);
    }

    private static string Refused(TestRecord record, params string[] command)
    {
        using var error = new StringWriter();
        Program.Run([.. command, "--data", record.Connection], TextWriter.Null, error).ShouldBe(2);
        return error.ToString().TrimEnd().Split('\n').ShouldHaveSingleItem();
    }
}
