//===- ParserTest.cpp - Trees and errors ----------------------------------===//

#include "Parsed.h"
#include <gtest/gtest.h>

namespace {

/// The tree of an expression, on one line and without places.
std::string tree(const std::string &expression) {
  Parsed parsed("fn f() do\n" + expression + "\nend");
  EXPECT_EQ(parsed.text(), "") << expression;
  std::string text = parsed.tree(), result;
  // Without the lines of the function and its block.
  size_t start = text.find("Block"), line = text.find('\n', start) + 1;
  unsigned base = 4, last = 0;
  for (bool first = true; line < text.size(); first = false) {
    size_t end = text.find('\n', line), at = text.rfind(" @", end);
    if (at == std::string::npos || at < line)
      at = end;
    std::string content = text.substr(line, std::min(at, end) - line);
    unsigned indent = content.find_first_not_of(' ');
    unsigned depth = (indent - base) / 2;
    content = content.substr(indent);
    if (!first) {
      for (unsigned i = depth; i < last + 1 && last + 1 - i > 1; ++i)
        result += ")";
      if (depth == last)
        result += ")";
      result += " ";
    }
    result += "(" + content;
    last = depth;
    line = end + 1;
  }
  for (unsigned i = 0; i <= last; ++i)
    result += ")";
  return result;
}

std::string errors(const std::string &text) { return Parsed(text).errors(); }

} // namespace

TEST(Parser, Precedence) {
  EXPECT_EQ(tree("not a == b"), tree("(not a) == b"));
  EXPECT_EQ(tree("x |> f + 1"), tree("x |> (f + 1)"));
  EXPECT_EQ(tree("a or b and c == d < e .. f <> g + h * -i"),
            tree("a or (b and (c == (d < (e .. (f <> (g + (h * (-i))))))))"));
  EXPECT_EQ(tree("a - b - c"), tree("(a - b) - c"));
  EXPECT_EQ(tree("a |> b |> c"), tree("(a |> b) |> c"));
  EXPECT_EQ(tree("-x.y(z)[0]?"), tree("-(((x.y(z))[0])?)"));
  EXPECT_EQ(tree("a && b || c"), tree("(a and b) or c"));
  EXPECT_EQ(tree("!a"), tree("not a"));
  EXPECT_NE(tree("a - b - c"), tree("a - (b - c)"));
}

TEST(Parser, LinesGoOn) {
  EXPECT_EQ(tree("1 +\n2"), tree("1 + 2"));
  EXPECT_EQ(tree("a\n\n# comment\n|> b\n|> c"), tree("a |> b |> c"));
  EXPECT_EQ(tree("a\nand b\nor c\n<> d\n++ e"), tree("a and b or c <> d ++ e"));
  EXPECT_EQ(tree("let x =\n1"), tree("let x = 1"));
  EXPECT_EQ(tree("f(\na,\nb\n,)"), tree("f(a, b)"));
  EXPECT_EQ(tree("(a\n+ b)"), tree("(a + b)"));
}

TEST(Parser, LinesEnd) {
  // A call, an index or a difference does not go on in the next line,
  EXPECT_EQ(tree("a\n(b)"), tree("a; (b)"));
  EXPECT_EQ(tree("a\n[b]"), tree("a; [b]"));
  EXPECT_EQ(tree("a\n-b"), tree("a; -b"));
  // not even in a block that stands in parentheses;
  EXPECT_EQ(tree("f(fn x do\na\n(b)\n-c\nend)"),
            tree("f(fn x do a; (b); -c end)"));
  // but in the parentheses themselves it does.
  EXPECT_EQ(tree("f(a\n(b)\n- c)"), tree("f(a(b) - c)"));
  EXPECT_EQ(tree("return\nx"), tree("return; x"));
}

TEST(Parser, Closures) {
  EXPECT_EQ(tree("fn x, y -> x end"), tree("fn(x, y) -> x end"));
  EXPECT_EQ(tree("fn -> 1 end"), tree("fn() -> 1 end"));
  EXPECT_EQ(tree("f(fn x ->\n let y = x\n y end)"),
            tree("f(fn x do let y = x; y end)"));
  EXPECT_EQ(tree("f(fn 0 -> 1 | n when n > 1 -> 2 | _ -> 3 end)"),
            tree("f(fn(0) -> 1 | (n) when n > 1 -> 2 | (_) -> 3 end)"));
  EXPECT_EQ(tree("f(fn (a, b), c -> a end)"),
            tree("f(fn((a, b), c) -> a end)"));
  // Without parentheses it may be a statement.
  EXPECT_NE(tree("fn(x) -> x end").find("Closure"), std::string::npos);
  EXPECT_NE(tree("fn g(x) do x end").find("Function g"), std::string::npos);
  EXPECT_NE(tree("fn g<T>(x) = x").find("Function g<T>"), std::string::npos);
}

