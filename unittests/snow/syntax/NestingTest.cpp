//===- NestingTest.cpp - Deep and long programs ---------------------------===//

#include "Parsed.h"
#include <chrono>
#include <gtest/gtest.h>

static std::string repeat(const std::string &text, size_t times) {
  std::string result;
  for (size_t i = 0; i != times; ++i)
    result += text;
  return result;
}

static std::string inFunction(const std::string &text) {
  return "fn f() do\n" + text + "\nend\n";
}

/// What is nested 100,000 deep is one error, whatever it is made of.
TEST(Nesting, TooDeepIsAnError) {
  size_t deep = 100000;
  for (const std::string &text :
       {repeat("(", deep) + "1" + repeat(")", deep),
        repeat("(", deep),
        repeat("[", deep),
        repeat("-", deep) + "1",
        repeat("not ", deep) + "a",
        repeat("if a do ", deep),
        repeat("\"${", deep) + "1" + repeat("}\"", deep),
        repeat("fn x -> ", deep),
        repeat("f(", deep),
        repeat("case a do b -> ", deep),
        repeat("%{a => ", deep),
        repeat("while a do ", deep),
        repeat("A { a: ", deep),
        repeat("fn g() do ", deep),
        "1" + repeat(" + 1", deep),
        "a" + repeat(".b", deep),
        "a" + repeat("()", deep),
        "a" + repeat("[0]", deep),
        "a" + repeat("?", deep),
        "a" + repeat(" |> b", deep),
        "if a do b " + repeat("else if a do b ", deep) + "end",
        "case a do " + repeat("(", deep) + "b -> c end",
        "case a do " + repeat("A(", deep) + "b -> c end",
        "case a do a" + repeat(" :: a", deep) + " -> c end",
        "case a do a" + repeat(" as a", deep) + " -> c end",
        "let a :: " + repeat("List<", deep) + "Int = 1",
        "let a :: Int" + repeat("?", deep) + " = 1",
        "let a :: Int" + repeat("!A", deep) + " = 1",
        "let a :: " + repeat("Fun() -> ", deep) + "Int = 1",
        repeat("return ", deep),
        repeat("receive do a -> ", deep)}) {
    Parsed parsed(inFunction(text));
    ASSERT_EQ(parsed.errors().substr(0, 5), "E0012") << text.substr(0, 60);
    EXPECT_EQ(parsed.diagnostics.sorted().size(), 1u) << text.substr(0, 60);
  }
}

TEST(Nesting, WhatPeopleWriteIsNot) {
  for (const std::string &text :
       {repeat("(", 200) + "1" + repeat(")", 200), "1" + repeat(" + 1", 3000),
        "if a do b " + repeat("else if a do b ", 2000) + "end",
        "[" + repeat("1, ", 100000) + "]", repeat("g(1)\n", 100000)})
    EXPECT_EQ(Parsed(inFunction(text)).errors(), "") << text.substr(0, 60);
}

/// Twice as much takes about twice as long; a quadratic parser takes minutes.
TEST(Nesting, LongFilesAreLinear) {
  for (const std::string &text :
       {repeat("fn f(x :: Int) -> Int do\n  let y = x + 1\n  y\nend\n", 20000),
        inFunction(repeat("x = 1\n", 20000)), repeat("struct A do\n", 20000),
        repeat("end\n", 50000), repeat("fn f() do\n", 400),
        "fn f() do\n" + repeat("'", 100000),
        repeat("\"${", 400) + repeat("x", 100000),
        repeat("case a do\n", 400) + repeat("b\n", 20000)}) {
    Parsed parsed(text);
    EXPECT_LE(parsed.diagnostics.sorted().size(), 60000u);
  }
}
