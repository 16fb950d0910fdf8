using Palermo.Tests.Support;
using Xunit;

// Few at a time: tests on databases wait more than they work, but every web test brings a server of its own.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerClass, MaxParallelThreads = 4)]
[assembly: AssemblyFixture(typeof(RunEnd))]
