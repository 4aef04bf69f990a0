//===- CheckAtStart.cpp - A shared runtime once more ----------------------===//

#include "CheckAtStart.h"
#include "model/Promises.h"
#include "plumb/Execution/AbiTable.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/Support/Path.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;
using namespace plumb;

/// As -gen-abi-table writes them.
static std::string linesOf(const SharedRuntime &runtime) {
  std::string text;
  for (const plumb_intr_row *row : runtime.rows)
    text += "row " + utohexstr(row->hash, /*LowerCase=*/true, 16) + " " +
            row->symbol + " " + row->signature + "\npromises " + row->symbol +
            " " + model::promisesOf(*row) + "\n";
  return text;
}

/// Calls plumb_host_check_runtime of what is linked, in a constructor, unless
/// one of `needed` is missing there.
static void addConstructor(Module &module, StringRef family,
                           FunctionCallee check, ArrayRef<Value *> arguments,
                           ArrayRef<Constant *> needed) {
  LLVMContext &context = module.getContext();
  auto *constructor = Function::Create(
      FunctionType::get(Type::getVoidTy(context), false),
      GlobalValue::InternalLinkage, "plumb.check_runtime." + family, module);
  auto *entry = BasicBlock::Create(context, "", constructor);
  auto *there = BasicBlock::Create(context, "", constructor);
  auto *end = BasicBlock::Create(context, "", constructor);
  IRBuilder<> builder(entry);
  Value *all = builder.getTrue();
  for (Constant *one : needed)
    all = builder.CreateAnd(all, builder.CreateIsNotNull(one));
  builder.CreateCondBr(all, there, end);
  builder.SetInsertPoint(there);
  builder.CreateCall(check, arguments);
  builder.CreateBr(end);
  builder.SetInsertPoint(end);
  builder.CreateRetVoid();
  appendToGlobalCtors(module, constructor, /*Priority=*/65535);
}

void plumb::checkAtStart(Module &module, const SharedRuntime &runtime) {
  IRBuilder<> builder(module.getContext());
  Type *pointer = builder.getPtrTy();
  std::string family = runtime.rows.front()->family->name;
  FunctionCallee check = module.getOrInsertFunction(
      "plumb_host_check_runtime",
      FunctionType::get(builder.getVoidTy(),
                        {pointer, pointer, pointer, pointer}, false));
  // Null where the library at hand has none.
  std::string symbol = execution::abiTableSymbol(family);
  GlobalVariable *table = module.getGlobalVariable(symbol);
  if (!table)
    table =
        new GlobalVariable(module, builder.getInt8Ty(), /*isConstant=*/true,
                           GlobalValue::ExternalWeakLinkage, nullptr, symbol);
  SmallVector<Constant *> needed;
  if (runtime.library.empty()) {
    cast<Function>(check.getCallee())
        ->setLinkage(GlobalValue::ExternalWeakLinkage);
    needed = {cast<Constant>(check.getCallee()), table};
  }
  StringRef library = sys::path::filename(runtime.library);
  addConstructor(module, family, check,
                 {builder.CreateGlobalString(family, "", 0, &module),
                  builder.CreateGlobalString(library, "", 0, &module),
                  builder.CreateGlobalString(linesOf(runtime), "", 0, &module),
                  table},
                 needed);
}
