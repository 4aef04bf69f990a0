//===- Jit.cpp - Code in this process -------------------------------------===//

#include "CompileImpl.h"
#include "Impl.h"
#include "tools/support/CheckAbi.h"
#include "tools/support/Codegen.h"
#include "tools/support/Compile.h"
#include "tools/support/LoadFamilies.h"
#include "tools/support/LoadedAbiTable.h"
#include "tools/support/MissingSymbols.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ExecutionEngine/Orc/AbsoluteSymbols.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/Support/Path.h"
#include <dlfcn.h>

using namespace llvm;
using namespace llvm::orc;
using namespace plumb::capi;

struct PlumbJit {
  std::shared_ptr<Context> state;
  std::unique_ptr<LLJIT> jit;
  bool hasMain = false, hasRun = false;
};

/// The runtime beside this library.
static std::string defaultRuntime() {
  Dl_info info;
  if (!dladdr(reinterpret_cast<void *>(&plumbJitCreate), &info))
    return "libPlumbRuntime.so";
  SmallString<128> path(sys::path::parent_path(info.dli_fname));
  sys::path::append(path, "libPlumbRuntime.so");
  return path.str().str();
}

namespace {
/// Where intrinsics come from: the libraries that the front end names, then
/// those that families were loaded with, then the runtime beside this library,
/// unless one of the first is a whole runtime. All stay loaded: they may have
/// started threads.
class Runtimes {
public:
  /// Paths with colons between. False after an error.
  bool open(PlumbModule *module, StringRef paths);
  /// Null when none has it; false in `isGood` after an error.
  void *lookup(PlumbModule *module, const std::string &symbol, bool &isGood);

  /// Whether the libraries were built from the records of this one, as far as
  /// they say; otherwise tells all differences.
  bool check(PlumbModule *module, ArrayRef<const plumb_intr_row *> rows) const;

private:
  struct Library {
    std::string path;
    void *handle; ///< dlopen's
  };
  bool openOne(PlumbModule *module, StringRef path);
  SmallVector<Library> libraries;
  bool isWhole = false;
};
} // namespace

bool Runtimes::openOne(PlumbModule *module, StringRef path) {
  // A name without a slash would be looked for in the system's folders.
  std::string file = path.contains('/') ? path.str() : "./" + path.str();
  // All of its own symbols now: a lazy failure would end the process midway.
  void *library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    module->fail(PLUMB_STATUS_RUNTIME,
                 "cannot load the runtime library: " + Twine(dlerror()));
    return false;
  }
  libraries.push_back({file, library});
  isWhole |= dlsym(library, "plumb_host_start") != nullptr;
  return true;
}

bool Runtimes::open(PlumbModule *module, StringRef paths) {
  for (StringRef path : split(paths, ':'))
    if (!path.empty() && !openOne(module, path))
      return false;
  return true;
}

void *Runtimes::lookup(PlumbModule *module, const std::string &symbol,
                       bool &isGood) {
  auto find = [&]() -> void * {
    for (const Library &library : libraries)
      if (void *address = dlsym(library.handle, symbol.c_str()))
        return address;
    return plumb::lookupLoadedSymbol(symbol);
  };
  void *address = find();
  if (address || isWhole)
    return address;
  isGood &= openOne(module, defaultRuntime());
  isWhole = true;
  return find();
}

bool Runtimes::check(PlumbModule *module,
                     ArrayRef<const plumb_intr_row *> rows) const {
  StringMap<std::optional<plumb::AbiTable>> tables;
  auto sourceOf = [&](const plumb_intr_row &row) -> plumb::AbiSource {
    for (const Library &library : libraries) {
      if (!dlsym(library.handle, row.symbol))
        continue;
      auto [entry, isNew] =
          tables.try_emplace(library.path + ":" + row.family->name);
      if (isNew)
        entry->second =
            plumb::readLoadedAbiTable(library.handle, row.family->name);
      return {library.path, entry->second ? &*entry->second : nullptr};
    }
    return {};
  };
  auto mismatches = plumb::findAbiMismatches(rows, sourceOf, false);
  for (const plumb::AbiMismatch &mismatch : mismatches)
    module->fail(PLUMB_STATUS_RUNTIME,
                 mismatch.message + "; " + mismatch.howToMend);
  return mismatches.empty();
}

