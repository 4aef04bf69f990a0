//===- CodegenOptions.cpp - -O and -mcpu ----------------------------------===//

#include "tools/support/CodegenOptions.h"
#include "tools/support/Tool.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/SubtargetFeature.h"

using namespace llvm;
using namespace plumb;

CodegenOptions::CodegenOptions(cl::OptionCategory &category,
                               const char *defaultCpu)
    : level("O", cl::desc("Optimisation level: -O0, -O1, -O2 or -O3"),
            cl::value_desc("level"), cl::Prefix, cl::init("2"),
            cl::cat(category)),
      cpu("mcpu", cl::desc("Processor; 'native' is this machine's"),
          cl::value_desc("name"), cl::init(defaultCpu), cl::cat(category)) {}

bool CodegenOptions::check() const {
  if (level.size() == 1 && level[0] >= '0' && level[0] <= '3')
    return true;
  return toolError("there is no optimisation level -O" + level +
                   "; use -O0, -O1, -O2 or -O3");
}

static void initializeTargets(bool all) {
  if (!all) {
    InitializeNativeTarget();
    InitializeNativeTargetAsmPrinter();
    InitializeNativeTargetAsmParser();
    return;
  }
  InitializeAllTargetInfos();
  InitializeAllTargets();
  InitializeAllTargetMCs();
  InitializeAllAsmPrinters();
  InitializeAllAsmParsers();
}

std::unique_ptr<TargetMachine>
CodegenOptions::createTargetMachine(StringRef triple) const {
  initializeTargets(/*all=*/!triple.empty());
  Triple target(triple.empty() ? sys::getDefaultTargetTriple()
                               : Triple::normalize(triple));
  std::string message;
  const Target *found = TargetRegistry::lookupTarget(target, message);
  if (!found) {
    toolError("cannot make code for '" + target.str() + "': " + message);
    return nullptr;
  }
  std::string name = cpu, features;
  if (name == "native") {
    name = sys::getHostCPUName();
    SubtargetFeatures host;
    for (const auto &feature : sys::getHostCPUFeatures())
      host.AddFeature(feature.first(), feature.second);
    features = host.getString();
  } else if (name == "generic") {
    // The oldest processor of the architecture: the code runs everywhere.
    name = target.isX86() ? "x86-64" : "generic";
  }
  std::unique_ptr<MCSubtargetInfo> known(
      found->createMCSubtargetInfo(target, "", ""));
  if (known && !known->isCPUStringValid(name)) {
    toolError("'" + target.getArchName() + "' has no processor '" + name +
              "'; try -mcpu=native");
    return nullptr;
  }
  TargetOptions options;
  // Otherwise constructors go to .ctors, which nobody runs any more.
  options.UseInitArray = true;
  auto codeGenLevel = *CodeGenOpt::getLevel(getLevel());
  std::unique_ptr<TargetMachine> machine(
      found->createTargetMachine(target, name, features, options, Reloc::PIC_,
                                 std::nullopt, codeGenLevel));
  if (!machine)
    toolError("cannot make code for '" + target.str() + "'");
  return machine;
}
