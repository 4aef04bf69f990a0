//===- say.cpp - A front end that has only Plumb's installed package ------===//
//
// Each line `say TEXT` of stdin prints the text and its length. Writes LLVM IR.
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "plumb/Execution/Compile.h"
#include "plumb/Execution/Register.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Str/StrDialect.h"
#include "llvm/Support/raw_ostream.h"
#include <iostream>
#include <string>

using namespace mlir;

namespace {
class FrontEnd {
public:
  explicit FrontEnd(MLIRContext &context)
      : builder(&context), loc(builder.getUnknownLoc()),
        module(ModuleOp::create(loc)) {
    Type text = plumb::intr::StrType::get(&context);
    builder.setInsertionPointToEnd(module->getBody());
    print = func::FuncOp::create(
        builder, loc, "Io.print",
        builder.getFunctionType(text, plumb::intr::StatusType::get(&context)));
    print.setPrivate();
    auto main = func::FuncOp::create(builder, loc, "main",
                                     builder.getFunctionType({}, {}));
    builder.setInsertionPointToStart(main.addEntryBlock());
  }

  void say(StringRef text) {
    Type type = plumb::intr::StrType::get(builder.getContext());
    Value constant = plumb::intr::ConstantOp::create(
        builder, loc, type, builder.getStringAttr(text));
    // One by its source name, one by the class of its operation.
    func::CallOp::create(builder, loc, print, constant);
    Value length = plumb::str::Length::create(builder, loc,
                                              builder.getI64Type(), constant);
    Value shown = plumb::str::FromInt::create(builder, loc, type, length);
    func::CallOp::create(builder, loc, print, shown);
  }

  OwningOpRef<ModuleOp> finish() {
    func::ReturnOp::create(builder, loc);
    return std::move(module);
  }

private:
  OpBuilder builder;
  Location loc;
  OwningOpRef<ModuleOp> module;
  func::FuncOp print;
};
} // namespace

int main() {
  DialectRegistry registry;
  plumb::execution::registerPlumb(registry);
  MLIRContext context(registry);
  context.loadDialect<func::FuncDialect, plumb::intr::IntrDialect,
                      plumb::str::StrDialect>();
  FrontEnd frontEnd(context);
  for (std::string line; std::getline(std::cin, line);)
    if (StringRef rest(line); rest.consume_front("say "))
      frontEnd.say(rest);
  OwningOpRef<ModuleOp> module = frontEnd.finish();
  llvm::LLVMContext llvmContext;
  auto result = plumb::execution::compileToLLVM(*module, llvmContext,
                                                /*wholeProgram=*/true);
  if (!result)
    return 1;
  result->print(llvm::outs(), nullptr);
}
