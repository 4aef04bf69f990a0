//===- Diff.h - Two states of one family ------------------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_COMPARISON_DIFF_H
#define PLUMB_TOOLS_PLUMB_ABI_COMPARISON_DIFF_H

#include "plumb-c/Descriptor.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"
#include <map>
#include <string>
#include <vector>

namespace plumb::abi {

/// What programs that were built with a family depend on; from a descriptor or
/// a ledger, which has neither enums nor structs.
struct FamilyState {
  struct Row {
    std::string sourceName, symbol, since, signature, place;
    std::string promises; ///< empty when nothing is known of them
  };
  struct Member {
    std::string name;
    std::string value; ///< of a case, "1"; of a field, "int32_t at byte 4"
  };
  std::string family;
  std::map<std::string, Row> rows;
  std::map<std::string, int64_t> statuses;
  std::map<std::string, std::string> options; ///< what each takes
  std::map<std::string, std::string> removed; ///< why, by name
  bool hasTypes = false;                      ///< the two below are known
  std::map<std::string, std::vector<Member>> enums, structs, constants;
};

FamilyState stateOf(const plumb_intr_family &family);
/// `text` is that of an abi/*.abi file.
llvm::Expected<FamilyState> readLedgerState(llvm::StringRef text,
                                            llvm::StringRef file);

struct Change {
  bool breaks; ///< programs and runtimes built with the old state
  std::string kind;
  std::string name;
  std::string what;
  std::string oldSide, newSide; ///< empty when there is none
};

std::vector<Change> diffStates(const FamilyState &before,
                               const FamilyState &after);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_COMPARISON_DIFF_H
