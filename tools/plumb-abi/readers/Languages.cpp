//===- Languages.cpp - Whose debug information is read --------------------===//

#include "tools/plumb-abi/readers/Languages.h"

using namespace llvm;
using namespace llvm::dwarf;

bool plumb::abi::isC(unsigned language) {
  switch (language) {
  case DW_LANG_C:
  case DW_LANG_C89:
  case DW_LANG_C99:
  case DW_LANG_C11:
  case DW_LANG_C17:
  case 0x3e: // C23
    return true;
  default:
    return false;
  }
}

bool plumb::abi::isCxx(unsigned language) {
  switch (language) {
  case DW_LANG_C_plus_plus:
  case DW_LANG_C_plus_plus_03:
  case DW_LANG_C_plus_plus_11:
  case DW_LANG_C_plus_plus_14:
  case DW_LANG_C_plus_plus_17:
  case DW_LANG_C_plus_plus_20:
  case 0x3a: // C++23
    return true;
  default:
    return false;
  }
}

bool plumb::abi::isReadLanguage(unsigned language) {
  return isC(language) || isCxx(language) || language == DW_LANG_Rust ||
         language == DW_LANG_Zig;
}

std::string plumb::abi::whyNotRead(unsigned language) {
  StringRef name = LanguageString(language);
  name.consume_front("DW_LANG_");
  if (language == DW_LANG_Mips_Assembler || language == DW_LANG_Assembly)
    name = "assembly, which has no types";
  else if (!language || name.empty())
    name = "a language that it does not name";
  return "its debug information is that of " + name.str() +
         "; that of C, C++, Rust and Zig is read";
}
