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

void plumb::checkAtStart(Module &module, const SharedRuntime &runtime) {
  LLVMContext &context = module.getContext();
  IRBuilder<> builder(context);
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
  auto *constructor = Function::Create(
      FunctionType::get(builder.getVoidTy(), false),
      GlobalValue::InternalLinkage, "plumb.check_runtime." + family, module);
  builder.SetInsertPoint(BasicBlock::Create(context, "", constructor));
  builder.CreateCall(
      check, {builder.CreateGlobalString(family),
              builder.CreateGlobalString(sys::path::filename(runtime.library)),
              builder.CreateGlobalString(linesOf(runtime)), table});
  builder.CreateRetVoid();
  appendToGlobalCtors(module, constructor, /*Priority=*/65535);
}
