//===- Process.h - What a process uses --------------------------*- C++ -*-===//
#ifndef PLUMB_BENCH_LOADGEN_PROCESS_H
#define PLUMB_BENCH_LOADGEN_PROCESS_H

namespace plumb::bench {

/// Seconds of CPU, user and kernel, that the threads of process `pid` have
/// used. From /proc/<pid>/task/*/schedstat (nanoseconds) where the kernel has
/// it, else from /proc/<pid>/stat (ticks of 10 ms). Negative when the process
/// cannot be read. Threads that have ended count in the second case only.
double cpuSeconds(int pid);

/// Memory of a process, in bytes; negative when it cannot be read.
struct Memory {
  double resident = -1;     // Rss
  double proportional = -1; // Pss: pages shared with others count in part
};
/// From /proc/<pid>/smaps_rollup.
Memory memory(int pid);

/// Descriptors that process `pid` has open; negative when it cannot be read.
int openFiles(int pid);

} // namespace plumb::bench

#endif // PLUMB_BENCH_LOADGEN_PROCESS_H
