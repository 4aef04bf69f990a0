//===- GenericTest.cpp - Rows with type variables -------------------------===//

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "plumb/Execution/Register.h"
#include "plumb/Intrinsic/CallBuilder.h"
#include "plumb/Intrinsic/DynamicDialect.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Intrinsic/LoadDescriptor.h"
#include "plumb/Model/Scheme.h"
#include "plumb/object.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace plumb::intr;
using plumb::model::schemeOf;

// The compiler's numbers are the runtime's.
#define SAME(OURS, THEIRS)                                                     \
  static_assert(int(plumb::model::ValueKind::OURS) == THEIRS)
SAME(Int, PLUMB_INT);
SAME(Float, PLUMB_FLOAT);
SAME(Bool, PLUMB_BOOL);
SAME(Unit, PLUMB_UNIT);
SAME(Object, PLUMB_OBJECT);

namespace {

const std::string &seqJson() {
  static const std::string text =
      llvm::cantFail(
          llvm::errorOrToExpected(llvm::MemoryBuffer::getFile(PLUMB_SEQ_JSON)))
          ->getBuffer()
          .str();
  return text;
}

/// A context with the test family, a function that takes values of some types,
/// and what was said of mistakes.
class Generic : public testing::Test {
protected:
  Generic() : builder(&context) {
    FamilyRef family = llvm::cantFail(loadDescriptor(seqJson(), "seq.json"));
    DialectRegistry dialects;
    plumb::execution::registerPlumb(dialects);
    addFamily(dialects, family);
    context.appendDialectRegistry(dialects);
    context.loadDialect<func::FuncDialect, IntrDialect>();
    for (const plumb_intr_row &row : plumb::model::rows(*family))
      rows[row.source_name] = &row;
    module = ModuleOp::create(builder.getUnknownLoc());
    context.getDiagEngine().registerHandler(
        [&](Diagnostic &diagnostic) { said += diagnostic.str() + "\n"; });
  }

  Type type(StringRef text) { return parseType(text, &context); }

  /// Arguments of these types.
  SmallVector<CallArgument> arguments(ArrayRef<StringRef> texts) {
    SmallVector<Type> types;
    for (StringRef text : texts)
      types.push_back(type(text));
    builder.setInsertionPointToEnd(module->getBody());
    auto function = func::FuncOp::create(builder, builder.getUnknownLoc(),
                                         "f" + std::to_string(count++),
                                         builder.getFunctionType(types, {}));
    Block *block = function.addEntryBlock();
    builder.setInsertionPointToEnd(block);
    SmallVector<CallArgument> made;
    for (Value value : block->getArguments())
      made.push_back({value, {}, {}});
    return made;
  }

  LogicalResult check(const CallBuilder &call) {
    return call.check([&] { return emitError(builder.getUnknownLoc()); });
  }

