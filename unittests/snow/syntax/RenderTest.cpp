//===- RenderTest.cpp - Messages as people and tools see them -------------===//

#include "frontends/snow/source/Render.h"
#include <gtest/gtest.h>

using namespace snow;

namespace {

struct Fixture {
  SourceFiles files;
  Diagnostics diagnostics;
  uint32_t add(std::string name, std::string text) {
    return files.add(std::move(name), std::move(text)).number();
  }
  std::string text() {
    std::string result;
    llvm::raw_string_ostream out(result);
    for (const Diagnostic *diagnostic : diagnostics.sorted())
      renderText(files, *diagnostic, out);
    return result;
  }
  std::string json() {
    std::string result;
    llvm::raw_string_ostream out(result);
    for (const Diagnostic *diagnostic : diagnostics.sorted())
      renderJson(files, *diagnostic, out);
    return result;
  }
};

} // namespace

TEST(Positions, LinesAndCodePoints) {
  SourceFile file(0, "a", "ab\r\nö€x\n\ry");
  auto at = [&](uint32_t offset) {
    Position position = file.position(offset);
    return std::pair(position.line, position.column);
  };
  EXPECT_EQ(at(0), std::pair(1u, 1u));
  EXPECT_EQ(at(2), std::pair(1u, 3u));
  EXPECT_EQ(at(4), std::pair(2u, 1u));
  EXPECT_EQ(at(6), std::pair(2u, 2u));
  EXPECT_EQ(at(9), std::pair(2u, 3u));
  EXPECT_EQ(at(11), std::pair(3u, 1u));
  EXPECT_EQ(at(12), std::pair(4u, 1u));
  EXPECT_EQ(at(999), std::pair(4u, 2u));
  EXPECT_EQ(file.lineText(1), "ab");
  EXPECT_EQ(file.lineText(4), "y");
}

TEST(RenderText, SeveralLabelsAndFiles) {
  Fixture f;
  uint32_t one = f.add("one.snow", "first\n\tö second third\nfourth\nfifth\n");
  uint32_t two = f.add("dir/two.snow", "other");
  f.diagnostics
      .report(Code::UnexpectedToken, {one, 10, 16}, "something is wrong",
              "here")
      .label({one, 17, 22}, "and here")
      .label({one, 30, 35}, "")
      .label({two, 0, 5}, "because of this")
      .note("a note")
      .setHelp("do this\nor that")
      .setFix("write `x`", {one, 10, 16}, "x");
  EXPECT_EQ(f.text(), "error[E0005]: something is wrong\n"
                      "  --> one.snow:2:4\n"
                      "    |\n"
                      "  2 |      ö second third\n"
                      "    |               ----- and here\n"
                      "    |        ^^^^^^ here\n"
                      "   ...\n"
                      "  4 |  fifth\n"
                      "    |  -----\n"
                      "  --> dir/two.snow:1:1\n"
                      "    |\n"
                      "  1 |  other\n"
                      "    |  ----- because of this\n"
                      "    |\n"
                      "    = note: a note\n"
                      "    = help: do this\n"
                      "            or that\n"
                      "    = fix: write `x`\n"
                      "\n");
}

TEST(RenderText, WhatWouldDisturbATerminal) {
  Fixture f;
  uint32_t file = f.add("a.snow", "a\x1B[31m\xFF 漢字 x");
  f.diagnostics.report(Code::UnexpectedToken, {file, 15, 16}, "wrong", "this");
  EXPECT_EQ(f.text(), "error[E0005]: wrong\n"
                      "  --> a.snow:1:12\n"
                      "    |\n"
                      "  1 |  a\xEF\xBF\xBD[31m\xEF\xBF\xBD 漢字 x\n"
                      "    |               ^ this\n"
                      "\n");
}

TEST(RenderJson, OneObjectALine) {
  Fixture f;
  uint32_t file = f.add("a\xFF.snow", "ö x\ny");
  f.diagnostics.report(Code::UnexpectedToken, {file, 3, 6}, "wrong \"x\"")
      .setFix("write `\xC3`", {file, 3, 3}, "z");
  EXPECT_EQ(
      f.json(),
      "{\"code\":\"E0005\",\"severity\":\"error\",\"message\":\"wrong "
      "\\\"x\\\"\","
      "\"labels\":[{\"file\":\"a\xEF\xBF\xBD.snow\",\"line\":1,\"column\":3,"
      "\"endLine\":2,\"endColumn\":2,\"begin\":3,\"end\":6}],"
      "\"fix\":{\"title\":\"write `\xEF\xBF\xBD`\",\"edits\":[{\"file\":"
      "\"a\xEF\xBF\xBD.snow\",\"line\":1,\"column\":3,\"endLine\":1,"
      "\"endColumn\":3,\"begin\":3,\"end\":3,\"replacement\":\"z\"}]}}\n");
}

TEST(Diagnostics, SortedAndOncePerPlace) {
  Fixture f;
  uint32_t a = f.add("a", "xyz"), b = f.add("b", "xyz");
  f.diagnostics.report(Code::UnexpectedToken, {b, 0, 1}, "3");
  f.diagnostics.report(Code::UnexpectedToken, {a, 2, 3}, "2");
  f.diagnostics.report(Code::MissingEnd, {a, 1, 3}, "1");
  f.diagnostics.report(Code::UnexpectedToken, {a, 1, 2}, "not said");
  std::string order;
  for (const Diagnostic *diagnostic : f.diagnostics.sorted())
    order += diagnostic->message;
  EXPECT_EQ(order, "123");
}
