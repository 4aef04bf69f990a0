//===- Printable.h - Text out of files that may hold anything ---*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_READERS_PRINTABLE_H
#define PLUMB_TOOLS_PLUMB_ABI_READERS_PRINTABLE_H

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"

namespace plumb::abi {

/// The text as UTF-8 without control characters, newlines excepted: symbols and
/// names of damaged files have any bytes.
inline std::string printable(llvm::StringRef text) {
  std::string result = llvm::json::fixUTF8(text);
  for (char &c : result)
    if (static_cast<unsigned char>(c) < 0x20 ? c != '\n' : c == 0x7f)
      c = '?';
  return result;
}

inline std::string printable(llvm::Error error) {
  return printable(llvm::toString(std::move(error)));
}

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_PRINTABLE_H
