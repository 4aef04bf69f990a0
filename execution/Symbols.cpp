//===- Symbols.cpp - What a program does not define -----------------------===//

#include "execution/Symbols.h"
#include "plumb/Intrinsic/Registry.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;
using namespace plumb::execution;
using plumb::intr::Registry;

SmallVector<std::string>
plumb::execution::externalSymbols(const Module &module) {
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

bool plumb::execution::isRuntimeSymbol(const Registry &registry,
                                       StringRef symbol) {
  return symbol == hostStartSymbol || registry.lookupSymbol(symbol);
}

SmallVector<const plumb_intr_row *>
plumb::execution::usedRows(const Registry &registry,
                           ArrayRef<std::string> symbols) {
  SmallVector<const plumb_intr_row *> rows;
  for (const std::string &symbol : symbols)
    if (const plumb_intr_row *row = registry.lookupSymbol(symbol))
      rows.push_back(row);
  return rows;
}

Problem plumb::execution::describeMissing(const Registry &registry,
                                          StringRef program,
                                          ArrayRef<std::string> missing,
                                          ArrayRef<StringRef> lacking) {
  Problem problem;
  problem.message = ("'" + program + "' uses " + Twine(missing.size()) +
                     (missing.size() == 1 ? " symbol" : " symbols") +
                     " that nothing defines:")
                        .str();
  for (const std::string &symbol : missing) {
    problem.message += "\n  " + symbol;
    if (const plumb_intr_row *row = registry.lookupSymbol(symbol))
      problem.message += std::string(": intrinsic '") + row->source_name +
                         "' of " + row->location;
    else if (symbol == hostStartSymbol)
      problem.message += ": starts the runtime";
  }
  auto isOurs = [&](const std::string &symbol) {
    return isRuntimeSymbol(registry, symbol);
  };
  problem.lacksIntrinsic = !lacking.empty() && any_of(missing, isOurs);
  if (problem.lacksIntrinsic)
    for (StringRef name : lacking)
      problem.notes.push_back(
          ("the runtime library '" + name +
           "' does not have these; build it from the same records as this "
           "tool, or choose another")
              .str());
  if (!all_of(missing, isOurs))
    problem.notes.push_back(
        "functions of the program's own need a body; to call an intrinsic, "
        "declare its source name, such as `func.func private "
        "@\"Module.name\"`");
  return problem;
}
