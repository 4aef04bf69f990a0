//===- Jit.cpp - Runs LLVM IR in this process -----------------------------===//

#include "Jit.h"
#include "SymbolSource.h"
#include "tools/support/MissingSymbols.h"
#include "llvm/ExecutionEngine/Orc/AbsoluteSymbols.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"

using namespace llvm;
using namespace llvm::orc;
using namespace plumb;

static Expected<std::unique_ptr<LLJIT>> createJit(const TargetMachine &target) {
  JITTargetMachineBuilder machine(target.getTargetTriple());
  machine.setCPU(target.getTargetCPU().str());
  machine.setFeatures(target.getTargetFeatureString());
  machine.setCodeGenOptLevel(target.getOptLevel());
  return LLJITBuilder().setJITTargetMachineBuilder(std::move(machine)).create();
}

/// Addresses are given to the JIT rather than searched by it: it must use
/// those that the check for missing symbols has seen.
static Error defineExternals(LLJIT &jit, ThreadSafeModule &module,
                             const SymbolSource &source) {
  SymbolMap map;
  module.withModuleDo([&](Module &m) {
    for (const std::string &name : externalSymbols(m))
      if (void *address = source.lookup(name))
        map[jit.mangleAndIntern(name)] = {ExecutorAddr::fromPtr(address),
                                          JITSymbolFlags::Exported |
                                              JITSymbolFlags::Callable};
  });
  return jit.getMainJITDylib().define(absoluteSymbols(std::move(map)));
}

static Expected<ExecutorAddr> compile(LLJIT &jit, ThreadSafeModule module,
                                      const SymbolSource &source) {
  if (Error error = defineExternals(jit, module, source))
    return error;
  if (Error error = jit.addIRModule(std::move(module)))
    return error;
  if (Error error = jit.initialize(jit.getMainJITDylib()))
    return error;
  return jit.lookup("main");
}

Expected<int> plumb::runMain(ThreadSafeModule module,
                             const TargetMachine &target,
                             const SymbolSource &symbols,
                             std::vector<std::string> args) {
  Expected<std::unique_ptr<LLJIT>> jit = createJit(target);
  if (!jit)
    return jit.takeError();
  Expected<ExecutorAddr> main = compile(**jit, std::move(module), symbols);
  if (!main)
    return main.takeError();

  // Kept for ever, see the header; reachable, so that no leak is reported.
  static LLJIT *keptJit = jit->release();
  static std::vector<std::string> keptArgs;
  (void)keptJit;
  keptArgs = std::move(args);
  static std::vector<char *> argv;
  for (std::string &arg : keptArgs)
    argv.push_back(arg.data());
  argv.push_back(nullptr);

  return main->toPtr<int (*)(int, char **)>()(argv.size() - 1, argv.data());
}
