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

std::unique_ptr<core::Program> snow::driver::check(const ParsedProgram &parsed,
                                                   const Options &options,
                                                   Diagnostics &diagnostics) {
  if (llvm::Error error = families().loadEnvironment())
    llvm::errs() << "snowc: " << llvm::toString(std::move(error)) << '\n';
  return check::check(parsed.modules, parsed.names, parsed.files,
                      families().getRegistry(), diagnostics);
}
