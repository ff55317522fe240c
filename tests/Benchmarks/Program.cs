using System;
using System.Linq;
using BenchmarkDotNet.Running;
using MmLock.Benchmarks.Scenarios;

// What can be measured; every command prints a table in Markdown.
return args.FirstOrDefault() switch
{
    "compile" => WholeCompiles.Run([.. args.Skip(1)]),
    "growth" => Growth.Run([.. args.Skip(1)]),
    "shapes" => Shapes.Run([.. args.Skip(1)]),
    "edit" => Edits.Run([.. args.Skip(1)]),
    "cold" => Profile.Cold([.. args.Skip(1)]),
    "profile" => Profile.Run([.. args.Skip(1)]),
    "--guard" => Guard.Run([.. args.Skip(1)]),
    "engine" => Engine(),
    _ => Help(),
};

static int Engine()
{
    BenchmarkRunner.Run<EngineBenchmarks>();
    return 0;
}

static int Help()
{
    Console.WriteLine("""
        compile [rounds [corpus...]]   whole compiles: Nothing, Empty analyzer, MmLock, Sdk analyzers, SdkAndMmLock
                                       corpus: plain-<lines> model-<lines> sample own; naming some of the five leaves out the others
        growth [plain|model] [max]     analyzer time and memory against lines, and the exponent
        shapes [name]                  hard shapes against their parameter
        edit [edits]                   an edit in one method of a 1,000-line annotated type, as an editor asks
        profile <corpus> [rounds]      one corpus in this process
        cold <corpus>                  samples of one cold compile, and the methods that it jits
        engine                         BenchmarkDotNet: joins, renaming, small bodies
        --guard [twice]                the small form for CI: fails on a regression of 2x; twice makes one, and must fail
        """);
    return 1;
}
