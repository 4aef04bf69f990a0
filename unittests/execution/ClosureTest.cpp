//===- ClosureTest.cpp - Callbacks with environments, built in C++ --------===//

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/ExtensibleDialect.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "plumb/Execution/Compile.h"
#include "plumb/Execution/Jit.h"
#include "plumb/Execution/Register.h"
#include "plumb/Execution/Runtimes.h"
#include "plumb/Execution/Target.h"
#include "plumb/Intrinsic/CallBuilder.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Intrinsic/LoadDescriptor.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace plumb;

namespace {

/// `ring` says the sum of its data and of what it has captured; the test's
/// calls go before what ends `main`.
constexpr const char *program = R"(
  func.func private @ring(%data: i64, %env: !intr.slot) {
    %captured = intr.unpack %env : i64
    %sum = arith.addi %captured, %data : i64
    %text = str.from_int %sum
    %printed = io.print %text
    return
  }
  func.func @main() {
    %ran = time.run
    return
  })";

class ClosureTest : public ::testing::Test {
protected:
  ClosureTest() : context(makeRegistry()) {
    context.loadDialect<intr::IntrDialect>();
    module = parseSourceString<ModuleOp>(program, &context);
    builder.setInsertionPointToStart(
        &module->lookupSymbol<func::FuncOp>("main").getBody().front());
  }

  static DialectRegistry makeRegistry() {
    DialectRegistry registry;
    execution::registerPlumb(registry);
    return registry;
  }

  Value number(int64_t value) {
    OperationState state(builder.getUnknownLoc(), "arith.constant");
    state.addAttribute("value", builder.getI64IntegerAttr(value));
    state.addTypes(builder.getI64Type());
    return builder.create(state)->getResult(0);
  }
  Value pack(Value value) {
    return intr::PackOp::create(builder, builder.getUnknownLoc(),
                                intr::SlotType::get(&context), value);
  }

  /// The call of a row that takes two numbers and a callback; null after
  /// errors, which are in `said`.
  Operation *call(const plumb_intr_row &row, const intr::CallArgument &callback,
                  int64_t first = 0, int64_t second = 0) {
    intr::CallBuilder call(&context, row);
    call.addArgument({number(first), {}, {}});
    call.addArgument({number(second), {}, {}});
    call.addArgument(callback);
    ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
      said += diagnostic.str();
      return success();
    });
    Location loc = builder.getUnknownLoc();
    return succeeded(call.check([&] { return emitError(loc); }))
               ? call.create(builder, loc)
               : nullptr;
  }
  const plumb_intr_row &row(StringRef name) {
    return *intr::getRegistry(&context).lookup(name);
  }
  FlatSymbolRefAttr function(StringRef name) {
    return FlatSymbolRefAttr::get(&context, name);
  }

  /// What the program says when it runs.
  std::string run() {
    EXPECT_TRUE(succeeded(verify(*module)));
    auto target = cantFail(execution::createTargetMachine("", "generic", 0));
    auto llvmContext = std::make_unique<llvm::LLVMContext>();
    auto code = execution::compileToLLVM(*module, *llvmContext,
                                         /*wholeProgram=*/true, target.get());
    if (!code)
      return "does not compile";
    execution::Runtimes runtimes(intr::getRegistry(&context));
    cantFail(runtimes.addLibraries(std::string(PLUMB_RUNTIME_LIBRARY)));
    auto jit = cantFail(execution::Jit::create(
        {std::move(code), std::move(llvmContext)}, *target, runtimes));
    testing::internal::CaptureStdout();
    char name[] = "closures", *arguments[] = {name, nullptr};
    EXPECT_EQ(cantFail(jit->runMain(1, arguments)), 0);
    return testing::internal::GetCapturedStdout();
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
  OpBuilder builder{&context};
  std::string said;
};

} // namespace

TEST_F(ClosureTest, OneFunctionWithTwoEnvironments) {
  Value ten = pack(number(10)), hundred = pack(number(100));
  ASSERT_TRUE(call(row("time.after"), {{}, function("ring"), {}, ten}, 1, 1));
  Operation *second =
      call(row("time.after"), {{}, function("ring"), {}, hundred}, 2, 2);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->getName().getStringRef(), "time.after");
  EXPECT_EQ(intr::environmentOperand(second, row("time.after").params[2]), 2u);
  EXPECT_EQ(run(), "11\n102\n");
}

TEST_F(ClosureTest, Mistakes) {
  EXPECT_FALSE(call(row("time.after"), {{}, function("ring"), {}, number(1)}));
  EXPECT_EQ(said, "argument 'on_timer' of 'Time.after' has an environment of "
                  "type 'i64'; it is an !intr.slot, and intr.pack makes one");
  said.clear();
  EXPECT_FALSE(call(row("time.after"), {{}, {}, {}, pack(number(1))}));
  EXPECT_EQ(said, "argument 'on_timer' of 'Time.after' has an environment, but "
                  "no function that takes it");
}

/// A family with operations of its own whose records have no Environments.
TEST_F(ClosureTest, TheCarrierIsForOperationsThatTakeNone) {
  auto buffer = cantFail(
      llvm::errorOrToExpected(llvm::MemoryBuffer::getFile(PLUMB_CLOCK_JSON)));
  cantFail(context.getLoadedDialect<intr::IntrDialect>()->getRegistry().add(
      cantFail(intr::loadDescriptor(buffer->getBuffer(), PLUMB_CLOCK_JSON))));
  const plumb_intr_row &alarm = row("clock.alarm");
  context.getOrLoadDynamicDialect("clock", [](DynamicDialect *dialect) {
    auto good = [](Operation *) { return success(); };
    dialect->registerDynamicOp(
        DynamicOpDefinition::get("alarm", dialect, good, good));
  });
  intr::CallBuilder plain(&context, alarm), closure(&context, alarm);
  for (intr::CallBuilder *call : {&plain, &closure})
    for (const plumb_intr_param &p : model::params(alarm))
      if (p.callback)
        call->addArgument({{},
                           function("f"),
                           {},
                           call == &closure ? pack(number(1)) : Value()});
      else
        call->addArgument({number(1), {}, {}});
  Location loc = builder.getUnknownLoc();
  EXPECT_EQ(plain.create(builder, loc)->getName().getStringRef(),
            "clock.alarm");
  EXPECT_EQ(closure.create(builder, loc)->getName().getStringRef(),
            "intr.call");
}
