//===- Finish.cpp - What is done with a checked program -------------------===//

#include "frontends/snow/driver/Pipeline.h"
#include "llvm/Support/raw_ostream.h"

using namespace snow;

int snow::driver::finish(const core::Program &program, const Options &options) {
  llvm::errs() << "snowc: this stage is not built yet\n";
  return WrongUsage;
}
