//===- CpuTime.h - CPU time of a process ------------------------*- C++ -*-===//
#ifndef PLUMB_BENCH_LOADGEN_CPUTIME_H
#define PLUMB_BENCH_LOADGEN_CPUTIME_H

namespace plumb::bench {

/// Seconds of CPU, user and kernel, that the threads of process `pid` have
/// used. From /proc/<pid>/task/*/schedstat (nanoseconds) where the kernel has
/// it, else from /proc/<pid>/stat (ticks of 10 ms). Negative when the process
/// cannot be read.
double cpuSeconds(int pid);

} // namespace plumb::bench

#endif // PLUMB_BENCH_LOADGEN_CPUTIME_H
