//===- RunTest.cpp - Programs from the checker's output to their end ------===//

#include "frontends/snow/execution/Run.h"
#include "unittests/snow/lower/CoreBuilder.h"
#include "llvm/Support/raw_ostream.h"
#include <gtest/gtest.h>

using namespace snow;
using namespace snow::core;
using Kind = Expression::Kind;

namespace {

/// In a process of its own; ends with the program's exit code.
void run(Program &program, unsigned level) {
  plumb::execution::Families families;
  execution::CodeOptions options;
  options.level = level;
  llvm::Expected<int> code =
      execution::run(program, families, options, {"main.snow"});
  if (!code) {
    llvm::errs() << llvm::toString(code.takeError()) << "\n";
    std::_Exit(99);
  }
  llvm::outs().flush();
  std::_Exit(*code);
}

class RunTest : public testing::TestWithParam<unsigned>, public CoreBuilder {
protected:
  RunTest() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }

  /// main fails unless the value is the expected one.
  void expectEqual(ExpressionPtr value, int64_t expected) {
    Function &main = function("Main.main", {}, unitType);
    main.body = make(Kind::If, unitType,
                     primitive(Primitive::Equal, boolean, std::move(value),
                               number(expected)),
                     unit(), fail("another value", unitType));
    program.main = &main;
    EXPECT_EXIT(run(program, GetParam()), testing::ExitedWithCode(0), "");
  }
};

TEST_P(RunTest, CallsThemselves) {
  Variable *n = variable("n", integer);
  Function &fib = function("Main.fib", {n}, integer);
  fib.body =
      make(Kind::If, integer,
           primitive(Primitive::Less, boolean, local(n), number(2)), local(n),
           primitive(Primitive::Add, integer,
                     call(fib, primitive(Primitive::Subtract, integer, local(n),
                                         number(1))),
                     call(fib, primitive(Primitive::Subtract, integer, local(n),
                                         number(2)))));
  expectEqual(call(fib, number(20)), 6765);
}

// Deeper than any stack is.
TEST_P(RunTest, TailCallsTakeNoStack) {
  Variable *n = variable("n", integer), *sum = variable("sum", integer);
  Function &count = function("Main.count", {n, sum}, integer);
  count.body = make(
      Kind::If, integer,
      primitive(Primitive::Equal, boolean, local(n), number(0)), local(sum),
      call(count, primitive(Primitive::Subtract, integer, local(n), number(1)),
           primitive(Primitive::Add, integer, local(sum), local(n))));
  expectEqual(call(count, number(50000000), number(0)), 1250000025000000);
}

TEST_P(RunTest, DivisionWraps) {
  Variable *d = variable("d", integer);
  Function &divide = function("Main.divide", {d}, integer);
  divide.body =
      primitive(Primitive::Divide, integer, number(INT64_MIN), local(d));
  expectEqual(call(divide, number(-1)), INT64_MIN);
}

TEST_P(RunTest, ErrorsShowTheStack) {
  Variable *d = variable("d", integer);
  Function &divide = function("Main.divide", {d}, integer);
  divide.body = primitive(Primitive::Remainder, integer, number(1), local(d));
  unsigned line = divide.body->where.line;
  Function &main = function("Main.main", {}, integer);
  main.body =
      primitive(Primitive::Add, integer, call(divide, number(0)), number(1));
  unsigned callLine = main.body->operands[0]->where.line;
  program.main = &main;
  EXPECT_EXIT(run(program, GetParam()), testing::ExitedWithCode(1),
              "^error: division by zero\n"
              "  in Main.divide at main.snow:" +
                  std::to_string(line) +
                  "\n"
                  "  in Main.main at main.snow:" +
                  std::to_string(callLine) + "\n$");
}

INSTANTIATE_TEST_SUITE_P(Levels, RunTest, testing::Values(0, 2),
                         [](const auto &info) {
                           return "O" + std::to_string(info.param);
                         });

} // namespace
