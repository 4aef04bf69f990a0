//===- Promises.h - What a row says beyond its signature --------*- C++ -*-===//
//
// A signature is what crosses at the call. A row promises more, and programs
// are compiled by it: what the function touches, whether it waits or comes
// back, what it keeps, which parameter is which. Ledgers and ABI tables hold
// that as a text of words, which versions.md has. Depends on LLVM's support
// library only.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_MODEL_PROMISES_H
#define PLUMB_MODEL_PROMISES_H

#include "plumb-c/Descriptor.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace plumb::model {

/// "reads(clock.zones) blocks params(delay,on_tick:callback:kept)".
std::string promisesOf(const plumb_intr_row &row);

/// "PLUMB_WS_SHARDS integer 1..256 threads": what programs and environments
/// may say to a runtime; its default may change.
std::string promisesOf(const plumb_intr_option &option);

/// A signature without the words that are promises, too, so that two with equal
/// types are equal.
std::string withoutPromises(llvm::StringRef signature);

/// Where what was built by `before` cannot rely on `now`, each in words; none
/// when a function that keeps `now` may stand where `before` was promised.
/// Words that this program does not know count when they differ.
std::vector<std::string> narrowings(llvm::StringRef before,
                                    llvm::StringRef now);

/// The same where nothing is known of `before` but its signature: releases
/// before 0.3 wrote no promises down.
std::vector<std::string> narrowingsOfSignature(llvm::StringRef signature,
                                               llvm::StringRef now);

/// And where nothing more is known of what stands there now.
std::vector<std::string> narrowingsToSignature(llvm::StringRef before,
                                               llvm::StringRef signature);

/// The same of an option.
std::vector<std::string> narrowingsOfOption(llvm::StringRef before,
                                            llvm::StringRef now);

} // namespace plumb::model

#endif // PLUMB_MODEL_PROMISES_H
