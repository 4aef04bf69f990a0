//===- Idle.h - Memory of idle connections ----------------------*- C++ -*-===//
//
// Opens connections that say nothing, and reads the server's memory before,
// with all of them open, after each has had one echo, and when all are closed.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_BENCH_LOADGEN_IDLE_H
#define PLUMB_BENCH_LOADGEN_IDLE_H

#include "bench/loadgen/Json.h"
#include "bench/loadgen/Options.h"

namespace plumb::bench {

/// Adds what came of it to `json`. Returns false when the server does not close
/// its sockets in time. Throws ConnectionError.
bool runIdle(const Options &options, Json &json);

} // namespace plumb::bench

#endif // PLUMB_BENCH_LOADGEN_IDLE_H
