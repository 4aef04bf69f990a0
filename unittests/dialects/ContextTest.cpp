//===- ContextTest.cpp - The families of a context ------------------------===//

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"
#include "plumb/Execution/LoadFamilies.h"
#include "plumb/Execution/Register.h"
#include "plumb/Intrinsic/DynamicDialect.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Intrinsic/LoadDescriptor.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace plumb::intr;

namespace {

/// The test family, with `from` replaced by `to` everywhere. No signature has
/// an operation's name.
FamilyRef clock(const std::string &from = "", const std::string &to = "") {
  std::string text =
      llvm::cantFail(llvm::errorOrToExpected(
                         llvm::MemoryBuffer::getFile(PLUMB_CLOCK_JSON)))
          ->getBuffer()
          .str();
  for (size_t at = 0;
       !from.empty() && (at = text.find(from, at)) != std::string::npos;
       at += to.size())
    text.replace(at, from.size(), to);
  return llvm::cantFail(loadDescriptor(text, "clock.json"));
}

/// A context with the built-in families, and another one.
std::unique_ptr<MLIRContext> contextWith(FamilyRef family) {
  DialectRegistry dialects;
  plumb::execution::registerPlumb(dialects);
  if (family) {
    addFamily(dialects, family);
    addDynamicDialect(dialects, family);
  }
  auto context =
      std::make_unique<MLIRContext>(dialects, MLIRContext::Threading::DISABLED);
  context->loadAllAvailableDialects();
  return context;
}

/// What the context says of a program that calls the operation; "" for nothing.
std::string errorOfCall(MLIRContext &context, const std::string &name) {
  std::string said;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    said += diagnostic.str();
    return success();
  });
  std::string program = "func.func @f(%a: i64) {\n  intr.call \"" + name +
                        "\"(%a) : (i64) -> ()\n  return\n}\n";
  OwningOpRef<ModuleOp> module =
      parseSourceString<ModuleOp>(program, ParserConfig(&context));
  EXPECT_EQ(bool(module), said.empty());
  return said;
}

bool contains(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

TEST(ContextFamilies, AreThoseThatItWasMadeWith) {
  auto with = contextWith(clock()), without = contextWith(nullptr);
  EXPECT_TRUE(getRegistry(with.get()).lookupSourceName("Clock.parse"));
  EXPECT_FALSE(getRegistry(without.get()).lookupSourceName("Clock.parse"));
  EXPECT_TRUE(contains(errorOfCall(*with, "clock.parse"), "takes 2 operands"));
  EXPECT_TRUE(contains(errorOfCall(*without, "clock.parse"),
                       "no loaded family has an intrinsic 'clock.parse'"));
}

/// Two states of one family, as before and after an edit.
TEST(ContextFamilies, MayDifferBetweenContexts) {
  FamilyRef old = clock(), renamed = clock("clock.parse", "clock.scan");
  auto first = contextWith(old), second = contextWith(renamed);
  EXPECT_TRUE(getRegistry(first.get()).lookup("clock.parse"));
  EXPECT_FALSE(getRegistry(first.get()).lookup("clock.scan"));
  EXPECT_TRUE(getRegistry(second.get()).lookup("clock.scan"));
  EXPECT_FALSE(getRegistry(second.get()).lookup("clock.parse"));
  EXPECT_TRUE(contains(errorOfCall(*first, "clock.scan"), "no loaded family"));
  EXPECT_TRUE(contains(errorOfCall(*second, "clock.scan"), "takes 2 operands"));
  // Handles are types of each.
  EXPECT_NE(getType(first.get(), *old->types[0]),
            getType(second.get(), *renamed->types[0]));
}

TEST(ContextFamilies, LiveAsLongAsTheContext) {
  FamilyRef family = clock();
  std::weak_ptr<const plumb_intr_family> watched = family;
  auto context = contextWith(std::move(family));
  ASSERT_FALSE(watched.expired());
  EXPECT_TRUE(getRegistry(context.get()).lookup("clock.parse"));
  context.reset();
  EXPECT_TRUE(watched.expired());
}

TEST(ContextFamilies, AreNoneBeforeTheDialectIsLoaded) {
  MLIRContext context;
  EXPECT_TRUE(getRegistry(&context).families().empty());
  context.loadDialect<IntrDialect>();
  EXPECT_EQ(getRegistry(&context).families().size(), 1u);
}

/// Sets of files: a failure changes nothing, and one set knows nothing of
/// another.
TEST(Families, AreSetsOfTheirOwn) {
  plumb::execution::Families loaded, builtin;
  ASSERT_FALSE(loaded.load(PLUMB_CLOCK_JSON));
  EXPECT_TRUE(loaded.getRegistry().lookup("clock.parse"));
  EXPECT_FALSE(builtin.getRegistry().lookup("clock.parse"));
  EXPECT_EQ(llvm::toString(loaded.load(PLUMB_CLOCK_JSON)), "");
  EXPECT_EQ(loaded.getFiles().size(), 1u);
  EXPECT_TRUE(builtin.getFiles().empty());
}

} // namespace
