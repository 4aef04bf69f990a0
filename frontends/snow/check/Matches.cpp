//===- Matches.cpp - Messages about patterns and unused values ------------===//

#include "frontends/snow/check/Exhaustive.h"
#include "frontends/snow/check/Finish.h"

namespace snow::check {

static void reportMissing(World &world, const Group::Match &match,
                          std::vector<std::string> missing) {
  using Of = Group::Match::Of;
  bool isMore = missing.size() > 5;
  if (isMore)
    missing.resize(5);
  std::string list;
  for (const std::string &each : missing)
    list += (list.empty() ? "" : ", ") +
            (each == "_" ? "other values" : quoted(each));
  if (isMore)
    list += " and others";
  std::string label = "not covered: " + list;
  if (match.of == Of::Let || match.of == Of::Loop) {
    world
        .report(Code::RefutablePattern, match.span,
                match.of == Of::Let
                    ? "the pattern of a `let` must match every value"
                    : "the pattern of a `for` must match every element",
                label)
        .setHelp(match.of == Of::Let ? "use `case` for the other values"
                                     : "use `case` inside of the loop");
    return;
  }
  if (match.of == Of::Clauses) {
    std::string name = match.name.empty() ? "this closure" : quoted(match.name);
    world
        .report(Code::ClausesNotExhaustive, match.span,
                "the clauses of " + name + " do not cover every value", label)
        .setHelp("a call with such a value is a runtime error");
    return;
  }
  std::string arms = "add:";
  for (const std::string &each : missing)
    arms += "\n  " + each + " -> …";
  world
      .report(Code::NotExhaustive, match.span,
              "this `case` does not cover every value", label)
      .setHelp(arms);
}

static void checkMatch(World &world, const Group::Match &match) {
  core::Expression &node = *match.node;
  Coverage coverage(world);
  if (match.of == Group::Match::Of::Let || match.of == Group::Match::Of::Loop) {
    if (!node.pattern)
      return;
    coverage.cover(coverage.shape(*node.pattern));
  } else {
    for (auto [arm, span] : llvm::zip(node.arms, match.arms)) {
      const Shape *shape = coverage.shape(arm.pattern);
      if (!coverage.isUseful(shape) && !match.hasEarlyCatchAll)
        world.report(Code::UnreachableArm, span,
                     match.of != Group::Match::Of::Clauses
                         ? "this arm can never match"
                         : "this clause can never match",
                     "what it matches is taken by those before it");
      if (!arm.guard)
        coverage.cover(shape);
    }
  }
  auto missing = coverage.missing(6);
  if (node.kind == core::Expression::Kind::Match)
    node.integer = missing.empty();
  // A message that no arm takes is a runtime error of the actor.
  if (!missing.empty() && match.of != Group::Match::Of::Receive)
    reportMissing(world, match, std::move(missing));
}

/// After mistakes nothing is said about what may come from them.
void checkMatches(Group &group) {
  World &world = group.world;
  if (world.diagnostics.hasErrors())
    return;
  for (const Group::Match &match : group.matches)
    checkMatch(world, match);
  for (auto [span, name] : group.unusedNames)
    world
        .report(Code::UnusedName, span, quoted(name) + " is never used",
                "not used")
        .setFix("write `_" + name.str() + "`", span, "_" + name.str());
  TypeDecl *result = world.library.type("Result");
  for (auto [span, type] : group.unusedValues)
    if (TypeStore::head(type) == result)
      world
          .report(Code::UnusedResult, span,
                  "the `Result` of this is thrown away",
                  "this may be an `Err` that nobody sees")
          .setHelp("pass an error on with `?`, look at it with `case`, or "
                   "drop it with `let _ = …`");
}

} // namespace snow::check
