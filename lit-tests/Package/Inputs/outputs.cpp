//===- outputs.cpp - A program of a front end, as object and in memory ----===//
//
// usage: outputs RUNTIME [OBJECT]
//
// Compiles one program, with only Plumb's installed package: writes it to the
// object file, or runs it in this process with the runtime library.
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "plumb/Execution/Codegen.h"
#include "plumb/Execution/Compile.h"
#include "plumb/Execution/Jit.h"
#include "plumb/Execution/LoadFamilies.h"
#include "plumb/Execution/Register.h"
#include "plumb/Execution/Runtimes.h"
#include "plumb/Execution/Target.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace plumb::execution;

static const char program[] = R"(
func.func private @"Io.print"(!intr.str) -> !intr.status
func.func @main() {
  %text = intr.constant "printed by the program"
  %0 = call @"Io.print"(%text) : (!intr.str) -> !intr.status
  return
}
)";

static int fail(const llvm::Twine &why) {
  llvm::errs() << why << "\n";
  return 1;
}
static int fail(llvm::Error error) {
  return fail(llvm::toString(std::move(error)));
}

static int run(const Families &families, llvm::TargetMachine &target,
               llvm::orc::ThreadSafeModule code, const std::string &library) {
  Runtimes runtimes(families.getRegistry());
  if (llvm::Error error = runtimes.addLibraries(library))
    return fail(std::move(error));
  auto problems = code.withModuleDo(
      [&](llvm::Module &module) { return runtimes.check(module); });
  for (const Problem &problem : problems)
    return fail(problem.message);
  code.withModuleDo([&](llvm::Module &module) { optimise(module, target, 2); });
  auto jit = Jit::create(std::move(code), target, runtimes);
  if (!jit)
    return fail(jit.takeError());
  char name[] = "outputs", *arguments[] = {name, nullptr};
  auto exitCode = (*jit)->runMain(1, arguments);
  if (!exitCode)
    return fail(exitCode.takeError());
  return *exitCode;
}

int main(int argc, char **argv) {
  Families families;
  DialectRegistry registry;
  registerPlumb(registry, families);
  MLIRContext context(registry);
  context.loadAllAvailableDialects();
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(program, &context);
  if (argc < 2 || !module)
    return fail("usage: outputs RUNTIME [OBJECT]");
  auto target = createTargetMachine("", "generic", /*level=*/2);
  if (!target)
    return fail(target.takeError());
  auto llvmContext = std::make_unique<llvm::LLVMContext>();
  auto code = compileToLLVM(*module, *llvmContext, /*wholeProgram=*/true,
                            target->get());
  if (!code)
    return 1;
  if (argc == 2)
    return run(
        families, **target,
        llvm::orc::ThreadSafeModule(std::move(code), std::move(llvmContext)),
        argv[1]);
  std::error_code error;
  llvm::raw_fd_ostream object(argv[2], error);
  if (error)
    return fail(error.message());
  optimise(*code, **target, 2);
  if (llvm::Error failed =
          emitCode(*code, **target, llvm::CodeGenFileType::ObjectFile, object))
    return fail(std::move(failed));
}
