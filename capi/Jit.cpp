//===- Jit.cpp - Code in this process -------------------------------------===//

#include "plumb/Execution/Jit.h"
#include "CompileImpl.h"
#include "Impl.h"
#include "execution/Symbols.h"
#include "plumb/Execution/Codegen.h"
#include "plumb/Execution/Compile.h"
#include "plumb/Execution/Runtimes.h"
#include "plumb/Intrinsic/Registry.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include <dlfcn.h>

using namespace llvm;
using namespace plumb::capi;
using namespace plumb::execution;
using llvm::orc::ThreadSafeModule;

struct PlumbJit {
  std::shared_ptr<Context> state;
  std::unique_ptr<Jit> jit;
  bool hasMain = false, hasRun = false;
};

/// The runtime beside this library.
static std::string defaultRuntime() {
  Dl_info info;
  if (!dladdr(reinterpret_cast<void *>(&plumbJitCreate), &info))
    return PLUMB_RUNTIME_FILE;
  SmallString<128> path(sys::path::parent_path(info.dli_fname));
  sys::path::append(path, PLUMB_RUNTIME_FILE);
  return path.str().str();
}

/// Those that the front end names, with colons between; then those that
/// families were loaded with; then the one beside this library.
static Error openRuntimes(const char *paths, const Families &families,
                          Runtimes &runtimes) {
  SmallVector<std::string> libraries;
  for (StringRef path : split(paths ? paths : "", ':'))
    if (!path.empty())
      libraries.push_back(path.str());
  if (Error error = runtimes.addLibraries(libraries))
    return error;
  runtimes.addLoadedFamilies(families);
  runtimes.setDefault([] { return loadRuntimeLibrary(defaultRuntime()); });
  return Error::success();
}

static bool tellProblems(PlumbModule *module, ArrayRef<Problem> problems) {
  for (const Problem &problem : problems) {
    mlir::InFlightDiagnostic diag = mlir::emitError(module->loc);
    diag << problem.message;
    for (const std::string &note : problem.notes)
      diag.attachNote() << note;
  }
  return problems.empty();
}

PlumbStatus plumbJitCreate(PlumbModule *module,
                           const PlumbCompileOptions *given, PlumbJit **jit) {
  clear(jit);
  if (!module)
    return PLUMB_STATUS_MISUSE;
  if (!jit)
    return module->misuse(__func__, "jit must not be null");
  PlumbCompileOptions options;
  if (!checkOptions(module, __func__, given, options))
    return PLUMB_STATUS_MISUSE;
  auto target = createTarget(module, nullptr, "native", options.level);
  if (!target)
    return PLUMB_STATUS_TARGET;
  auto llvmContext = std::make_unique<LLVMContext>();
  module->state->forwardFrom(*llvmContext);
  auto code = translate(module, *llvmContext, *target, options);
  if (!code)
    return PLUMB_STATUS_PROGRAM;

  const Families &families = module->state->families;
  Runtimes runtimes(families.getRegistry());
  if (Error error = openRuntimes(options.runtime, families, runtimes))
    return module->fail(PLUMB_STATUS_RUNTIME, toString(std::move(error)));
  if (!tellProblems(module,
                    runtimes.check(module->name, externalSymbols(*code))))
    return PLUMB_STATUS_RUNTIME;
  optimise(*code, *target, options.level);
  bool hasMain = !options.is_library && definesMain(*module->op);
  auto made =
      Jit::create(ThreadSafeModule(std::move(code), std::move(llvmContext)),
                  *target, runtimes);
  if (!made)
    return module->fail(PLUMB_STATUS_TARGET, toString(made.takeError()));
  *jit = new PlumbJit{module->state, std::move(*made), hasMain};
  return PLUMB_STATUS_OK;
}

void plumbJitDestroy(PlumbJit *jit) {
  if (!jit)
    return;
  if (Error error = jit->jit->finish())
    jit->state->fail(PLUMB_STATUS_TARGET, toString(std::move(error)));
  delete jit;
}

PlumbStatus plumbJitFind(PlumbJit *jit, const char *function, void **address) {
  clear(address);
  if (!jit)
    return PLUMB_STATUS_MISUSE;
  if (!function || !address)
    return jit->state->fail(PLUMB_STATUS_MISUSE,
                            "plumbJitFind: function and address must not be "
                            "null");
  Expected<void *> found = jit->jit->lookup(function);
  if (!found) {
    consumeError(found.takeError());
    return jit->state->fail(PLUMB_STATUS_NOT_FOUND,
                            "the program has no public function '" +
                                Twine(function) + "'");
  }
  *address = *found;
  return PLUMB_STATUS_OK;
}

PlumbStatus plumbJitRunMain(PlumbJit *jit, int num_arguments, char **arguments,
                            int *exit_code) {
  clear(exit_code);
  if (!jit)
    return PLUMB_STATUS_MISUSE;
  if (num_arguments < 1 || !arguments || !exit_code)
    return jit->state->fail(
        PLUMB_STATUS_MISUSE,
        "plumbJitRunMain: arguments must have the program's name, and they and "
        "exit_code must not be null");
  if (!jit->hasMain || jit->hasRun)
    return jit->state->fail(
        jit->hasRun ? PLUMB_STATUS_MISUSE : PLUMB_STATUS_PROGRAM,
        jit->hasRun ? "plumbJitRunMain: @main has been run already"
                    : "the program has no function `main`, where a program "
                      "starts");
  jit->hasRun = true;
  Expected<int> code = jit->jit->runMain(num_arguments, arguments);
  if (!code)
    return jit->state->fail(PLUMB_STATUS_TARGET, toString(code.takeError()));
  *exit_code = *code;
  return PLUMB_STATUS_OK;
}
