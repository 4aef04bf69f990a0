//===- Target.cpp - The machine that code is for --------------------------===//

#include "plumb/Execution/Target.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/SubtargetFeature.h"
#include <optional>

using namespace llvm;

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

Expected<std::unique_ptr<TargetMachine>>
plumb::execution::createTargetMachine(StringRef triple, StringRef cpu,
                                      unsigned level) {
  initializeTargets(/*all=*/!triple.empty());
  Triple target(triple.empty() ? sys::getDefaultTargetTriple()
                               : Triple::normalize(triple));
  std::string message;
  const Target *found = TargetRegistry::lookupTarget(target, message);
  if (!found)
    return createStringError("cannot make code for '" + target.str() +
                             "': " + message);
  std::string name = cpu.str(), features;
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
  if (known && !known->isCPUStringValid(name))
    return createStringError("'" + target.getArchName() +
                             "' has no processor '" + name + "'; try 'native'");
  std::optional<CodeGenOptLevel> codeGenLevel = CodeGenOpt::getLevel(level);
  if (!codeGenLevel)
    return createStringError("optimisation level " + Twine(level) +
                             " is none of 0 to 3");
  TargetOptions options;
  // Otherwise constructors go to .ctors, which nobody runs any more.
  options.UseInitArray = true;
  std::unique_ptr<TargetMachine> machine(
      found->createTargetMachine(target, name, features, options, Reloc::PIC_,
                                 std::nullopt, *codeGenLevel));
  if (!machine)
    return createStringError("cannot make code for '" + target.str() + "'");
  return machine;
}
