//===- Differences.h - Two families of one name -----------------*- C++ -*-===//
//
// Depends on LLVM's support library only.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_MODEL_DIFFERENCES_H
#define PLUMB_MODEL_DIFFERENCES_H

#include "plumb-c/Descriptor.h"
#include <string>
#include <vector>

namespace plumb::model {

/// How `other` is not what `loaded` is, a sentence each; none when one may
/// stand for the other: programs, compiled code and runtimes cannot tell them
/// apart. Documentation, and the files that records stand in, do not count.
std::vector<std::string> differences(const plumb_intr_family &loaded,
                                     const plumb_intr_family &other);

} // namespace plumb::model

#endif // PLUMB_MODEL_DIFFERENCES_H
