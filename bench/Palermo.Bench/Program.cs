using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Palermo.Bench.Evidence;
using Palermo.Bench.Messages;
using Palermo.Bench.Record;

namespace Palermo.Bench;

internal static class Program
{
    internal static int Main(string[] args)
    {
        if (args.FirstOrDefault() is "generate" or "sessions" or "save" or "read" or "take-in" or "messages") return Commands().Parse(args).Invoke();
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)));
        return 0;
    }

    private static RootCommand Commands()
    {
        var data = new Option<string>("--data") { Recursive = true };
        var requests = new Option<int>("--requests") { DefaultValueFactory = _ => 100_000 };
        var persons = new Option<int>("--persons") { DefaultValueFactory = _ => 500_000 };
        var audit = new Option<long>("--audit") { DefaultValueFactory = _ => 1_000_000 };
        var generate = new Command("generate", "Fills an empty record with invented cases, the same every time.") { requests, persons, audit };
        generate.SetAction(r => Generate.Run(Open(r.GetValue(data)!), r.GetValue(requests), r.GetValue(persons), r.GetValue(audit), Console.Out));
        var folder = new Option<string>("--to") { Required = true };
        var sessions = new Command("sessions", "Signs fifty invented people in and writes what a load asks for.") { folder };
        sessions.SetAction(r => Sessions.Write(Open(r.GetValue(data)!), r.GetValue(folder)!));
        var save = new Command("save", "Saves steps one after another and says how long that took.");
        save.SetAction(r => SaveSteps.Run(Open(r.GetValue(data)!), Console.Out));
        var read = new Command("read", "Asks what the board and the search ask, without pages, and says how long that took.");
        read.SetAction(r => ReadPages.Run(Open(r.GetValue(data)!), Console.Out));
        var package = new Option<string>("--package") { Required = true };
        var identity = new Option<string>("--identity") { Required = true };
        var port = new Option<int>("--port") { Required = true };
        var takeIn = new Command("take-in", "Takes in the files of one package over mutual TLS until it is ended.") { package, identity, port };
        takeIn.SetAction((r, _) => TakeInHost.Run(Open(r.GetValue(data)!), r.GetValue(package)!, r.GetValue(identity)!, r.GetValue(port)));
        var messages = new Command("messages", "Packs, opens and receipts messages of 2 kB, beside the primitives, and says how many a second.");
        messages.SetAction((_, _) => RoundTrips.Run(Console.Out));
        return new RootCommand { data, generate, sessions, save, read, takeIn, messages };
    }

    private static Node Open(string data) => Node.Open(data, Path.Combine(AppContext.BaseDirectory, "data"), Palermo.Program.LoadTexts(), TimeProvider.System);
}
