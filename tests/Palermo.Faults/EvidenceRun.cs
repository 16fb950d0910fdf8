using Palermo.Data;
using Palermo.Exchange.Evidence.Packing;
using Palermo.Exchange.Evidence.Record;
using Palermo.Kernel;
using Palermo.Kernel.Access;

namespace Palermo.Faults;

/// <summary>
/// A package of evidence moves from one node to another, in both directions of the line, while sender and receiver are killed in turns at random
/// bytes and names; then onto a disk that is full. It must arrive whole, and nothing may be released before it was verified.
/// </summary>
internal sealed class EvidenceRun(int kills, int megabytes, int seed, Action<string> say)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Random _random = new(seed);
    private readonly List<string> _faults = [];
    private int _killed;

    /// <returns>What is not as it must be; empty when all is.</returns>
    internal async Task<IReadOnlyList<string>> Run(string folder, string template, Texts texts)
    {
        using var brazil = new ServedNode(new("bra", "BRA"), folder, template, texts, seed, new LineCounts());
        using var italy = new ServedNode(new("ita", "ITA"), folder, template, texts, seed + 1, new LineCounts());
        ServedNode.Introduce(brazil, italy);
        var (asks, answers) = (new Office(brazil), new Office(italy));
        byte[][] contents = [Content(17), Content(megabytes * 1_000_000), Content((5 << 20) + 3)];
        EvidenceSource[] sources = [.. contents.Select((c, i) => new EvidenceSource($"file{i + 1}.bin", "application/octet-stream", [], _ => Task.FromResult<Stream>(new MemoryStream(c, writable: false))))];
        var packed = await OfferEvidence.For(brazil.Node.Exchange, asks.Officer, asks.Begin(), sources, brazil.Node.Exchange.Trust.Find("palermo:ita")!, CancellationToken.None);
        var id = packed.Manifest.Id;
        var here = brazil.Node.Exchange.Evidence.FolderOf(id);
        var request = answers.Begin();
        Change.Make(italy.Node.Exchange.Database, Actor.Node, TimeProvider.System, change => AnnounceEvidence.Record(italy.Node.Exchange, change, request, packed, null, "palermo:bra"));
        var verdict = new EvidenceVerdict(here, packed.Manifest, contents, italy, _faults);

        var store = Directory.CreateDirectory(Path.Combine(italy.Node.Exchange.Store, "evidence")).FullName;
        await Break("sent", italy, () => CommandRun.Start("evidence", "send", here.Path, "--to", "palermo:ita", "--data", brazil.Record), store, receiverServes: true, verdict.Taken,
            // After its last byte: between the file's name and the record, and between the package's head and the record.
            [name => name == "3.sealed", name => name == "manifest.json"]);
        if (_faults.Count == 0) await verdict.Verified(Patience);
        await italy.Stop(kill: false);

        var fetched = Directory.CreateDirectory(Path.Combine(folder, "fetched")).FullName;
        await Break("fetched", brazil, () => Fetch(italy, id, fetched), fetched, receiverServes: false, () => verdict.Fetched(fetched), []);
        if (_faults.Count == 0) await Examine(italy, brazil, fetched);
        if (_faults.Count == 0) await FullDisk(italy, id, folder);
        say($"evidence: {_killed} killed, {brazil.Line.Counts.Bytes + italy.Line.Counts.Bytes:N0} bytes over the line for twice {packed.Manifest.SealedLength:N0}; {_faults.Count} faults");
        return _faults;
    }

    private byte[] Content(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    private static CommandRun Fetch(ServedNode italy, Guid id, string target) =>
        CommandRun.Start("evidence", "receive", id.ToString(), "--from", "palermo:bra", "--out", target, "--data", italy.Record);

    /// <summary>Moves the package while one end serves and the other is a command, and kills them in turns until it is there.</summary>
    /// <param name="what">What to call it.</param>
    /// <param name="server">The end that serves.</param>
    /// <param name="start">Starts the command.</param>
    /// <param name="watched">Where the package arrives.</param>
    /// <param name="receiverServes">Whether it is the serving end that receives.</param>
    /// <param name="check">Looks at what has arrived after each fall.</param>
    /// <param name="last">Names at which the receiver is killed when all other falls are over.</param>
    private async Task Break(string what, ServedNode server, Func<CommandRun> start, string watched, bool receiverServes, Action check, IReadOnlyList<Func<string, bool>> last)
    {
        // The falls at bytes lie all over the package, each at random in what is left for it and those after it; the rest of it is for what still comes while a process dies.
        var left = (long)(0.8 * (megabytes + 5) * 1_000_000);
        await server.Start();
        var command = start();
        try
        {
            for (var round = 0; round < kills + last.Count && _faults.Count == 0; round++)
            {
                var serverFalls = round >= kills ? receiverServes : (round % 2 == 0) == receiverServes;
                var names = _random.Next(1, 12);
                // Names come and go at the receiver, so every other of its falls may be at one of them.
                Func<string, bool> name = round >= kills ? last[round - kills] : serverFalls == receiverServes && round % 4 == 0 ? _ => --names == 0 : _ => false;
                var at = round >= kills ? long.MaxValue / 2 : _random.NextInt64(1, Math.Max(2, 2 * left / (kills - round + 1)));
                left -= at;
                using var trap = new Trap(server.Line, at, watched, name, serverFalls ? server.Kill : command.Kill);
                server.Line.Partitioned = false;
                var exit = command.Exit();
                if (await Task.WhenAny(trap.Sprung, exit) == exit && !trap.Sprung.IsCompleted)
                {
                    _faults.Add($"{what}: the command ended after {round} of {kills + last.Count} falls, with {await exit}: {command.Said}");
                    break;
                }

                var fell = await trap.Sprung;
                // Nothing moves until whoever fell stands again and knows where it will fall next.
                server.Line.Partitioned = true;
                _killed++;
                if (serverFalls) await server.Stop(kill: true);
                else await command.Exit();
                check();
                say($"{what}: {(serverFalls == receiverServes ? "receiver" : "sender")} killed at {fell}");
                if (serverFalls) await server.Start();
                if (!serverFalls || command.Exit().IsCompleted)
                {
                    command.Dispose();
                    command = start();
                }
            }

            server.Line.Partitioned = false;
            if (await command.Exit() is not 0 and var code) _faults.Add($"{what}: the command ended with {code}: {command.Said}");
            check();
            say($"{what}: whole");
        }
        finally
        {
            command.Dispose();
        }
    }

    /// <summary>What was fetched is examined with the program's own commands, as a court's expert would.</summary>
    private async Task Examine(ServedNode italy, ServedNode brazil, string fetched)
    {
        var key = italy.Node.Exchange.Trust.Folder;
        var (code, said) = await CommandRun.ToEnd(CommandRun.Info(CommandRun.Dotnet, CommandRun.Palermo, "evidence", "verify", fetched, "--certificates", Path.Combine(brazil.Node.Exchange.Trust.Folder, "certificate.pem"), "--key", key));
        if (code != 0) _faults.Add($"verify ended with {code}: {said}");
    }

    /// <summary>Fetches onto a disk without room for it: says so at once, and again while nothing has changed, and goes on once there is room.</summary>
    private async Task FullDisk(ServedNode italy, Guid id, string folder)
    {
        var target = Directory.CreateDirectory(Path.Combine(folder, "small")).FullName;
        const string mounted = "mount -t tmpfs -o size=9m none \"$OUT\" || exit 77; fetch; fetch; mount -o remount,size=2g \"$OUT\"; fetch; \"$DOTNET\" \"$PALERMO\" evidence verify \"$OUT\"; echo exit $?";
        // Where nothing may be mounted: a process that may write no file longer than this (in units of 512 bytes). The runtime maps its own code twice through a file that is longer, unless told not to.
        const string limited = "limited() { trap '' XFSZ; ulimit -f 18000; export DOTNET_EnableWriteXorExecute=0; fetch; }; (limited); (limited); fetch; \"$DOTNET\" \"$PALERMO\" evidence verify \"$OUT\"; echo exit $?";
        var (code, said) = await Script("unshare", "--mount", "--map-root-user", "sh", "-c", Functions + mounted);
        var way = "a full disk";
        if (code is 1 or 77 or 127) ((code, said), way) = (await Script("sh", "-c", Functions + limited), "a limit of the process");
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var exits = string.Concat(lines.Where(l => l.StartsWith("exit ", StringComparison.Ordinal)).Select(l => l[5..]));
        if (code != 0 || exits != "2200" || lines.Count(l => l.Contains("disk is full", StringComparison.Ordinal)) != 2) _faults.Add($"{way}: {said}");
        else say($"{way}: said twice, then fetched whole");

        async Task<(int Code, string Said)> Script(string program, params string[] arguments)
        {
            var start = CommandRun.Info(program, arguments);
            foreach (var (name, value) in new[] { ("OUT", target), ("DOTNET", CommandRun.Dotnet), ("PALERMO", CommandRun.Palermo), ("DATA", italy.Record), ("ID", id.ToString()) }) start.Environment[name] = value;
            try
            {
                return await CommandRun.ToEnd(start);
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return (127, "");
            }
        }
    }

    private const string Functions = "fetch() { \"$DOTNET\" \"$PALERMO\" evidence receive \"$ID\" --from palermo:bra --out \"$OUT\" --data \"$DATA\"; echo exit $?; }; ";
}
