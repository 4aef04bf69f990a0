//===- FamilyOptions.cpp - --load-family ----------------------------------===//

#include "command-line/FamilyOptions.h"
#include "command-line/Tool.h"
#include "mlir/IR/DialectRegistry.h"
#include "plumb/Execution/LoadFamilies.h"
#include "plumb/Execution/Register.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::execution;

static void orExit(Error error) {
  if (!error)
    return;
  toolError(std::move(error));
  std::exit(EXIT_FAILURE);
}

static void load(const std::string &file) {
  // A clash of names is the loaded family's: the built-in ones come first.
  mlir::DialectRegistry registry;
  registerFamilies(registry);
  orExit(loadFamily(file));
}

FamilyOptions::FamilyOptions(cl::OptionCategory &category)
    : files("load-family",
            cl::desc("Load a family: records (.td), their JSON (.json), or a "
                     "compiled one (.so); may be given again"),
            cl::value_desc("file"), cl::cat(category),
            cl::callback([](const std::string &file) { load(file); })) {}

void FamilyOptions::loadEnvironment() const {
  orExit(loadFamiliesOfEnvironment());
}
