//===- Group.h - Functions that are inferred together -----------*- C++ -*-===//

#ifndef SNOW_CHECK_GROUP_H
#define SNOW_CHECK_GROUP_H

#include "frontends/snow/check/Obligations.h"

namespace snow::check {

struct Lifted;

/// What the functions of a group share while they are inferred together.
struct Group {
  explicit Group(World &world) : world(world), obligations(world) {}

  World &world;
  Obligations obligations;
  std::vector<FunctionDecl *> functions;
  /// Calls and values of functions of the group: they get the group's
  /// parameters as arguments when those are known.
  std::vector<std::pair<core::Expression *, FunctionDecl *>> ownCalls;
  std::vector<core::Variable *> variables;
  std::deque<Lifted> lifted;
  std::vector<core::ExpressionPtr> dropped;
  /// Statements whose value is thrown away: a Result there is a warning.
  std::vector<std::pair<Span, Ty *>> unusedValues;
  std::vector<std::pair<Span, llvm::StringRef>> unusedNames;
  /// For the checks of patterns, once their types are known.
  struct Match {
    core::Expression *node;
    FunctionDecl *function;
    Span span;
    std::vector<Span> arms;
    enum class Of { Case, Clauses, Let, Loop, Receive } of;
    std::string name; ///< of Clauses
    bool hasEarlyCatchAll = false;
  };
  std::vector<Match> matches;
};

/// A named function inside of a block, or a closure that `let` makes general:
/// it becomes a function of the program, and what it captures parameters.
struct Lifted {
  llvm::StringRef name;
  core::Function *core = nullptr;
  FunctionDecl *owner = nullptr; ///< in whose body it stands
  Lifted *parent = nullptr;      ///< in whose body it stands, or null
  bool isClosure = false;        ///< it is not general, and stayed a closure
  Scheme scheme;
  bool isOpen = true;   ///< its body is being inferred
  bool isValue = false; ///< it is called without arguments wherever it is used
  /// Uses from inside of its own body: their type arguments are its
  /// parameters.
  std::vector<core::Expression *> ownUses;
  /// What it captures, and the parameters that stand for that.
  llvm::MapVector<core::Variable *, core::Variable *> captures;
  struct Site {
    core::Expression *expression;
    Lifted *place; ///< in whose body it stands
  };
  std::vector<Site> sites;
};

} // namespace snow::check

#endif // SNOW_CHECK_GROUP_H