/// Addresses of what the module uses; false after an error.
static bool findSymbols(PlumbModule *module, const Module &code, LLJIT &jit,
                        const char *given, SymbolMap &map) {
  Runtimes runtimes;
  bool isGood = runtimes.open(module, given ? given : "");
  std::string missing;
  auto externals = plumb::externalSymbols(code);
  for (const std::string &symbol : externals) {
    if (!isGood)
      return false;
    bool isOurs = plumb::isRuntimeSymbol(symbol);
    void *address = isOurs ? runtimes.lookup(module, symbol, isGood)
                           : dlsym(RTLD_DEFAULT, symbol.c_str());
    if (address)
      map[jit.mangleAndIntern(symbol)] = {ExecutorAddr::fromPtr(address),
                                          JITSymbolFlags::Exported |
                                              JITSymbolFlags::Callable};
    else
      missing += "\n  " + symbol + (isOurs ? ": an intrinsic's" : "");
  }
  if (isGood && missing.empty())
    return runtimes.check(module, plumb::usedRows(externals));
  if (!isGood)
    return false;
  module->fail(PLUMB_STATUS_RUNTIME,
               "the program uses symbols that nothing defines:" + missing);
  return false;
}

static Error load(LLJIT &jit, ThreadSafeModule code, SymbolMap symbols) {
  JITDylib &library = jit.getMainJITDylib();
  if (Error error = library.define(absoluteSymbols(std::move(symbols))))
    return error;
  if (Error error = jit.addIRModule(std::move(code)))
    return error;
  return jit.initialize(library);
}

static Expected<std::unique_ptr<LLJIT>>
createJit(const llvm::TargetMachine &target) {
  JITTargetMachineBuilder machine(target.getTargetTriple());
  machine.setCPU(target.getTargetCPU().str());
  machine.setFeatures(target.getTargetFeatureString());
  machine.setCodeGenOptLevel(target.getOptLevel());
  return LLJITBuilder().setJITTargetMachineBuilder(std::move(machine)).create();
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
  auto code = translate(module, *llvmContext, *target, options.is_library);
  if (!code)
    return PLUMB_STATUS_PROGRAM;

  auto fail = [&](Error error) {
    return module->fail(PLUMB_STATUS_TARGET, toString(std::move(error)));
  };
  auto made = createJit(*target);
  if (!made)
    return fail(made.takeError());
  SymbolMap symbols;
  if (!findSymbols(module, *code, **made, options.runtime, symbols))
    return PLUMB_STATUS_RUNTIME;
  plumb::optimise(*code, *target, options.level);
  bool hasMain = !options.is_library && plumb::definesMain(*module->op);
  ThreadSafeModule safe(std::move(code), std::move(llvmContext));
  if (Error error = load(**made, std::move(safe), std::move(symbols)))
    return fail(std::move(error));
  *jit = new PlumbJit{module->state, std::move(*made), hasMain};
  return PLUMB_STATUS_OK;
}

void plumbJitDestroy(PlumbJit *jit) {
  if (!jit)
    return;
  if (Error error = jit->jit->deinitialize(jit->jit->getMainJITDylib()))
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
  Expected<ExecutorAddr> found = jit->jit->lookup(function);
  if (!found) {
    consumeError(found.takeError());
    return jit->state->fail(PLUMB_STATUS_NOT_FOUND,
                            "the program has no public function '" +
                                Twine(function) + "'");
  }
  *address = found->toPtr<void *>();
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
  void *address;
  PlumbStatus status = plumbJitFind(jit, "main", &address);
  if (status != PLUMB_STATUS_OK)
    return status;
  jit->hasRun = true;
  *exit_code = reinterpret_cast<int (*)(int, char **)>(address)(num_arguments,
                                                                arguments);
  return PLUMB_STATUS_OK;
}
