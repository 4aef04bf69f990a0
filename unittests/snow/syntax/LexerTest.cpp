//===- LexerTest.cpp - Words and signs ------------------------------------===//

#include "frontends/snow/syntax/Lexer.h"
#include "frontends/snow/syntax/Literals.h"
#include <gtest/gtest.h>

using namespace snow;
using namespace snow::syntax;
using llvm::StringRef;

namespace {

/// The tokens that are no trivia, separated by blanks; those that start a line
/// after a `/`.
std::string words(const std::string &text, Diagnostics &diagnostics) {
  SourceFile file(0, "test.snow", text);
  std::string result;
  for (const Token &token : lex(file, diagnostics).all) {
    if (isTrivia(token.kind) || token.kind == TokenKind::EndOfFile)
      continue;
    if (!result.empty())
      result += token.startsLine ? " / " : " ";
    result += file.text().slice(token.begin, token.end);
  }
  return result;
}

std::string words(const std::string &text) {
  Diagnostics diagnostics;
  std::string result = words(text, diagnostics);
  EXPECT_FALSE(diagnostics.hasErrors()) << text;
  return result;
}

TokenKind firstKind(const std::string &text) {
  Diagnostics diagnostics;
  SourceFile file(0, "test.snow", text);
  return lex(file, diagnostics).all.front().kind;
}

} // namespace

TEST(Lexer, TokensCoverTheFile) {
  for (std::string text : {"", "fn main() do\r\n  x\rend",
                           "\"a${1 + \"b${c}\"}d\" ## doc\n#= a #= b =# =#",
                           "\xEF\xBB\xBFlet x = 1", "'a' @ \xFF\xFE ö \"open",
                           "1..5 1.5e-3 0xff :a a:b"}) {
    SourceFile file(0, "test.snow", text);
    Diagnostics diagnostics;
    uint32_t position = 0;
    std::vector<Token> tokens = lex(file, diagnostics).all;
    for (const Token &token : tokens) {
      EXPECT_EQ(token.begin, position) << text;
      EXPECT_TRUE(token.end > token.begin ||
                  token.kind == TokenKind::EndOfFile);
      position = token.end;
    }
    EXPECT_EQ(position, text.size());
    EXPECT_EQ(tokens.back().kind, TokenKind::EndOfFile);
  }
}

TEST(Lexer, LongestSignWins) {
  EXPECT_EQ(words("a<>b++c..d|>e->f=>g::h==i!=j<=k>=l&&m||n%{o"),
            "a <> b ++ c .. d |> e -> f => g :: h == i != j <= k >= l && m || "
            "n %{ o");
  EXPECT_EQ(words("Map<K, List<V>>"), "Map < K , List < V > >");
  EXPECT_EQ(words("a--b"), "a - - b");
}

TEST(Lexer, NumbersAndRanges) {
  EXPECT_EQ(words("1..5 1.5 2e10 1.5e-3 1_000 0xff 0b101 0o17 1.foo"),
            "1 .. 5 1.5 2e10 1.5e-3 1_000 0xff 0b101 0o17 1 . foo");
  EXPECT_EQ(words("t.0.1"), "t . 0 . 1");
  EXPECT_EQ(firstKind("2e10"), TokenKind::Float);
  EXPECT_EQ(firstKind("0x2e10"), TokenKind::Integer);
}

TEST(Lexer, AColonThatTouchesANameStartsNoAtom) {
  EXPECT_EQ(words("f(a:b, c: d, :e)"), "f ( a : b , c : d , :e )");
  EXPECT_EQ(firstKind(":_x"), TokenKind::Atom);
  EXPECT_EQ(firstKind(":X"), TokenKind::Colon);
}

TEST(Lexer, LinesAreSeenBehindComments) {
  EXPECT_EQ(words("a # b\nc\r\nd\re"), "a / c / d / e");
  EXPECT_EQ(words("a #= b\n #= c =# =# d"), "a / d");
  EXPECT_EQ(words("a #= b =# c"), "a c");
}

