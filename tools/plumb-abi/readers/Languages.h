//===- Languages.h - Whose debug information is read ------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_READERS_LANGUAGES_H
#define PLUMB_TOOLS_PLUMB_ABI_READERS_LANGUAGES_H

#include "llvm/BinaryFormat/Dwarf.h"
#include <string>

namespace plumb::abi {

/// Whether debug information in this language, DW_LANG_*, says what a call
/// passes: C, C++, Rust and Zig. Of others nobody has tried it: Fortran has a
/// parameter's type where the call has an address.
bool isReadLanguage(unsigned language);
bool isC(unsigned language);
bool isCxx(unsigned language);
inline bool isRust(unsigned language) {
  return language == llvm::dwarf::DW_LANG_Rust;
}

/// Why there are no types: "its debug information is that of Fortran90, ...".
std::string whyNotRead(unsigned language);

/// Why a function has no types that claims neither result nor parameters, where
/// nothing in its unit has any.
inline constexpr const char *noTypesInUnit =
    "there is no debug information about types (as of -g1); build it with -g";

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_LANGUAGES_H
