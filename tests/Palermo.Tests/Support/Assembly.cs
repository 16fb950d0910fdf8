using Palermo.Tests.Support;
using Xunit;

// Two at a time: the machines that run this have two cores, and every web test brings a server of its own.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerClass, MaxParallelThreads = 4)]
[assembly: AssemblyFixture(typeof(RunEnd))]
