//===- Jit.cpp - Runs LLVM IR in this process -----------------------------===//

#include "plumb/Execution/Jit.h"
#include "execution/Symbols.h"
#include "plumb/Execution/Runtimes.h"
#include "llvm/ExecutionEngine/Orc/AbsoluteSymbols.h"
#include "llvm/ExecutionEngine/Orc/Debugging/DebuggerSupport.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"

using namespace llvm;
using namespace llvm::orc;
using namespace plumb::execution;

static Expected<std::unique_ptr<LLJIT>> createJit(const TargetMachine &target,
                                                  bool hasDebugInfo) {
  JITTargetMachineBuilder machine(target.getTargetTriple());
  machine.setCPU(target.getTargetCPU().str());
  machine.setFeatures(target.getTargetFeatureString());
  machine.setCodeGenOptLevel(target.getOptLevel());
  auto jit =
      LLJITBuilder().setJITTargetMachineBuilder(std::move(machine)).create();
  if (!jit)
    return jit;
  // A debugger of this process sees the code, if it has debug information.
  if (hasDebugInfo)
    if (Error error = enableDebuggerSupport(**jit))
      return std::move(error);
  return jit;
}

/// Addresses are given to the JIT rather than searched by it: it must use
/// those that the check for missing symbols has seen.
static Error defineExternals(LLJIT &jit, ThreadSafeModule &module,
                             Runtimes &runtimes) {
  SymbolMap map;
  module.withModuleDo([&](Module &m) {
    for (const std::string &name : externalSymbols(m))
      if (void *address = runtimes.lookup(name))
        map[jit.mangleAndIntern(name)] = {ExecutorAddr::fromPtr(address),
                                          JITSymbolFlags::Exported |
                                              JITSymbolFlags::Callable};
  });
  return jit.getMainJITDylib().define(absoluteSymbols(std::move(map)));
}

static Error load(LLJIT &jit, ThreadSafeModule module, Runtimes &runtimes) {
  if (Error error = defineExternals(jit, module, runtimes))
    return error;
  if (Error error = jit.addIRModule(std::move(module)))
    return error;
  return jit.initialize(jit.getMainJITDylib());
}

Jit::Jit(std::unique_ptr<LLJIT> jit) : jit(std::move(jit)) {}

Jit::~Jit() { consumeError(finish()); }

Error Jit::finish() {
  if (std::exchange(isFinished, true))
    return Error::success();
  return jit->deinitialize(jit->getMainJITDylib());
}

Expected<std::unique_ptr<Jit>> Jit::create(ThreadSafeModule module,
                                           const TargetMachine &target,
                                           Runtimes &runtimes) {
  Expected<std::unique_ptr<LLJIT>> made =
      createJit(target, module.withModuleDo([](Module &m) {
        return !m.debug_compile_units().empty();
      }));
  if (!made)
    return made.takeError();
  if (Error error = load(**made, std::move(module), runtimes))
    return error;
  return std::unique_ptr<Jit>(new Jit(std::move(*made)));
}

Expected<void *> Jit::lookup(StringRef function) {
  Expected<ExecutorAddr> found = jit->lookup(function);
  if (!found)
    return found.takeError();
  return found->toPtr<void *>();
}

Expected<int> Jit::runMain(int numArguments, char **arguments) {
  Expected<void *> main = lookup("main");
  if (!main)
    return main.takeError();
  return reinterpret_cast<int (*)(int, char **)>(*main)(numArguments,
                                                        arguments);
}