  MLIRContext context;
  OpBuilder builder;
  OwningOpRef<ModuleOp> module;
  llvm::StringMap<const plumb_intr_row *> rows;
  std::string said;
  unsigned count = 0;
};

TEST_F(Generic, DescribesSchemes) {
  EXPECT_EQ(schemeOf(*rows["Seq.map"]), "(List<A>, Fun(A) -> B) -> List<B>");
  EXPECT_EQ(schemeOf(*rows["Seq.each"]), "(List<A>, Fun(A) -> ()) -> ()");
  EXPECT_EQ(schemeOf(*rows["Seq.contains"]),
            "(List<A>, A) -> Bool where A: Eq");
  EXPECT_EQ(schemeOf(*rows["Seq.zip"]), "(List<A>, List<B>) -> List<(A, B)>");
  EXPECT_EQ(schemeOf(*rows["Seq.new"]), "() -> List<A>");
  EXPECT_EQ(schemeOf(*rows["Seq.sum"]), "(List<Int>) -> Int");
}

TEST_F(Generic, JsonKeepsAllOfIt) {
  const plumb_intr_row &append = *rows["Seq.append"];
  ASSERT_EQ(append.num_params, 2u);
  EXPECT_TRUE(append.params[0].is_consumed);
  EXPECT_TRUE(append.params[1].is_consumed);
  EXPECT_STREQ(append.params[0].type->name, "List");
  ASSERT_EQ(append.params[0].type->num_arguments, 1u);
  EXPECT_STREQ(append.params[0].type->arguments[0]->name, "A");
  ASSERT_EQ(append.num_variables, 1u);
  EXPECT_STREQ(append.variables[0], "A");
  ASSERT_EQ(append.num_operators, 1u);
  EXPECT_STREQ(append.operators[0], "list.append");
  const plumb_intr_row &length = *rows["Seq.length"];
  EXPECT_FALSE(length.params[0].is_consumed);
  ASSERT_EQ(length.num_aliases, 2u);
  EXPECT_STREQ(length.aliases[1], "Seq.size");
  const plumb_intr_row &contains = *rows["Seq.contains"];
  ASSERT_EQ(contains.num_bounds, 1u);
  EXPECT_EQ(contains.bounds[0].variable, 0u);
  EXPECT_STREQ(contains.bounds[0].name, "Eq");
  // In the order in which they first stand in the parameters.
  ASSERT_EQ(rows["Seq.map"]->num_variables, 2u);
  EXPECT_STREQ(rows["Seq.map"]->variables[1], "B");
}

TEST_F(Generic, ArgumentsTellWhatResultsAre) {
  CallBuilder call(&context, *rows["Seq.map"]);
  for (const CallArgument &argument :
       arguments({"!intr.object<\"List\", i64>", "!intr.fn<(i64) -> f64>"}))
    call.addArgument(argument);
  ASSERT_TRUE(succeeded(check(call))) << said;
  Operation *made = call.create(builder, builder.getUnknownLoc());
  ASSERT_EQ(made->getNumResults(), 1u);
  EXPECT_EQ(made->getResult(0).getType(), type("!intr.object<\"List\", f64>"));
  EXPECT_TRUE(succeeded(verify(made)));
}

TEST_F(Generic, TheFrontEndTellsWhatNoArgumentDoes) {
  arguments({});
  CallBuilder call(&context, *rows["Seq.new"]);
  EXPECT_TRUE(failed(check(call)));
  EXPECT_EQ(said, "nothing tells what type variable 'A' of 'Seq.new' stands "
                  "for: no argument is of it, and the type of the result is "
                  "not given\n");
  call.setVariable(0, type("i1"));
  ASSERT_TRUE(succeeded(check(call)));
  EXPECT_EQ(
      call.create(builder, builder.getUnknownLoc())->getResult(0).getType(),
      type("!intr.object<\"List\", i1>"));
  // The type of the result will do, too.
  CallBuilder other(&context, *rows["Seq.new"]);
  other.setResultType(0, type("!intr.object<\"List\", f64>"));
  ASSERT_TRUE(succeeded(check(other)));
  EXPECT_EQ(other.resultTypes().front(), type("!intr.object<\"List\", f64>"));
}

TEST_F(Generic, SaysWhichVariableIsTwoTypes) {
  CallBuilder call(&context, *rows["Seq.append"]);
  for (const CallArgument &argument :
       arguments({"!intr.object<\"List\", i64>", "f64"}))
    call.addArgument(argument);
  EXPECT_TRUE(failed(check(call)));
  EXPECT_EQ(said, "type variable 'A' of 'seq.append' is 'i64' in argument "
                  "'list', but 'f64' in argument 'value'\n");
  said.clear();
  CallBuilder given(&context, *rows["Seq.new"]);
  given.setVariable(0, type("i64"));
  given.setResultType(0, type("!intr.object<\"List\", f64>"));
  EXPECT_TRUE(failed(check(given)));
  EXPECT_EQ(said, "type variable 'A' of 'seq.make' is 'i64' in the front end, "
                  "but 'f64' in the result\n");
}

/// The error of the file with `from` replaced by `to` once; "" for none.
std::string errorWith(StringRef from, StringRef to) {
  std::string text = seqJson();
  size_t at = text.find(from.str());
  EXPECT_NE(at, std::string::npos) << from.str();
  text.replace(at, from.size(), to.str());
  auto family = loadDescriptor(text, "seq.json");
  return family ? "" : llvm::toString(family.takeError());
}

TEST_F(Generic, RefusesTypesWithoutTheirArguments) {
  std::string error = errorWith("\"arguments\": [\n    \"A\"\n   ]",
                                "\"arguments\": [\n    \"Nobody\"\n   ]");
  EXPECT_NE(error.find(".arguments: 'Nobody' is no type that can be one"),
            std::string::npos)
      << error;
  error = errorWith("\"arguments\": [\n    \"A\"\n   ]", "\"arguments\": []");
  EXPECT_NE(
      error.find("in MLIR, but kind 'object' is '!intr.object<\"List\">'"),
      std::string::npos)
      << error;
}

TEST_F(Generic, RefusesTypesThatAreOfThemselves) {
  std::string error =
      errorWith("\"arguments\": [\n    \"A\"\n   ]",
                "\"arguments\": [\n    \"Object_List_A\"\n   ]");
  EXPECT_NE(error.find("'Object_List_A' is no type that can be one"),
            std::string::npos)
      << error;
}

} // namespace
