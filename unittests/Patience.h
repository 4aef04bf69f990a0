//===- Patience.h - how long tests wait for what does come ------*- C++ -*-===//
#ifndef PLUMB_UNITTESTS_PATIENCE_H
#define PLUMB_UNITTESTS_PATIENCE_H

#include <chrono>

namespace plumb::test {

/// For what a working program does at once. A machine that has twenty other
/// things to do for each of its cores, or an emulator, makes a minute of it.
inline constexpr std::chrono::seconds patience{600};

} // namespace plumb::test

#endif // PLUMB_UNITTESTS_PATIENCE_H
