//===- DraftNames.h - Names in a drafted family file ------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_DRAFTING_DRAFTNAMES_H
#define PLUMB_TOOLS_PLUMB_ABI_DRAFTING_DRAFTNAMES_H

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/Twine.h"
#include <string>

namespace plumb::abi {

/// "zone_open" or "zoneOpen" as "ZoneOpen".
std::string camelCase(llvm::StringRef name);
/// "ZoneOpen" or "zone-open" as "zone_open": letters, digits and `_`.
std::string snakeCase(llvm::StringRef name);
/// "Zone open": a summary when nobody has written one.
std::string inWords(llvm::StringRef name);
/// Changed until records, C, C++ and the generated code can have it as a name.
std::string safeName(llvm::StringRef name);
/// `name`, or with a number when `taken` has it; adds it.
std::string uniqueName(llvm::StringSet<> &taken, const std::string &name);
/// Without the family's prefix, in any case, and, unless it keeps that, what C
/// adds to types: `_t`, `_s`, `_cb`.
std::string plainTypeName(llvm::StringRef name, llvm::StringRef prefix,
                          bool keepsEnd = false);
/// Between the quotes of a string in a record.
std::string escaped(llvm::StringRef text);

/// Lines of a comment, not longer than 80 where there are spaces.
std::string comment(llvm::StringRef text);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_DRAFTING_DRAFTNAMES_H
