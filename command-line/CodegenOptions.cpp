//===- CodegenOptions.cpp - -O, -g and -mcpu ------------------------------===//
//-------------------------------===//

#include "command-line/CodegenOptions.h"
#include "command-line/Tool.h"
#include "plumb/Execution/Target.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::execution;

CodegenOptions::CodegenOptions(cl::OptionCategory &category,
                               const char *defaultCpu)
    : level("O", cl::desc("Optimisation level: -O0, -O1, -O2 or -O3"),
            cl::value_desc("level"), cl::Prefix, cl::init("2"),
            cl::cat(category)),
      debugLines("g",
                 cl::desc("Debug information: the source line of each "
                          "operation, for functions that have none"),
                 cl::cat(category)),
      cpu("mcpu", cl::desc("Processor; 'native' is this machine's"),
          cl::value_desc("name"), cl::init(defaultCpu), cl::cat(category)) {}

bool CodegenOptions::check() const {
  if (level.size() == 1 && level[0] >= '0' && level[0] <= '3')
    return true;
  return toolError("there is no optimisation level -O" + level +
                   "; use -O0, -O1, -O2 or -O3");
}

std::unique_ptr<TargetMachine>
CodegenOptions::createTargetMachine(StringRef triple) const {
  auto machine = plumb::execution::createTargetMachine(triple, cpu, getLevel());
  if (machine)
    return std::move(*machine);
  toolError(machine.takeError());
  return nullptr;
}