TEST(Parser, NoTrailingClosures) {
  for (const char *text : {"if f(x) do a end", "while f(x) do a end",
                           "for v in f(x) do a end", "case f(x) do _ -> a end"})
    EXPECT_EQ(errors(std::string("fn g() do\n") + text + "\nend"), "") << text;
}

TEST(Parser, ElseIfSharesTheEnd) {
  std::string shared = tree("if a do 1 else if b do 2 else 3 end");
  EXPECT_NE(shared.find("(else (If"), std::string::npos) << shared;
  std::string own = tree("if a do 1 else\nif b do 2 else 3 end\nend");
  EXPECT_NE(own.find("(else (Block (If"), std::string::npos) << own;
}

TEST(Parser, AnyWordIsANameAfterADot) {
  EXPECT_EQ(errors("import A\nfrom B import match, type, end\n"
                   "fn f() do\nA.match(A.end, A.type.self)\nend"),
            "");
}

TEST(Parser, StructLiteralsOnlyAfterCapitals) {
  EXPECT_NE(tree("A.B { x: 1 y: 2, }").find("StructLiteral A.B"),
            std::string::npos);
  EXPECT_EQ(errors("fn f() do\nx { a: 1 }\nend"), "E0005 2:3\n");
}

TEST(Parser, AnnotationOrRestOfAList) {
  EXPECT_NE(tree("fn(h :: t) -> h end").find("Cons"), std::string::npos);
  EXPECT_EQ(tree("fn(x :: Int) -> x end").find("Cons"), std::string::npos);
  EXPECT_EQ(tree("fn(x :: (Int, A)) -> x end").find("Cons"), std::string::npos);
  // Somebody's habit, for the checker.
  EXPECT_EQ(tree("fn(x :: string) -> x end").find("Cons"), std::string::npos);
}

TEST(Parser, TheSmallestIntHasNoPositiveCounterpart) {
  EXPECT_EQ(tree("-9223372036854775808"), "(Int -9223372036854775808)");
  EXPECT_EQ(errors("fn f() do\n- 9223372036854775808\nend"), "E0004 2:3\n");
  EXPECT_EQ(tree("-1"), "(Unary - (Int 1))");
}

TEST(Parser, TypesOfTheLanguage) {
  EXPECT_EQ(
      errors("fn f(a :: Map<K, List<V>>, b :: Fun(A, B) -> C?, c :: (), "
             "d :: Int?!A.B, e :: Self.Item) -> Fun() -> ()!E do nil end"),
      "");
  EXPECT_EQ(errors("fn f() do\nlet xs :: List<Int>= []\nend"), "");
}

TEST(Parser, Documentation) {
  Parsed parsed(
      "##! of the module\n##! goes on\n\n## of f\n## too\nfn f() = 1\n"
      "fn g() = 2\n#### a line\nfn h() = 3\n");
  EXPECT_EQ(parsed.module->doc, "of the module\ngoes on");
  EXPECT_EQ(parsed.module->items[0]->doc, "of f\ntoo");
  EXPECT_EQ(parsed.module->items[1]->doc, "");
  EXPECT_EQ(parsed.module->items[2]->doc, "");
}

TEST(Parser, SeveralErrorsInARun) {
  EXPECT_EQ(
      errors("fn a() do\n  1 +\nend\nfn b() do\n  x = 1\n  foo(1 2)\n  'c'\n"
             "end\nstruct s do\n  a: Int\nend\n"),
      "E0005 2:6\nE0010 5:5\nE0005 6:9\nE0009 7:3\nE0015 9:8\nE0009 10:4\n");
}

TEST(Parser, OneCauseOneMessage) {
  EXPECT_EQ(errors("fn a() do\n  foo((1, 2)\n  bar()\nend\nfn b() = 1\n"),
            "E0007 2:6\n");
  EXPECT_EQ(errors("fn a() do\n  if x do\n    1\n  else\n    2\nend\n"),
            "E0006 2:3\n");
  EXPECT_EQ(
      errors("fn a() do\n  case x do\n    1 -> 2\n  foo()\nend\nfn b() = 1\n"),
      "E0006 2:3\n");
  EXPECT_EQ(errors("fn a(\n"), "E0007 1:5\n");
  EXPECT_EQ(errors("fn a() do\n  f(\"x${1 + }y\")\n  let let = 2\nend"),
            "E0005 2:13\nE0008 3:7\n");
}
