//===- Module.cpp - Modules as a whole ------------------------------------===//

#include "Impl.h"
#include "mlir/Bytecode/BytecodeReader.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "plumb/Passes/Passes.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"

using namespace plumb::capi;

PlumbModule::PlumbModule(std::shared_ptr<Context> state,
                         mlir::OwningOpRef<mlir::ModuleOp> op,
                         llvm::StringRef name)
    : state(std::move(state)), op(std::move(op)), name(name),
      builder(&this->state->mlir),
      loc(mlir::FileLineColLoc::get(&this->state->mlir, name, 0, 0)) {
  forget();
}

void PlumbModule::forget() {
  block = nullptr;
  functions.clear(nextSerial());
  blocks.clear(nextSerial());
  values.clear(nextSerial());
  symbols = std::make_unique<mlir::SymbolTable>(*op);
}

PlumbStatus plumbModuleCreate(PlumbContext *context, const char *name,
                              PlumbModule **module) {
  clear(module);
  if (!context)
    return PLUMB_STATUS_MISUSE;
  if (!name || !module)
    return context->state->fail(
        PLUMB_STATUS_MISUSE,
        "plumbModuleCreate: name and module must not be null");
  auto loc = mlir::FileLineColLoc::get(&context->state->mlir, name, 0, 0);
  *module = new PlumbModule(context->state, mlir::ModuleOp::create(loc), name);
  return PLUMB_STATUS_OK;
}

PlumbStatus plumbModuleParse(PlumbContext *context, const char *text,
                             size_t length, const char *name,
                             PlumbModule **module) {
  clear(module);
  if (!context)
    return PLUMB_STATUS_MISUSE;
  Context &state = *context->state;
  if (!text || !name || !module)
    return state.fail(
        PLUMB_STATUS_MISUSE,
        "plumbModuleParse: text, name and module must not be null");
  auto loc = mlir::FileLineColLoc::get(&state.mlir, name, 0, 0);
  auto sources = std::make_shared<llvm::SourceMgr>();
  auto buffer = llvm::MemoryBuffer::getMemBufferCopy({text, length}, name);
  if (!mlir::isBytecode(buffer->getMemBufferRef())) {
    std::string why = whyTooDeep(buffer->getBuffer());
    if (!why.empty())
      return state.fail(PLUMB_STATUS_PROGRAM, "cannot be parsed: " + why, loc);
  }
  sources->AddNewSourceBuffer(std::move(buffer), llvm::SMLoc());
  mlir::ParserConfig config(&state.mlir);
  auto op = mlir::parseSourceFile<mlir::ModuleOp>(sources, config);
  if (!op)
    return PLUMB_STATUS_PROGRAM;
  *module = new PlumbModule(context->state, std::move(op), name);
  return PLUMB_STATUS_OK;
}

void plumbModuleDestroy(PlumbModule *module) { delete module; }

PlumbStatus plumbModuleVerify(PlumbModule *module) {
  if (!module)
    return PLUMB_STATUS_MISUSE;
  return succeeded(mlir::verify(*module->op)) ? PLUMB_STATUS_OK
                                              : PLUMB_STATUS_PROGRAM;
}

PlumbStatus plumbModulePrint(PlumbModule *module, PlumbText *text) {
  clear(text);
  if (!module)
    return PLUMB_STATUS_MISUSE;
  if (!text)
    return module->misuse(__func__, "text must not be null");
  std::string printed;
  llvm::raw_string_ostream os(printed);
  module->op->print(os);
  *text = makeText(printed);
  return PLUMB_STATUS_OK;
}

/// Passes are run on verified modules only: they assume it.
static PlumbStatus
run(PlumbModule *module,
    llvm::function_ref<void(mlir::OpPassManager &)> addPasses) {
  if (!module)
    return PLUMB_STATUS_MISUSE;
  PlumbStatus status = plumbModuleVerify(module);
  if (status != PLUMB_STATUS_OK)
    return status;
  // A pass may erase what the symbol table and the numbers refer to.
  module->symbols.reset();
  mlir::PassManager passes(module->op.get()->getName());
  addPasses(passes);
  if (failed(passes.run(*module->op)))
    status = PLUMB_STATUS_PROGRAM;
  module->forget();
  return status;
}

PlumbStatus plumbModuleResolve(PlumbModule *module) {
  return run(module, [](mlir::OpPassManager &passes) {
    passes.addPass(plumb::createResolveBuiltins());
  });
}

PlumbStatus plumbModuleLower(PlumbModule *module, int whole_program) {
  return run(module, whole_program ? plumb::buildProgramPipeline
                                   : plumb::buildPlumbToLLVMPipeline);
}
