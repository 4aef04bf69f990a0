//===- Registry.h - Families by their names ---------------------*- C++ -*-===//
//
// Every pass and tool asks here; none spells an intrinsic's name. Depends on
// LLVM's support library only, not on MLIR; the registry of an MLIRContext is
// held by its intr dialect (IntrinsicDialect.h).
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_INTRINSIC_REGISTRY_H
#define PLUMB_INTRINSIC_REGISTRY_H

#include "plumb/Model/Views.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/RWMutex.h"
#include <memory>
#include <string>

namespace plumb::intr {

/// A descriptor and, unless it is static data, the memory that it is in.
using FamilyRef = std::shared_ptr<const plumb_intr_family>;

/// For static data, such as a family that was compiled in.
inline FamilyRef borrowFamily(const plumb_intr_family &family) {
  return FamilyRef(FamilyRef(), &family);
}

/// A set of families, which only grows and keeps what it was given: what a
/// look-up returns is valid as long as the registry. All members may be called
/// from any thread.
class Registry {
public:
  /// Adds a family. Adding the same again, or another descriptor that says the
  /// same but for documentation, changes nothing and is no error: the first
  /// stays. Fails, and changes nothing, when the descriptor was made for
  /// another version of Descriptor.h, has kinds that this program does not
  /// know, when a different family has its name, when a name, source name,
  /// alias or symbol is taken by a row of another family, or when an object has
  /// another number of type arguments there: the message names both sides, and
  /// what differs or clashes.
  llvm::Error add(FamilyRef family);
  /// For static data.
  llvm::Error add(const plumb_intr_family &family) {
    return add(borrowFamily(family));
  }
  /// For families that were linked in: a failure is a defect of the build.
  void addBuiltin(const plumb_intr_family &family);

  /// Rows by "clock.set", "Clock.set" (or an alias of it) and
  /// "plumb_clock_set"; null when unknown.
  const plumb_intr_row *lookup(llvm::StringRef name) const;
  const plumb_intr_row *lookupSourceName(llvm::StringRef sourceName) const;
  const plumb_intr_row *lookupSymbol(llvm::StringRef symbol) const;

  /// Rows that have an operator, such as "<>" or "[]", in the order in which
  /// they were loaded: which one a program means follows from the type of its
  /// first argument.
  llvm::SmallVector<const plumb_intr_row *>
  lookupOperator(llvm::StringRef word) const;
  /// All operators that some row has, sorted.
  llvm::SmallVector<std::string> operatorWords() const;

  /// The objects that rows take or return, "List", and the number of their type
  /// arguments; sorted. A Tuple has any number.
  llvm::SmallVector<std::pair<std::string, unsigned>> objectTypes() const;

  /// The first family that has a C string which the function of this symbol
  /// frees; null for none. It is in that family's runtime, or in the C library.
  const plumb_intr_family *lookupRelease(llvm::StringRef symbol) const;

  /// By "clock.day" and "clock.date"; null when unknown.
  const plumb_intr_enum *lookupEnum(llvm::StringRef name) const;
  const plumb_intr_struct *lookupStruct(llvm::StringRef name) const;
  const plumb_intr_constant *lookupConstant(llvm::StringRef name) const;
  /// By "clock.on_tick", the family's name before the callback's.
  const plumb_intr_callback *lookupCallback(llvm::StringRef name) const;

  /// In the order in which they were added.
  llvm::SmallVector<const plumb_intr_family *> families() const;

  /// At most three names that `name` may be a misspelling of, nearest first.
  llvm::SmallVector<std::string> nearestNames(llvm::StringRef name) const;
  llvm::SmallVector<std::string>
  nearestSourceNames(llvm::StringRef sourceName) const;

private:
  using RowMap = llvm::StringMap<const plumb_intr_row *>;
  llvm::Error checkClashes(const plumb_intr_family &family) const;

  mutable llvm::sys::SmartRWMutex<true> mutex;
  llvm::SmallVector<FamilyRef> kept;
  llvm::SmallVector<const plumb_intr_family *> loaded;
  RowMap names, sourceNames, symbols;
  llvm::StringMap<llvm::SmallVector<const plumb_intr_row *>> operators;
  struct ObjectUse {
    unsigned arity;
    const plumb_intr_row *row; ///< one that has it
  };
  llvm::StringMap<ObjectUse> objects;
  llvm::StringMap<const plumb_intr_family *> releases;
  llvm::StringMap<const plumb_intr_enum *> enums;
  llvm::StringMap<const plumb_intr_struct *> structs;
  llvm::StringMap<const plumb_intr_constant *> constants;
  llvm::StringMap<const plumb_intr_callback *> callbacks;
};

/// "; did you mean 'a' or 'b'?", or nothing for no names.
std::string didYouMean(llvm::ArrayRef<std::string> names);

/// Those of `candidates` that are most like `name`, the nearest first; case
/// does not count.
llvm::SmallVector<std::string>
nearest(llvm::ArrayRef<llvm::StringRef> candidates, llvm::StringRef name);

using model::describeType;
using model::environmentOf;
using model::getsEnvironment;
using model::isArgument;
using model::isOperand;
using model::isVariadic;
using model::resultTypes;

/// The number of parameters that are operands. A variadic row takes any number
/// more.
unsigned numOperands(const plumb_intr_row &row);

/// Whether an argument or result, of the row or of a callback, is an address
/// that both sides may read and write through.
bool hasPointer(const plumb_intr_row &row);

/// "(time: i64, zone: !intr.str)" without the callbacks.
std::string describeOperands(const plumb_intr_row &row);
/// "(i64, !intr.str)", "i64" or "()".
std::string describeResults(const plumb_intr_row &row);
/// "clock.set(time: i64, zone: !clock.zone, on_tick?: (i64) -> ()) -> i1".
std::string describeSignature(const plumb_intr_row &row);
/// "monday, tuesday".
std::string describeCases(const plumb_intr_enum &enumeration);

} // namespace plumb::intr

#endif // PLUMB_INTRINSIC_REGISTRY_H
