//===- AddEntryPoint.cpp - The program's @main as a C main ----------------===//

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Passes/Passes.h"

using namespace mlir;

namespace plumb {
#define GEN_PASS_DEF_ADDENTRYPOINT
#include "plumb/Passes/Passes.h.inc"
} // namespace plumb

using namespace plumb;

/// Declared in plumb/host.h.
static constexpr StringLiteral hostStart = "plumb_host_start";
/// What @main is called then, unless the program has that name already.
static constexpr StringLiteral programName = "plumb.program";

/// The exit code, i32, for what the program returned; null for other types.
static Value exitCode(OpBuilder &builder, Location loc, ValueRange results) {
  Type i32 = builder.getI32Type();
  auto constant = [&](int value) -> Value {
    return LLVM::ConstantOp::create(builder, loc,
                                    builder.getI32IntegerAttr(value));
  };
  if (results.empty())
    return constant(0);
  Value result = results.front();
  if (isa<intr::StatusType>(result.getType())) {
    Value ok = intr::OkOp::create(builder, loc, builder.getI1Type(), result);
    return LLVM::SelectOp::create(builder, loc, ok, constant(0), constant(1));
  }
  if (result.getType().isSignlessInteger(1))
    return LLVM::ZExtOp::create(builder, loc, i32, result);
  if (result.getType().isSignlessInteger(64))
    return LLVM::TruncOp::create(builder, loc, i32, result);
  return result.getType() == i32 ? result : Value();
}

/// Null after an error, when the program has something else of that name.
static LLVM::LLVMFuncOp getHostStart(OpBuilder &builder, Location loc,
                                     SymbolTable &symbols) {
  MLIRContext *context = builder.getContext();
  auto type = LLVM::LLVMFunctionType::get(
      LLVM::LLVMVoidType::get(context),
      {builder.getI32Type(), LLVM::LLVMPointerType::get(context)});
  if (Operation *existing = symbols.lookup(hostStart)) {
    auto host = dyn_cast<LLVM::LLVMFuncOp>(existing);
    if (host && host.getFunctionType() == type)
      return host;
    existing->emitError("'")
        << hostStart << "' is the runtime's function that starts a program, "
        << "with type " << type << "; remove this, or give it another name";
    return {};
  }
  auto host = LLVM::LLVMFuncOp::create(builder, loc, hostStart, type);
  host.setSymVisibility("private");
  return host;
}

namespace {
struct AddEntryPointPass : plumb::impl::AddEntryPointBase<AddEntryPointPass> {
  void getDependentDialects(DialectRegistry &registry) const override {
    AddEntryPointBase::getDependentDialects(registry);
    registry.insert<intr::IntrDialect>();
  }

  void runOnOperation() override {
    if (failed(run()))
      signalPassFailure();
  }

  LogicalResult run() {
    ModuleOp module = getOperation();
    SymbolTable symbols(module);
    Operation *existing = symbols.lookup("main");
    auto program = dyn_cast_or_null<func::FuncOp>(existing);
    if (!program || program.isDeclaration()) {
      if (isa_and_present<LLVM::LLVMFuncOp>(existing))
        return success(); // a C main already
      return module.emitError("a program starts in `func.func @main`, and this "
                              "module defines none");
    }
    if (program.getNumArguments())
      return program.emitError("a program's @main takes no arguments");
    // C's main is not in the program's source.
    Location loc = UnknownLoc::get(&getContext());
    if (!program.getLoc()->findInstanceOf<NameLoc>())
      program->setLoc(NameLoc::get(program.getSymNameAttr(), program.getLoc()));
    if (symbols.lookup(programName)
            ? failed(symbols.renameToUnique(program, {}))
            : failed(symbols.rename(program, programName)))
      return program.emitError("a program's @main makes way for C's main, but "
                               "something here names it in a way that nobody "
                               "can change");
    // Only main is for the linker: a public @write would replace libc's.
    for (auto function : module.getOps<func::FuncOp>())
      function.setPrivate();

    OpBuilder builder(&getContext());
    builder.setInsertionPointAfter(program);
    Type pointer = LLVM::LLVMPointerType::get(&getContext());
    Type i32 = builder.getI32Type();
    LLVM::LLVMFuncOp host = getHostStart(builder, loc, symbols);
    if (!host)
      return failure();
    auto entry = LLVM::LLVMFuncOp::create(
        builder, loc, "main", LLVM::LLVMFunctionType::get(i32, {i32, pointer}));
    Block *body = entry.addEntryBlock(builder);
    builder.setInsertionPointToStart(body);
    LLVM::CallOp::create(builder, loc, host, body->getArguments());
    auto call = func::CallOp::create(builder, loc, program);
    Value code = exitCode(builder, loc, call.getResults());
    if (!code || call.getNumResults() > 1)
      return program.emitError("a program's @main returns nothing, i1, i32, "
                               "i64 or !intr.status, not (")
             << call.getResultTypes() << ")";
    LLVM::ReturnOp::create(builder, loc, code);
    return success();
  }
};
} // namespace
