namespace Palermo.Faults;

/// <summary>A moment at which a process is killed: after so many bytes over a line, or at a name that appears, changes or goes in a folder; whichever comes first.</summary>
internal sealed class Trap : IDisposable
{
    private readonly TaskCompletionSource<string> _sprung = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FileSystemWatcher _names;
    private readonly FaultyLine _line;
    private readonly Action _kill;
    private int _used;

    /// <param name="line">The line.</param>
    /// <param name="bytes">After how many bytes.</param>
    /// <param name="folder">The folder, and those below it.</param>
    /// <param name="name">Whether it is this name.</param>
    /// <param name="kill">Kills the process.</param>
    internal Trap(FaultyLine line, long bytes, string folder, Func<string, bool> name, Action kill)
    {
        (_line, _kill) = (line, kill);
        _names = new FileSystemWatcher(folder) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName, InternalBufferSize = 64 << 10 };
        _names.Created += (_, e) => Seen(e.Name);
        _names.Deleted += (_, e) => Seen(e.Name);
        _names.Renamed += (_, e) => Seen(e.Name);
        _names.EnableRaisingEvents = true;
        line.After(bytes, () => Spring("byte " + bytes));

        void Seen(string? path)
        {
            if (path is not null && name(Path.GetFileName(path))) Spring(Path.GetFileName(path));
        }
    }

    /// <summary>Ends when the process was killed; says at what.</summary>
    internal Task<string> Sprung => _sprung.Task;

    public void Dispose()
    {
        _line.After(long.MaxValue / 2, () => { });
        _names.Dispose();
    }

    private void Spring(string at)
    {
        if (Interlocked.Exchange(ref _used, 1) != 0) return;
        _kill();
        _sprung.TrySetResult(at);
    }
}
