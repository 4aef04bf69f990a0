//===- Joins.h - Many memberships -------------------------------*- C++ -*-===//
//
// Every connection joins many rooms ("also <room>"), then half of the
// connections leave theirs one by one ("part <room>"), then all disconnect. The
// server's CPU time of each: what a membership costs, and whether that grows.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_BENCH_LOADGEN_JOINS_H
#define PLUMB_BENCH_LOADGEN_JOINS_H

#include "bench/loadgen/Json.h"
#include "bench/loadgen/Options.h"

namespace plumb::bench {

/// Adds what came of it to `json`. Returns true when a message to a room came
/// to exactly its members, before and after leaving, and the server closed its
/// sockets in time. Throws ConnectionError.
bool runJoins(const Options &options, Json &json);

} // namespace plumb::bench

#endif // PLUMB_BENCH_LOADGEN_JOINS_H
