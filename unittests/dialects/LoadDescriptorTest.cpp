//===- LoadDescriptorTest.cpp - Families from data ------------------------===//

#include "plumb/Intrinsic/LoadDescriptor.h"
#include "model/Signature.h"
#include "plumb/Intrinsic/Registry.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

using namespace llvm;
using namespace plumb::intr;
using plumb::model::abiSignature;

namespace {

const std::string &clockJson() {
  static const std::string text =
      cantFail(errorOrToExpected(MemoryBuffer::getFile(PLUMB_CLOCK_JSON)))
          ->getBuffer()
          .str();
  return text;
}

/// The error of the file with `from` replaced by `to` once; "" for none.
std::string errorWith(StringRef from, StringRef to) {
  std::string text = clockJson();
  size_t at = text.find(from.str());
  EXPECT_NE(at, std::string::npos) << from.str();
  text.replace(at, from.size(), to.str());
  auto family = loadDescriptor(text, "clock.json");
  return family ? "" : toString(family.takeError());
}

::testing::AssertionResult has(const std::string &text, StringRef part) {
  if (StringRef(text).contains(part))
    return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure()
         << "'" << text << "' does not say '" << part.str() << "'";
}

const plumb_intr_row *find(const plumb_intr_family &family, StringRef name) {
  for (const plumb_intr_row &row : ArrayRef(family.rows, family.num_rows))
    if (name == row.name)
      return &row;
  return nullptr;
}

TEST(LoadDescriptor, HasEverythingThatTheRecordsSay) {
  auto loaded = loadDescriptor(clockJson(), "clock.json");
  ASSERT_TRUE(bool(loaded)) << toString(loaded.takeError());
  const plumb_intr_family &family = **loaded;
  EXPECT_STREQ(family.module, "Clock");
  EXPECT_EQ(family.num_rows, 8u);
  EXPECT_EQ(family.num_types, 1u);
  EXPECT_EQ(family.num_enums, 2u);
  EXPECT_EQ(family.num_structs, 1u);
  ASSERT_EQ(family.num_options, 3u);
  const plumb_intr_option &drift = family.options[0];
  EXPECT_STREQ(drift.name, "drift");
  EXPECT_STREQ(drift.environment, "PLUMB_CLOCK_DRIFT");
  EXPECT_STREQ(drift.section, "");
  EXPECT_STREQ(drift.doc, "how wrong a clock may be");
  EXPECT_EQ(drift.kind, PLUMB_INTR_OPTION_INTEGER);
  EXPECT_EQ(drift.integer, 5);
  EXPECT_EQ(drift.min, -10);
  EXPECT_EQ(drift.max, 3600);
  EXPECT_STREQ(drift.unit, "seconds");
  const plumb_intr_option &face = family.options[1];
  EXPECT_EQ(face.kind, PLUMB_INTR_OPTION_CHOICE);
  EXPECT_STREQ(face.section, "Looks");
  EXPECT_STREQ(face.text, "square");
  ASSERT_EQ(face.num_choices, 2u);
  EXPECT_STREQ(face.choices[0], "round");
  EXPECT_EQ(family.options[2].kind, PLUMB_INTR_OPTION_TEXT);
  EXPECT_STREQ(family.options[2].text, "nobody");
  Registry registry;
  ASSERT_FALSE(registry.add(*loaded));

  const plumb_intr_struct *date = registry.lookupStruct("clock.date");
  ASSERT_TRUE(date);
  EXPECT_EQ(date->size, 24u);
  EXPECT_STREQ(date->fields[2].name, "zone");
  EXPECT_EQ(date->fields[2].offset, 8u);
  EXPECT_EQ(date->fields[0].type->enumeration,
            registry.lookupEnum("clock.day"));
  EXPECT_EQ(registry.lookupEnum("clock.day")->cases[1].value, -6);
  EXPECT_TRUE(registry.lookupEnum("clock.parts")->is_flags);

  const plumb_intr_row *parse = registry.lookupSourceName("Clock.parse");
  ASSERT_TRUE(parse);
  EXPECT_EQ(describeSignature(*parse),
            "clock.parse(text: !intr.str, rules: !intr.bytes) -> "
            "(!intr.status, i64, !intr.struct<\"clock.date\">)");
  EXPECT_EQ(parse->params[1].passing, PLUMB_INTR_PASS_OUT);
  EXPECT_EQ(numOperands(*parse), 2u);

  const plumb_intr_row *every = registry.lookupSymbol("start_ticking");
  ASSERT_TRUE(every);
  EXPECT_EQ(describeSignature(*every),
            "clock.every(delay: i16, tick: (i64, !intr.str, !intr.slot) -> i1, "
            "data: !intr.slot, last?: (i64, !intr.str, !intr.slot) -> i1)");
  EXPECT_EQ(every->params[1].callback->environment, 0u);
  EXPECT_TRUE(every->params[1].is_kept);
  EXPECT_TRUE(every->params[3].is_optional);
  EXPECT_EQ(find(family, "clock.sort")->params[2].callback->environment,
            PLUMB_INTR_NO_ENVIRONMENT);
  EXPECT_TRUE(isVariadic(*find(family, "clock.log")));
  EXPECT_EQ(find(family, "clock.today")->cc, PLUMB_INTR_CC_PRESERVE_MOST);
}

/// What 0.2 wrote: `min` and `max` of an option were `least` and `most`.
TEST(LoadDescriptor, ReadsTheFilesOfOlderReleases) {
  std::string text = clockJson();
  for (auto [now, before] : {std::pair("\"schema\": 5", "\"schema\": 3"),
                             std::pair("\"min\": -10", "\"least\": -10"),
                             std::pair("\"max\": 3600", "\"most\": 3600")}) {
    size_t at = text.find(now);
    ASSERT_NE(at, std::string::npos) << now;
    text.replace(at, StringRef(now).size(), before);
  }
  auto loaded = loadDescriptor(text, "clock.json");
  ASSERT_TRUE(bool(loaded)) << toString(loaded.takeError());
  EXPECT_EQ((*loaded)->options[0].min, -10);
  EXPECT_EQ((*loaded)->options[0].max, 3600);
  // Each name belongs to its schema.
  EXPECT_TRUE(has(errorWith("\"schema\": 5", "\"schema\": 3"),
                  "options[0].least: is missing"));
  EXPECT_TRUE(has(errorWith("\"max\": 3600", "\"most\": 3600"),
                  "options[0].max: is missing"));
}

/// What 0.3 began with knew nothing of generic rows.
TEST(LoadDescriptor, ReadsFilesWithoutTypeVariables) {
  json::Value root = cantFail(json::parse(clockJson()));
  json::Object &family = *root.getAsObject();
  family["schema"] = 4;
  for (json::Value &value : *family.getArray("intrinsics")) {
    json::Object &row = *value.getAsObject();
    for (StringRef key :
         {"scheme", "variables", "bounds", "aliases", "operators"})
      EXPECT_TRUE(row.erase(key)) << key.str();
    for (json::Value &param : *row.getArray("params"))
      param.getAsObject()->erase("consumed");
  }
  std::string text;
  raw_string_ostream(text) << root;
  auto loaded = loadDescriptor(text, "clock.json");
  ASSERT_TRUE(bool(loaded)) << toString(loaded.takeError());
  EXPECT_EQ((*loaded)->rows[0].num_aliases, 0u);
}

TEST(LoadDescriptor, NamesWhatIsWrongAndWhere) {
  EXPECT_TRUE(has(errorWith("\"schema\": 5", "\"schema\": 2"),
                  "schema: 2, but this program reads schemas 3 to 5"));
  EXPECT_TRUE(has(errorWith("\"kind\": \"int64\"", "\"kind\": \"int65\""),
                  "has ABI kind 'int65'; it is one of text, bytes,"));
  EXPECT_TRUE(has(errorWith("\"mlir\": \"i64\"", "\"mlir\": \"i32\""),
                  "is 'i32' in MLIR, but kind 'int64' is 'i64'"));
  EXPECT_TRUE(has(errorWith("\"mlir\": \"!clock.zone\"", "\"mlir\": \"!a.b\""),
                  "'!a.b' in MLIR, which is not a type of family 'clock'"));
  EXPECT_TRUE(has(errorWith("\"offset\": 4", "\"offset\": 5"),
                  "structs[0].fields: 'year' is at byte 5, but C puts it at "
                  "4"));
  EXPECT_TRUE(has(errorWith("\"passing\": \"span\"", "\"passing\": \"out\""),
                  "intrinsics[0].signature"));
  EXPECT_TRUE(has(errorWith("\"type\": \"Str\"", "\"type\": \"Zzz\""),
                  "there is no type with id 'Zzz'"));
  EXPECT_TRUE(has(errorWith("\"hash\": \"", "\"hash\": \"f"), "hash"));
  EXPECT_TRUE(has(errorWith("\"environment\": -1", "\"environment\": 1"),
                  "callback 'compare' of intrinsic 'clock.sort' has an "
                  "environment, but the intrinsic takes none"));
  EXPECT_TRUE(has(errorWith("\"symbol\": \"plumb_clock_log\"",
                            "\"symbol\": \"plumb clock\\u0000\""),
                  "intrinsics[5].symbol: has a zero byte"));
  EXPECT_TRUE(has(errorWith("\"intrinsics\"", "\"intrinsicks\""),
                  "intrinsics: is missing"));
}

/// A row that was edited by hand: each width, sign and name is in a signature.
TEST(LoadDescriptor, RefusesRowsThatTheirSignatureDoesNotFit) {
  EXPECT_TRUE(has(errorWith("\"type\": \"UInt16\"", "\"type\": \"Int8\""),
                  "signature: 'c void start_ticking(i16(uint16"));
  EXPECT_TRUE(has(errorWith("\"kept\": true", "\"kept\": false"), "signature"));
  EXPECT_TRUE(has(errorWith("\"value\": -6", "\"value\": 6"), "signature"));
  EXPECT_TRUE(has(
      errorWith("\"convention\": \"preserve_most\"", "\"convention\": \"c\""),
      "signature"));
}

TEST(LoadDescriptor, SurvivesEveryTruncation) {
  const std::string &text = clockJson();
  for (size_t size = 0; size + 2 < text.size(); size += 97) {
    auto family = loadDescriptor(StringRef(text).take_front(size), "cut.json");
    ASSERT_FALSE(bool(family)) << size;
    consumeError(family.takeError());
  }
}

TEST(LoadDescriptor, SurvivesDeepNesting) {
  for (char bracket : {'[', '{'}) {
    auto family = loadDescriptor(std::string(1 << 20, bracket), "deep.json");
    EXPECT_TRUE(
        has(toString(family.takeError()), "is not the JSON of a family"));
  }
}

/// Replaces each value of the file, one at a time, and calls `check`.
void mutate(json::Value &value, function_ref<void()> check) {
  static const json::Value odd[] = {nullptr,
                                    true,
                                    -1,
                                    1e300,
                                    "",
                                    "\xc3\xa9!intr.str",
                                    json::Array{},
                                    json::Object{},
                                    int64_t(1) << 40};
  auto replace = [&](json::Value &slot) {
    json::Value saved = slot;
    for (const json::Value &other : odd) {
      slot = other;
      check();
    }
    slot = saved;
    mutate(slot, check);
  };
  if (json::Object *object = value.getAsObject())
    for (auto &entry : *object)
      replace(entry.second);
  else if (json::Array *array = value.getAsArray())
    for (json::Value &element : *array)
      replace(element);
}

TEST(LoadDescriptor, SurvivesOddValuesEverywhere) {
  json::Value root = cantFail(json::parse(clockJson()));
  unsigned refused = 0, taken = 0;
  mutate(root, [&] {
    auto family = loadDescriptor(formatv("{0}", root).str(), "odd.json");
    if (family) {
      // Only words that mean nothing to the ABI may differ.
      ++taken;
      for (const plumb_intr_row &row :
           ArrayRef((*family)->rows, (*family)->num_rows))
        EXPECT_EQ(abiSignature(row), row.signature);
    } else {
      ++refused;
      consumeError(family.takeError());
    }
  });
  EXPECT_GT(refused, 5000u);
  EXPECT_GT(taken, 100u);
}

} // namespace
