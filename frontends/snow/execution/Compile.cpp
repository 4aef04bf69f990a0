//===- Compile.cpp - From a checked program to LLVM IR --------------------===//

#include "frontends/snow/execution/Compile.h"
#include "frontends/snow/lower/Lower.h"
#include "frontends/snow/passes/Passes.h"
#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Pass/PassManager.h"
#include "plumb/Execution/Compile.h"
#include "plumb/Execution/Register.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace snow;
using namespace snow::execution;

namespace {
/// A program in MLIR, and what MLIR says is wrong with it.
class Lowering {
public:
  Lowering(core::Program &program, const plumb::execution::Families &families)
      : context(dialects(families), mlir::MLIRContext::Threading::DISABLED),
        handler(&context, [&](mlir::Diagnostic &diagnostic) {
          if (diagnostic.getSeverity() == mlir::DiagnosticSeverity::Error)
            add(diagnostic);
        }) {
    context.loadAllAvailableDialects();
    context.printOpOnDiagnostic(false);
    module = lower::lowerProgram(program, context);
  }

  mlir::ModuleOp getModule() { return module.get(); }
  /// Runs Snow's passes. An error for any that has been told.
  Error run(function_ref<void(mlir::OpPassManager &)> build) {
    if (!module)
      return takeError();
    mlir::PassManager passes(module.get()->getName());
    build(passes);
    return failed(passes.run(*module)) ? takeError() : Error::success();
  }
  Error takeError() {
    return createStringError(messages.empty() ? "the program cannot be lowered"
                                              : messages);
  }

private:
  static mlir::DialectRegistry
  dialects(const plumb::execution::Families &families) {
    mlir::DialectRegistry registry;
    plumb::execution::registerPlumb(registry, families);
    passes::registerSnow(registry);
    return registry;
  }
  void add(const mlir::Diagnostic &diagnostic) {
    raw_string_ostream os(messages);
    if (!messages.empty())
      os << "\n";
    if (auto at =
            diagnostic.getLocation()->findInstanceOf<mlir::FileLineColLoc>())
      os << at.getFilename().getValue() << ":" << at.getLine() << ":"
         << at.getColumn() << ": ";
    os << diagnostic.str();
  }

  mlir::MLIRContext context;
  std::string messages;
  mlir::ScopedDiagnosticHandler handler;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};
} // namespace

Error execution::writeMlir(core::Program &program,
                           const plumb::execution::Families &families,
                           Stage stage, raw_ostream &os) {
  Lowering lowering(program, families);
  if (Error error = lowering.run([&](mlir::OpPassManager &pm) {
        if (stage == Stage::Counted)
          passes::addCounting(pm);
      }))
    return error;
  lowering.getModule().print(os);
  return Error::success();
}

Error execution::writeForPlumb(core::Program &program,
                               const plumb::execution::Families &families,
                               raw_ostream &os) {
  Lowering lowering(program, families);
  if (Error error = lowering.run(passes::buildSnowPipeline))
    return error;
  if (failed(mlir::writeBytecodeToFile(lowering.getModule(), os)))
    return lowering.takeError();
  return Error::success();
}

Expected<std::unique_ptr<Module>> execution::compile(
    core::Program &program, const plumb::execution::Families &families,
    LLVMContext &context, const TargetMachine &target, bool hasDebugLines) {
  Lowering lowering(program, families);
  if (Error error = lowering.run(passes::buildSnowPipeline))
    return std::move(error);
  if (hasDebugLines)
    plumb::execution::requestDebugLines(lowering.getModule());
  std::unique_ptr<Module> module = plumb::execution::compileToLLVM(
      lowering.getModule(), context, /*wholeProgram=*/true, &target);
  if (!module)
    return lowering.takeError();
  return std::move(module);
}
