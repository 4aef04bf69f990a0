//===- RuntimesTest.cpp - Where a family's functions come from ------------===//

#include "plumb/Execution/Runtimes.h"
#include "plumb/Intrinsic/LoadDescriptor.h"
#include "plumb/Intrinsic/Registry.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gtest/gtest.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::execution;

namespace {

constexpr const char *hostStart = "plumb_host_start";

/// Says that it has functions.
class Claimed : public Runtime {
public:
  Claimed(StringRef name, std::initializer_list<StringRef> symbols,
          std::optional<AbiTable> table = std::nullopt)
      : Runtime(name), table(std::move(table)) {
    this->symbols.insert_range(symbols);
  }
  void *lookup(StringRef symbol) const override {
    return symbols.contains(symbol) ? const_cast<Claimed *>(this) : nullptr;
  }

protected:
  std::optional<AbiTable> readAbiTable(StringRef) const override {
    return table;
  }

private:
  StringSet<> symbols;
  std::optional<AbiTable> table;
};

class RuntimesTest : public ::testing::Test {
protected:
  RuntimesTest() {
    auto buffer =
        cantFail(errorOrToExpected(MemoryBuffer::getFile(PLUMB_CLOCK_JSON)));
    family =
        cantFail(intr::loadDescriptor(buffer->getBuffer(), PLUMB_CLOCK_JSON));
    cantFail(registry.add(family));
    first = family->rows[0].symbol;
    second = family->rows[1].symbol;
  }

  const Runtime *add(StringRef name, std::initializer_list<StringRef> symbols,
                     std::optional<AbiTable> table = std::nullopt) {
    auto runtime = std::make_unique<Claimed>(name, symbols, std::move(table));
    const Runtime *added = runtime.get();
    runtimes.add(std::move(runtime));
    return added;
  }

  /// A default that counts how often it is made.
  void setDefault(std::initializer_list<StringRef> symbols) {
    std::vector<StringRef> copy(symbols);
    runtimes.setDefault([this, copy]() -> Expected<std::unique_ptr<Runtime>> {
      ++timesMade;
      StringMap<void *> addresses;
      for (StringRef symbol : copy)
        addresses[symbol] = this;
      return makeLinkedRuntime("the default", std::move(addresses));
    });
  }

  intr::FamilyRef family;
  intr::Registry registry;
  Runtimes runtimes{registry};
  std::string first, second;
  int timesMade = 0;
};

TEST_F(RuntimesTest, AFamilyComesFromTheFirstThatHasAnyOfIt) {
  const Runtime *half = add("half.so", {first});
  add("whole.so", {first, second});
  EXPECT_EQ(runtimes.find(*family), half);
  EXPECT_EQ(runtimes.lookup(first), half);
  EXPECT_EQ(runtimes.lookup(second), nullptr);
  std::vector<Problem> problems = runtimes.check("toy", {first, second});
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].message,
            "'toy' uses 1 symbol that nothing defines:\n  " + second +
                ": intrinsic '" + family->rows[1].source_name + "' of " +
                family->rows[1].location);
  ASSERT_EQ(problems[0].notes.size(), 2u);
  EXPECT_TRUE(problems[0].lacksIntrinsic);
  EXPECT_TRUE(StringRef(problems[0].notes[0]).contains("'half.so' does not"));
  EXPECT_TRUE(StringRef(problems[0].notes[1]).contains("'whole.so' has"));
}

TEST_F(RuntimesTest, TheWholeOneFirstHasAll) {
  const Runtime *whole = add("whole.so", {first, second});
  add("half.so", {first});
  EXPECT_EQ(runtimes.find(*family), whole);
  EXPECT_TRUE(runtimes.check("toy", {first, second}).empty());
}

TEST_F(RuntimesTest, TheDefaultIsMadeOnceAndForFamiliesOfNoOther) {
  add("other.so", {"plumb_other"});
  setDefault({first, second});
  EXPECT_TRUE(runtimes.check("toy", {"malloc"}).empty());
  EXPECT_EQ(timesMade, 0);
  EXPECT_TRUE(runtimes.check("toy", {first, second}).empty());
  EXPECT_EQ(timesMade, 1);
  EXPECT_EQ(runtimes.lookup(first), this);
  EXPECT_EQ(timesMade, 1);
}

TEST_F(RuntimesTest, AWholeRuntimeTakesThePlaceOfTheDefault) {
  add("whole.so", {hostStart});
  setDefault({first, second, hostStart});
  EXPECT_EQ(runtimes.check("toy", {first}).size(), 1u);
  EXPECT_EQ(timesMade, 0);
}

TEST_F(RuntimesTest, ADefaultThatCannotBeHadIsTheOneProblem) {
  runtimes.setDefault([]() -> Expected<std::unique_ptr<Runtime>> {
    return createStringError("it is gone");
  });
  std::vector<Problem> problems = runtimes.check("toy", {first, hostStart});
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].message, "it is gone");
}

TEST_F(RuntimesTest, ATableOfOtherRecordsIsRefused) {
  AbiTable table{family->name, "0.9", {}};
  table.rows[first] = {family->rows[0].hash + 1, "c void other()"};
  add("old.so", {first, second}, table);
  std::vector<Problem> problems = runtimes.check("toy", {first});
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_TRUE(StringRef(problems[0].message).contains("(version 0.9)"));
  EXPECT_TRUE(StringRef(problems[0].message).contains("c void other()"));
}

TEST_F(RuntimesTest, NoTableIsTakenUnlessOneIsRequired) {
  add("plain.so", {first, second});
  EXPECT_TRUE(runtimes.check("toy", {first}).empty());
  const plumb_intr_row *row = &family->rows[0];
  EXPECT_EQ(runtimes.check("toy", {first}, {row}, /*requireTable=*/true).size(),
            1u);
}

} // namespace
