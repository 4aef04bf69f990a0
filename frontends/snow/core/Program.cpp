//===- Program.cpp - A checked program ------------------------------------===//

#include "frontends/snow/core/Program.h"
#include "llvm/ADT/STLExtras.h"

using namespace snow::core;

const DataType *Program::findType(llvm::StringRef name) const {
  auto found = llvm::find_if(
      types, [&](const DataType &type) { return type.name == name; });
  return found == types.end() ? nullptr : &*found;
}
