//===- FamilyOptions.cpp - --load-family ----------------------------------===//

#include "command-line/FamilyOptions.h"
#include "command-line/Tool.h"

using namespace llvm;
using namespace plumb;

static void orExit(Error error) {
  if (!error)
    return;
  toolError(std::move(error));
  std::exit(EXIT_FAILURE);
}

FamilyOptions::FamilyOptions(cl::OptionCategory &category)
    : files("load-family",
            cl::desc("Load a family: records (.td), their JSON (.json), or a "
                     "compiled one (.so); may be given again"),
            cl::value_desc("file"), cl::cat(category),
            cl::callback([this](const std::string &file) {
              orExit(families.load(file));
            })) {}

void FamilyOptions::loadEnvironment() { orExit(families.loadEnvironment()); }
