//===- Run.cpp - Runs a program in this process ---------------------------===//

#include "frontends/snow/execution/Run.h"
#include "plumb/Execution/Codegen.h"
#include "plumb/Execution/Jit.h"
#include "plumb/Execution/Runtimes.h"
#include "plumb/Execution/Target.h"
#include "plumb/host.h"
#include <dlfcn.h>

using namespace llvm;
using namespace snow;
using namespace snow::execution;
using namespace plumb::execution;

/// The runtime that this program is linked with, whose symbols it exports.
static std::unique_ptr<Runtime> ownRuntime(const plumb::intr::Registry &rows) {
  StringMap<void *> addresses;
  auto add = [&](StringRef name) {
    if (void *address = dlsym(RTLD_DEFAULT, name.str().c_str()))
      addresses[name] = address;
  };
  addresses["plumb_host_start"] = reinterpret_cast<void *>(&plumb_host_start);
  for (const plumb_intr_family *family : rows.families()) {
    add(std::string("plumb_abi_") + family->name);
    for (const plumb_intr_row &row : ArrayRef(family->rows, family->num_rows))
      add(row.symbol);
  }
  return makeLinkedRuntime("snowc's own", std::move(addresses));
}

static Error problemsOf(Runtimes &runtimes, const Module &module) {
  std::string text;
  for (const Problem &problem : runtimes.check(module)) {
    text += (text.empty() ? "" : "\n") + problem.message;
    for (const std::string &note : problem.notes)
      text += "\n" + note;
  }
  return text.empty() ? Error::success() : createStringError(text);
}

Expected<int> execution::run(core::Program &program, const Families &families,
                             const CodeOptions &options,
                             ArrayRef<std::string> arguments) {
  auto target = createTargetMachine("", options.cpu, options.level);
  if (!target)
    return target.takeError();
  auto context = std::make_unique<LLVMContext>();
  auto module =
      compile(program, families, *context, **target, options.hasDebugLines);
  if (!module)
    return module.takeError();
  Runtimes runtimes(families.getRegistry());
  if (Error error = runtimes.addLibraries(options.runtimes))
    return std::move(error);
  runtimes.addLoadedFamilies(families);
  runtimes.setDefault([&] { return ownRuntime(families.getRegistry()); });
  if (Error error = problemsOf(runtimes, **module))
    return std::move(error);
  optimise(**module, **target, options.level);
  auto made =
      Jit::create(orc::ThreadSafeModule(std::move(*module), std::move(context)),
                  **target, runtimes);
  if (!made)
    return made.takeError();
  // Reachable for ever, as is its code.
  static Jit *jit = made->release();
  static std::vector<std::string> kept(arguments.begin(), arguments.end());
  static std::vector<char *> argv;
  for (std::string &argument : kept)
    argv.push_back(argument.data());
  argv.push_back(nullptr);
  return jit->runMain(argv.size() - 1, argv.data());
}
