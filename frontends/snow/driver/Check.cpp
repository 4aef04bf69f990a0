//===- Check.cpp - From syntax trees to a checked program -----------------===//

#include "frontends/snow/check/Check.h"
#include "frontends/snow/driver/Pipeline.h"
#include "plumb/Execution/LoadFamilies.h"
#include "llvm/Support/raw_ostream.h"

using namespace snow;

plumb::execution::Families &snow::driver::families() {
  static plumb::execution::Families all;
  return all;
}

bool snow::driver::loadFamilies(const Options &options) {
  llvm::Error error = families().loadEnvironment();
  for (const std::string &file : options.families)
    if (!error)
      error = families().load(file);
  if (!error)
    return true;
  llvm::errs() << "snowc: error: " << llvm::toString(std::move(error)) << '\n';
  return false;
}

std::unique_ptr<core::Program> snow::driver::check(const ParsedProgram &parsed,
                                                   const Options &options,
                                                   Diagnostics &diagnostics) {
  return check::check(parsed.modules, parsed.names, parsed.files,
                      families().getRegistry(), diagnostics);
}
