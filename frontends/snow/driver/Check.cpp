//===- Check.cpp - From syntax trees to a checked program -----------------===//

#include "frontends/snow/core/Program.h"
#include "frontends/snow/driver/Pipeline.h"

using namespace snow;

std::unique_ptr<core::Program> snow::driver::check(const ParsedProgram &parsed,
                                                   const Options &options,
                                                   Diagnostics &diagnostics) {
  return std::make_unique<core::Program>();
}
