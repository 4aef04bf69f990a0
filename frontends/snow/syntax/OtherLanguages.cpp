//===- OtherLanguages.cpp - What people write from habit ------------------===//

#include "frontends/snow/syntax/OtherLanguages.h"
#include "llvm/ADT/StringSwitch.h"

using namespace snow::syntax;
using llvm::StringRef;

namespace {
struct SignRow {
  StringRef sign;
  OtherSign other;
};
struct WordRow {
  StringRef word;
  OtherWord other;
};
} // namespace

static const StringRef unchanging =
    "`let x = x + 1` makes a new `x` for what follows; a loop that counts up "
    "is "
    "`for i in 0..n do`, and what it collects is its value";
static const StringRef noBits = "there are no operators on bits";

static const SignRow signs[] = {
    {"&&&", {"there is no `&&&`", "&&", ""}},
    {"|||", {"there is no `|||`", "||", ""}},
    {"===", {"there is no `===`", "==", ""}},
    {"!==", {"there is no `!==`", "!=", ""}},
    {"...", {"there is no `...`", "..", "`a..b` is without `b`"}},
    {"..=",
     {"there is no `..=`", "",
      "`a..b` is without `b`; with it, write `a..b + 1`"}},
    {"**",
     {"there is no `**`", "", "a function of the library raises to a power"}},
    {":=", {"there is no `:=`", "=", "a name is made by `let x = 5`"}},
    {"<=>",
     {"there is no `<=>`", "",
      "a comparison of three outcomes is a function of the library"}},
    {"=~", {"there is no `=~`", "", ""}},
    {"//", {"a comment starts with `#`", "#", ""}},
    {"/*", {"a comment of several lines is `#= … =#`", "", ""}},
    {"+=", {"values do not change, so there is no `+=`", "", unchanging}},
    {"-=", {"values do not change, so there is no `-=`", "", unchanging}},
    {"*=", {"values do not change, so there is no `*=`", "", unchanging}},
    {"/=", {"values do not change, so there is no `/=`", "", unchanging}},
    {"%=", {"values do not change, so there is no `%=`", "", unchanging}},
    {"**=", {"values do not change, so there is no `**=`", "", unchanging}},
};

OtherSign snow::syntax::signOfOtherLanguage(StringRef sign) {
  for (const SignRow &row : signs)
    if (row.sign == sign)
      return row.other;
  return {"this sign has no meaning in Snow", "", noBits};
}

static const WordRow words[] = {
    {"var", {"a name is made by `let`", "let", ""}},
    {"val", {"a name is made by `let`", "let", ""}},
    {"const", {"a name is made by `let`", "let", ""}},
    {"mut", {"values do not change, so there is no `mut`", "", unchanging}},
    {"function", {"a function is made by `fn`", "fn", ""}},
    {"func", {"a function is made by `fn`", "fn", ""}},
    {"fun", {"a function is made by `fn`", "fn", ""}},
    {"defp",
     {"a function is made by `fn`", "fn",
      "without `pub` a function is private"}},
    {"public", {"what other modules may use is marked `pub`", "pub", ""}},
    {"export", {"what other modules may use is marked `pub`", "pub", ""}},
    {"private", {"what is not marked `pub` is private", "", ""}},
    {"class",
     {"there are no classes", "",
      "`struct Name do … end` has the fields; functions that take it stand "
      "beside it",
      "struct"}},
    {"enum", {"a type of several cases is `type Name do … end`", "type", ""}},
    {"data", {"a type of several cases is `type Name do … end`", "type", ""}},
    {"defmodule",
     {"a module is a file", "",
      "delete this line and its `end`; the file's name is the module's"}},
    {"namespace",
     {"a module is a file", "", "the file's name is the module's"}},
    {"package", {"a module is a file", "", "the file's name is the module's"}},
    {"use", {"another module is used by `import`", "import", ""}},
    {"using", {"another module is used by `import`", "import", ""}},
    {"require", {"another module is used by `import`", "import", ""}},
    {"include", {"another module is used by `import`", "import", ""}},
    {"switch",
     {"there is no `switch`", "case",
      "`case x do` has a line `pattern -> value` for each case"}},
    {"unless", {"there is no `unless`", "if not", ""}},
    {"until", {"there is no `until`", "while not", ""}},
    {"foreach", {"there is no `foreach`", "for", ""}},
    {"loop",
     {"there is no `loop`", "",
      "`while true do … end` with `break`, or a function that calls itself"}},
    {"try",
     {"there are no exceptions", "",
      "what can fail gives a Result: `case` on `Ok` and `Err`, or `?`"}},
    {"throw",
     {"there are no exceptions", "",
      "what can fail gives a Result: return `Err(…)`"}},
    {"raise",
     {"there are no exceptions", "",
      "what can fail gives a Result: return `Err(…)`"}},
    {"elif", {"there is no `elif`", "else if", ""}},
    {"elsif", {"there is no `elsif`", "else if", ""}},
    {"elseif", {"there is no `elseif`", "else if", ""}},
    {"yield",
     {"there is no `yield`", "",
      "the value of a `for` is the list of its body's values"}},
    {"async",
     {"there is no `async`", "",
      "an actor runs beside the others: `spawn(…)`"}},
    {"await",
     {"there is no `await`", "",
      "an actor waits for a message by `receive do … end`"}},
};

OtherWord snow::syntax::wordOfOtherLanguage(StringRef word) {
  for (const WordRow &row : words)
    if (row.word == word)
      return row.other;
  return {};
}

StringRef snow::syntax::typeOfOtherLanguage(StringRef name) {
  return llvm::StringSwitch<StringRef>(name)
      .Cases({"string", "str", "Str", "char", "Char", "text"}, "String")
      .Cases({"int", "integer", "Integer", "long", "Long", "short", "i64",
              "i32", "u32", "u64", "usize", "number"},
             "Int")
      .Cases({"float", "double", "Double", "f64", "f32", "real"}, "Float")
      .Cases({"bool", "boolean", "Boolean"}, "Bool")
      .Cases({"void", "Void", "None", "unit", "Nil", "nil"}, "()")
      .Cases({"list", "Array", "array", "Vec", "Vector", "Seq"}, "List")
      .Cases({"map", "Dict", "dict", "HashMap", "Hash", "Object"}, "Map")
      .Cases({"set", "HashSet"}, "Set")
      .Cases({"Maybe", "Optional", "option"}, "Option")
      .Cases({"Either", "result"}, "Result")
      .Default("");
}

StringRef snow::syntax::valueOfOtherLanguage(StringRef name) {
  return llvm::StringSwitch<StringRef>(name)
      .Cases({"null", "nullptr", "NULL", "undefined", "nothing", "Nil", "Null"},
             "None")
      .Cases({"True", "TRUE", "yes"}, "true")
      .Cases({"False", "FALSE"}, "false")
      .Cases({"Nothing", "none"}, "None")
      .Cases({"Just", "some"}, "Some")
      .Cases({"ok", "Right", "Success"}, "Ok")
      .Cases({"err", "Error", "Left", "Failure"}, "Err")
      .Default("");
}