TEST(Lexer, StringsHoldExpressionsAndStrings) {
  EXPECT_EQ(words("\"a${f(\"b${c}\", %{1 => {}})}d\""),
            "\" a ${ f ( \" b ${ c } \" , %{ 1 => { } } ) } d \"");
  EXPECT_EQ(words(R"("\"\\\${x}")"), R"(" \"\\\${x} ")");
  EXPECT_EQ(words("\"\"\"a\"b\n\"\"\" c"), "\"\"\" a\"b\n \"\"\" c");
  EXPECT_EQ(words("\"\" \"$\" \"$$ {\""), "\" \" \" $ \" \" $$ { \"");
}

TEST(Lexer, WhatIsOpenIsReportedOnce) {
  auto codes = [](const std::string &text) {
    Diagnostics diagnostics;
    words(text, diagnostics);
    std::string result;
    for (const Diagnostic *diagnostic : diagnostics.sorted())
      result += toString(diagnostic->code) + "@" +
                std::to_string(diagnostic->span().begin) + " ";
    return result;
  };
  EXPECT_EQ(codes("x \"abc"), "E0003@2 ");
  // The quotes after a forgotten one are inside out.
  EXPECT_EQ(codes("f(\"a)\ng(\"b\")\n"), "E0003@2 ");
  EXPECT_EQ(codes("\"a${b\" c"), "E0003@2 ");
  EXPECT_EQ(codes("a #= b #= c =#"), "E0003@2 ");
  EXPECT_EQ(codes(std::string("a\0b\0c", 5)), "E0002@1 ");
  EXPECT_EQ(codes("\"\xC3(\" \xFF"), "E0002@1 ");
  EXPECT_EQ(codes("привет @"), "E0001@0 E0001@13 ");
}

TEST(Literals, Integers) {
  auto value = [](StringRef text) {
    Diagnostics diagnostics;
    uint64_t result = readInteger({}, text, INT64_MAX, diagnostics);
    return std::pair(result, diagnostics.hasErrors());
  };
  EXPECT_EQ(value("1_000"), std::pair(uint64_t(1000), false));
  EXPECT_EQ(value("0xFf"), std::pair(uint64_t(255), false));
  EXPECT_EQ(value("0b1_01"), std::pair(uint64_t(5), false));
  EXPECT_EQ(value("0o17"), std::pair(uint64_t(15), false));
  EXPECT_EQ(value("007"), std::pair(uint64_t(7), false));
  EXPECT_EQ(value("9223372036854775807"),
            std::pair(uint64_t(INT64_MAX), false));
  EXPECT_EQ(value("9223372036854775808"), std::pair(uint64_t(0), true));
  EXPECT_EQ(value("0x8000000000000000"), std::pair(uint64_t(0), true));
  EXPECT_EQ(value(std::string(100000, '9')), std::pair(uint64_t(0), true));
  for (StringRef wrong : {"0x", "0b2", "0o8", "1a", "0xg", "0b_"})
    EXPECT_TRUE(value(wrong).second) << wrong.str();
}

TEST(Literals, Floats) {
  auto value = [](StringRef text) {
    Diagnostics diagnostics;
    double result = readFloat({}, text, diagnostics);
    return std::pair(result, diagnostics.hasErrors());
  };
  EXPECT_EQ(value("1.5"), std::pair(1.5, false));
  EXPECT_EQ(value("1_0.2_5e1_0"), std::pair(10.25e10, false));
  EXPECT_EQ(value("1e-400"), std::pair(0.0, false));
  EXPECT_EQ(value("0.1"), std::pair(0.1, false));
  for (StringRef wrong : {"1e999", "1e", "1.5x", "1.5e+"})
    EXPECT_TRUE(value(wrong).second) << wrong.str();
}

TEST(Literals, Escapes) {
  EXPECT_EQ(readEscapes(R"(a\n\t\r\\\"\$\x)"), "a\n\t\r\\\"$x");
  EXPECT_EQ(readEscapes(R"(\0)"), std::string(1, '\0'));
}
