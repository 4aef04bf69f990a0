//===- Types.h - Types while they are inferred ------------------*- C++ -*-===//

#ifndef SNOW_CHECK_TYPES_H
#define SNOW_CHECK_TYPES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Allocator.h"
#include <string>

namespace snow::core {
class Type;
}

namespace snow::check {

struct TypeDecl;

/// A type of the checker. A variable that was settled is a link to what it is;
/// `TypeStore::find` follows links. Types live as long as their store.
struct Ty {
  enum class Kind : uint8_t {
    Variable, ///< not known yet
    Link,     ///< a variable that became `parts[0]`
    Named,    ///< decl with parts as arguments
    Function, ///< parts: parameters, then the result
    Rigid,    ///< a type parameter, written or generalised
    Error,    ///< of what was reported already: agrees with everything
  };
  Kind kind = Kind::Error;
  /// Of Variable: how deeply the `let` stands that may generalise it.
  unsigned level = 0;
  /// Of Variable: the obligations that wait for it, see Obligations.h.
  int waiters = -1;
  /// Of Rigid: its number among those of its owner.
  unsigned index = 0;
  /// How deeply it nests and of how many parts it is, when it was made.
  unsigned depth = 1, size = 1;
  TypeDecl *decl = nullptr;
  /// Of Rigid: whose parameter it is: a function, or null for a declaration's.
  void *owner = nullptr;
  llvm::ArrayRef<Ty *> parts;
  /// Of Rigid: what the program calls it, or "".
  llvm::StringRef name;
  /// The core's type, when it was asked for and can no longer change.
  const core::Type *settled = nullptr;
  /// Of Rigid: what stands for it while a type is copied.
  Ty *copyAs = nullptr;

  llvm::ArrayRef<Ty *> parameters() const { return parts.drop_back(); }
  Ty *result() const { return parts.back(); }
};

/// Why two types do not agree.
enum class Disagreement { None, Different, Infinite, TooDeep };

/// Makes types and makes them agree. Types that nest more deeply than maxDepth
/// or have more parts than maxSize are refused: no program of a person has
/// them, and all that walks over types may recurse.
class TypeStore {
public:
  static constexpr unsigned maxDepth = 400, maxSize = 10'000;

  Ty *variable() { return variableAt(level); }
  Ty *variableAt(unsigned level);
  Ty *named(TypeDecl *decl, llvm::ArrayRef<Ty *> arguments = {});
  Ty *function(llvm::ArrayRef<Ty *> parameters, Ty *result);
  Ty *rigid(llvm::StringRef name, void *owner, unsigned index);
  Ty *error() { return &theError; }

  static Ty *find(Ty *type) {
    while (type->kind == Ty::Kind::Link) {
      Ty *next = type->parts[0];
      if (next->kind == Ty::Kind::Link)
        type->parts = next->parts;
      type = next;
    }
    return type;
  }
  static bool isVariable(Ty *type) {
    return find(type)->kind == Ty::Kind::Variable;
  }
  static bool isError(Ty *type) { return find(type)->kind == Ty::Kind::Error; }
  /// Whether an error type stands anywhere in it.
  static bool hasError(Ty *type);
  /// The declaration of a named type; null for all others.
  static TypeDecl *head(Ty *type) {
    type = find(type);
    return type->kind == Ty::Kind::Named ? type->decl : nullptr;
  }

  /// Makes both the same, or says why they cannot be. What was made to agree
  /// before a difference was found stays so.
  Disagreement unify(Ty *a, Ty *b);
  /// Whether unify would succeed; changes nothing.
  bool mayUnify(Ty *a, Ty *b);

  /// Makes each variable of `type` of a deeper level than `level` a parameter
  /// of `owner`, added to `made`.
  void generalize(Ty *type, void *owner, llvm::SmallVectorImpl<Ty *> &made);
  /// Keeps the variables of `type` from being generalised at the present
  /// level.
  void lower(Ty *type, unsigned level);

  /// `type` with each of `from` (Rigids) replaced by its partner.
  Ty *substitute(Ty *type, llvm::ArrayRef<Ty *> from, llvm::ArrayRef<Ty *> to);

  /// Variables that were bound and have waiters: their numbers. Emptied by who
  /// asks.
  llvm::SmallVector<int> woken;
  /// When two waiting variables become one: (kept, gone).
  llvm::SmallVector<std::pair<int, int>> mergedWaiters;

  unsigned level = 0;
  /// A type that nests too deeply was asked for, and became an error type.
  bool tooDeep = false;
  /// So that a hostile program cannot keep a computer busy.
  uint64_t steps = 0, maxSteps = 400'000'000;

private:
  Disagreement bind(Ty *variable, Ty *type);
  Disagreement adjust(Ty *variable, Ty *type, unsigned depth);
  Disagreement unifyAt(Ty *a, Ty *b, unsigned depth);
  Ty *substituteAt(Ty *type);
  Ty *make(Ty::Kind kind);
  bool measure(llvm::ArrayRef<Ty *> parts, unsigned &depth, unsigned &size);
  llvm::ArrayRef<Ty *> copy(llvm::ArrayRef<Ty *> parts);

  llvm::BumpPtrAllocator memory;
  Ty theError;
};

/// As the language writes it. What is not known is `_`.
std::string toString(Ty *type);

} // namespace snow::check

#endif // SNOW_CHECK_TYPES_H
