//===- Obligations.h - What types must be able to do ------------*- C++ -*-===//
//
// `a == b` asks that the type of `a` has Eq. While the type is not known the
// request waits; what waits at the end of a function becomes part of its type.
//
//===----------------------------------------------------------------------===//

#ifndef SNOW_CHECK_OBLIGATIONS_H
#define SNOW_CHECK_OBLIGATIONS_H

#include "frontends/snow/check/World.h"
#include <functional>

namespace snow::check {

/// How a type has a trait.
struct Solution {
  enum class Kind {
    Impl,      ///< of the program, with arguments for its parameters
    Builtin,   ///< the language's own, or derived
    Parameter, ///< a type parameter, of which it is asked
    None,      ///< the type is an error
  };
  Kind kind = Kind::None;
  ImplDecl *impl = nullptr;
  llvm::SmallVector<Ty *> arguments;
};

struct Requirement {
  BoundDecl bound;
  Span span;
  /// "`<`", "interpolation", "`f`": what asks for it.
  std::string asker;
  /// Of the function in which it stands; its bounds hold.
  FunctionDecl *function = nullptr;
  /// Called once when it is met; may be empty.
  std::function<void(const Solution &)> use;
  /// The type that the program asked it of, when it came from a part of it.
  Ty *whole = nullptr;
  unsigned depth = 0;
};

class Obligations {
public:
  explicit Obligations(World &world) : world(world), types(world.types) {}

  void require(Requirement requirement);
  /// Calls `attempt` when the first of `involved` is known, or `giveUp` at the
  /// end. None of them is generalised meanwhile.
  void defer(llvm::ArrayRef<Ty *> involved, std::function<void()> attempt,
             std::function<void()> giveUp);
  /// Tries what waited for types that have become known.
  void flush();

  /// At the end of a group: what can still be decided by rule is (results of
  /// arithmetic, loops over lists).
  void settleDefaults();
  /// Gives up everything that waits for more than a trait.
  void giveUp();
  /// What waits for a trait, in order. Emptied.
  std::vector<Requirement> takeWaiting();
  /// For a `let` that began when size() was `mark` and whose variables of a
  /// deeper level are about to be generalised.
  void settleDeeper(unsigned mark);
  /// Afterwards: what is asked of its parameters.
  std::vector<Requirement> takeOwned(unsigned mark, void *owner);
  unsigned size() const { return all.size(); }
  /// Makes what nothing has settled Int or unit, and asks again.
  void settleRest(std::vector<Requirement> waiting);

  /// Whether unwritten bounds may be added to functions.
  static bool isImplied(const TraitDecl &trait) { return !trait.module; }
  static bool isArithmetic(const TraitDecl &trait);

  /// Whether a value of the type has the trait without any impl; then what its
  /// parts need.
  bool isBuiltin(const TraitDecl &trait, Ty *type,
                 llvm::SmallVectorImpl<Ty *> &parts, Ty *&output);

private:
  enum class Outcome { Met, Waits, Fails };
  Outcome attempt(Requirement &requirement);
  Outcome attemptParameter(Requirement &requirement, Ty *subject);
  Outcome attemptImpls(Requirement &requirement, TypeDecl *head);
  Outcome useImpl(Requirement &requirement, ImplDecl &impl);
  void met(Requirement &requirement, const Solution &solution);
  void fail(const Requirement &requirement);
  void agree(Requirement &requirement, Ty *a, Ty *b);

  struct Waiting {
    bool done = false;
    Requirement requirement;
    Ty *subject = nullptr;
    llvm::SmallVector<Ty *, 4> involved;
    std::function<void()> attempt, giveUp; ///< else a requirement
  };
  void wait(unsigned number, Ty *subject);
  void retry(unsigned number);

  World &world;
  TypeStore &types;
  std::deque<Waiting> all;
  std::deque<llvm::SmallVector<unsigned, 2>> lists;
  unsigned firstOpen = 0;
};

} // namespace snow::check

#endif // SNOW_CHECK_OBLIGATIONS_H
