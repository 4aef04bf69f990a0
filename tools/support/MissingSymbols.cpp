//===- MissingSymbols.cpp - Symbols that nobody defines -------------------===//

#include "tools/support/MissingSymbols.h"
#include "dialects/Intrinsic/Registry.h"
#include "tools/support/Tool.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using plumb::intr::Registry;

/// Called first by every compiled program; see runtime/abi/Host.h.
static constexpr StringLiteral hostStart = "plumb_host_start";

SmallVector<std::string> plumb::externalSymbols(const Module &module) {
  SmallVector<std::string> symbols;
  auto add = [&](const GlobalValue &value) {
    if (value.isDeclaration() && !value.use_empty())
      symbols.push_back(value.getName().str());
  };
  for (const Function &function : module)
    if (!function.isIntrinsic())
      add(function);
  for (const GlobalVariable &variable : module.globals())
    add(variable);
  llvm::sort(symbols);
  return symbols;
}

bool plumb::isRuntimeSymbol(StringRef symbol) {
  return symbol == hostStart || Registry::get().lookupSymbol(symbol);
}

bool plumb::reportMissingSymbols(StringRef program,
                                 ArrayRef<std::string> symbols,
                                 StringRef runtime) {
  std::string text = ("'" + program + "' uses " + Twine(symbols.size()) +
                      (symbols.size() == 1 ? " symbol" : " symbols") +
                      " that nothing defines:")
                         .str();
  bool inRuntime = false, inProgram = false;
  for (const std::string &symbol : symbols) {
    text += "\n  " + symbol;
    if (const plumb_intr_row *row = Registry::get().lookupSymbol(symbol))
      text += std::string(": intrinsic '") + row->source_name + "' of " +
              row->location;
    else if (symbol == hostStart)
      text += ": starts the runtime";
    (isRuntimeSymbol(symbol) ? inRuntime : inProgram) = true;
  }
  toolError(text);
  if (inRuntime)
    toolNote(
        "the runtime library '" + runtime +
        "' does not have these; build it from the same records as this "
        "tool, or choose another; --runtime=<library> names a family's own");
  if (inProgram)
    toolNote("functions of the program's own need a body; to call an "
             "intrinsic, declare its source name, such as `func.func private "
             "@\"Module.name\"`");
  return false;
}
