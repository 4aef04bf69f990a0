//===- Exchanged.h - Names at each other's places ---------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_COMPARISON_EXCHANGED_H
#define PLUMB_TOOLS_PLUMB_ABI_COMPARISON_EXCHANGED_H

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace plumb::abi {

/// Records write names in their own way: `LongSide` is `long_side` there.
inline std::string plainSpelling(llvm::StringRef name) {
  std::string plain = name.lower();
  llvm::erase(plain, '_');
  return plain;
}

/// Whether element `at` of `found` has a name that another of `expected` has,
/// and the other way round: of one type, nothing else would show it. Ranges of
/// what has a `name`, which may be empty.
template <typename Range>
bool isExchanged(const Range &expected, const Range &found, size_t at) {
  auto has = [](const Range &all, const std::string &name) {
    return llvm::any_of(
        all, [&](const auto &one) { return plainSpelling(one.name) == name; });
  };
  std::string ours = plainSpelling(expected[at].name),
              theirs = plainSpelling(found[at].name);
  return !ours.empty() && !theirs.empty() && ours != theirs &&
         has(found, ours) && has(expected, theirs);
}

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_COMPARISON_EXCHANGED_H
