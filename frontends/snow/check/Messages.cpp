//===- Messages.cpp - Types that do not agree -----------------------------===//

#include "frontends/snow/check/Infer.h"

namespace snow::check {

using llvm::dyn_cast;
using llvm::StringRef;

static std::string ordinal(unsigned n) {
  static const char *words[] = {"first", "second", "third",   "fourth",
                                "fifth", "sixth",  "seventh", "eighth"};
  return n < 8 ? words[n] : std::to_string(n + 1) + "th";
}

/// What the place is, in words.
static std::string placeOf(const Reason &reason) {
  std::string name = reason.name.str();
  switch (reason.kind) {
  case Reason::Kind::None:
    return "this does not fit";
  case Reason::Kind::Annotation:
    return name.empty()
               ? "the value does not have the type that is written"
               : quoted(name) + " does not have the type that is written";
  case Reason::Kind::Result:
    return quoted(name) + " does not give the type that is written";
  case Reason::Kind::Inferred:
    return name.empty() ? "the closure gives values of different types"
                        : quoted(name) + " gives values of different types";
  case Reason::Kind::Argument: {
    std::string callee = name.empty() ? "the call" : name;
    return "the " + ordinal(reason.ordinal) + " argument of " + callee +
           " has the wrong type";
  }
  case Reason::Kind::Condition:
    return "the condition of " + quoted(name) + " is not a `Bool`";
  case Reason::Kind::Branch:
    return "the branches of this `if` have different types";
  case Reason::Kind::Arm:
    return "the arms of this `case` have different types";
  case Reason::Kind::Clause:
    return name.empty()
               ? "the clauses of this closure have different types"
               : "the clauses of " + quoted(name) + " have different types";
  case Reason::Kind::Element:
    return "the elements of a list have one type";
  case Reason::Kind::Key:
    return "the keys of a map have one type";
  case Reason::Kind::Value:
    return "the values of a map have one type";
  case Reason::Kind::Field:
    return "field " + quoted(name) + " has another type";
  case Reason::Kind::Operator:
    return quoted(name) + " does not work on this";
  case Reason::Kind::Matched:
    return "this pattern cannot match";
  case Reason::Kind::Pattern:
    return quoted(name) + " has different types in the alternatives of the "
                          "pattern";
  }
  return "";
}

static std::string secondLabel(const Reason &reason, StringRef expected) {
  switch (reason.kind) {
  case Reason::Kind::None:
    return "";
  case Reason::Kind::Annotation:
  case Reason::Kind::Result:
    return "the type is written here";
  case Reason::Kind::Inferred:
    return "here it gives " + quoted(expected);
  case Reason::Kind::Argument:
    return reason.detail.empty()
               ? "the parameter is defined here"
               : "parameter " + quoted(reason.detail) + " is defined here";
  case Reason::Kind::Condition:
  case Reason::Kind::Operator:
    return "";
  case Reason::Kind::Branch:
    return "the first branch is " + quoted(expected);
  case Reason::Kind::Arm:
    return "the first arm is " + quoted(expected);
  case Reason::Kind::Clause:
    return "the first clause has " + quoted(expected);
  case Reason::Kind::Element:
    return "the first element is " + quoted(expected);
  case Reason::Kind::Key:
    return "the first key is " + quoted(expected);
  case Reason::Kind::Value:
    return "the first value is " + quoted(expected);
  case Reason::Kind::Field:
    return "the field is defined here";
  case Reason::Kind::Matched:
    return "what is matched is " + quoted(expected);
  case Reason::Kind::Pattern:
    return "";
  }
  return "";
}

/// Once: what follows from it would be too large, too.
void Infer::reportTooDeep(Span at) {
  if (std::exchange(world.reportedTooDeep, true))
    return;
  world
      .report(Code::TypeTooDeep, at, "the type of this expression is too large",
              "its type nests too deeply or has too many parts")
      .setHelp("give a part of it a name of its own with `struct`");
}

void Infer::mismatch(Span at, Ty *expected, Ty *found, const Reason &reason,
                     const Expr *expr, Disagreement why) {
  expected = TypeStore::find(expected), found = TypeStore::find(found);
  if (TypeStore::hasError(expected) || TypeStore::hasError(found))
    return;
  if (why == Disagreement::TooDeep) {
    reportTooDeep(at);
    return;
  }
  if (why == Disagreement::Infinite) {
    world
        .report(Code::InfiniteType, at,
                "this would have a type that contains itself: " +
                    quoted(toString(expected)) + " would be the same as " +
                    quoted(toString(found)),
                "an infinite type")
        .setHelp("a function called with itself, or a list put into itself, "
                 "has no type");
    return;
  }
  std::string want = toString(expected), have = toString(found);
  auto &message = world.report(Code::TypeMismatch, at,
                               placeOf(reason) + ": expected " + quoted(want) +
                                   ", found " + quoted(have),
                               "this is " + quoted(have));
  std::string second = secondLabel(reason, want);
  if (!second.empty() && !reason.span.isEmpty() && !(reason.span == at))
    message.label(reason.span, second);

  // How it can be made to agree.
  TypeDecl *option = library.type("Option"), *result = library.type("Result");
  TypeDecl *head = TypeStore::head(found);
  if (head == option && types.mayUnify(found->parts[0], expected)) {
    message.setHelp("the value may be `None`: use `case` or `?`");
  } else if (head == result && types.mayUnify(found->parts[0], expected)) {
    message.setHelp("the value may be an `Err`: use `case` or `?`");
  } else if (TypeStore::head(expected) == option &&
             types.mayUnify(expected->parts[0], found)) {
    message.setHelp("wrap the value: `Some(…)`");
  } else if (TypeStore::head(expected) == result &&
             types.mayUnify(expected->parts[0], found)) {
    message.setHelp("wrap the value: `Ok(…)`");
  } else if (auto *branch = expr ? dyn_cast<syntax::IfExpr>(expr) : nullptr;
             branch && !branch->otherwise) {
    message.setHelp("an `if` without `else` gives `()`: add `else`");
  } else if (expected == library.string && expr &&
             (found->kind == Ty::Kind::Named && found != library.unit)) {
    if (expr->kind == Expr::Kind::Int || expr->kind == Expr::Kind::Float ||
        expr->kind == Expr::Kind::Bool || expr->kind == Expr::Kind::Name) {
      message.setHelp("make text of it with `\"${…}\"`");
      message.fix.title = "write it in a string";
      message.fix.edits.push_back({expr->span.before(), "\"${"});
      message.fix.edits.push_back({expr->span.after(), "}\""});
    } else {
      message.setHelp("make text of it with `\"${…}\"`");
    }
  } else {
    std::string convert = library.conversion(found, expected);
    if (!convert.empty() && found != library.string)
      message.setHelp("convert it with " + quoted(convert));
  }
}

} // namespace snow::check
