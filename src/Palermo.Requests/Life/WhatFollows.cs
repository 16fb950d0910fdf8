using Palermo.Data;
using Palermo.Data.Cases;
using Palermo.Kernel.Access;
using Palermo.Requests.Threads;
using Palermo.Requests.Time;

namespace Palermo.Requests.Life;

/// <summary>What a step of a request's life brings with it, in the same change.</summary>
internal static class WhatFollows
{
    /// <summary>Keeps deadlines and threads in step with a move.</summary>
    internal static void From(Change change, Viewer viewer, Request request, Move move)
    {
        DeadlinesAfterMove.Run(change, request, move);
        ThreadsAfterMove.Run(change, viewer, request, move);
    }
}
