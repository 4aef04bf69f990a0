//===- Registry.h - The families loaded in this process ---------*- C++ -*-===//
//
// Every pass and tool asks here; none spells an intrinsic's name. Depends on
// LLVM's support library only, not on MLIR.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_INTRINSIC_REGISTRY_H
#define PLUMB_INTRINSIC_REGISTRY_H

#include "plumb-c/Descriptor.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/RWMutex.h"
#include <string>

namespace plumb::intr {

/// The set of family descriptors of this process: it only grows. Rows are
/// static data, so what a look-up returns stays valid. All members may be
/// called from any thread.
class Registry {
public:
  static Registry &get();

  /// Adds a family. Adding the same descriptor again is no error. Fails, and
  /// changes nothing, when the descriptor was made for another version of
  /// Descriptor.h, or when a name, source name or symbol is taken by a row of
  /// another family: the message names both sides, and all clashes.
  llvm::Error add(const plumb_intr_family &family);
  /// For families that were linked in: a failure is a defect of the build.
  void addBuiltin(const plumb_intr_family &family);

  /// Rows by "clock.set", "Clock.set" and "plumb_clock_set"; null when unknown.
  const plumb_intr_row *lookup(llvm::StringRef name) const;
  const plumb_intr_row *lookupSourceName(llvm::StringRef sourceName) const;
  const plumb_intr_row *lookupSymbol(llvm::StringRef symbol) const;

  /// By "clock.day" and "clock.date"; null when unknown.
  const plumb_intr_enum *lookupEnum(llvm::StringRef name) const;
  const plumb_intr_struct *lookupStruct(llvm::StringRef name) const;

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
  llvm::SmallVector<const plumb_intr_family *> loaded;
  RowMap names, sourceNames, symbols;
  llvm::StringMap<const plumb_intr_enum *> enums;
  llvm::StringMap<const plumb_intr_struct *> structs;
};

/// "; did you mean 'a' or 'b'?", or nothing for no names.
std::string didYouMean(llvm::ArrayRef<std::string> names);

/// Those of `candidates` that are most like `name`, the nearest first; case
/// does not count.
llvm::SmallVector<std::string>
nearest(llvm::ArrayRef<llvm::StringRef> candidates, llvm::StringRef name);

/// Whether a program passes the parameter as an argument of a call by its
/// source name: a value or a function.
inline bool isArgument(const plumb_intr_param &param) {
  return param.passing != PLUMB_INTR_PASS_OUT &&
         param.passing != PLUMB_INTR_PASS_OPTIONS;
}
/// Whether the parameter is an operand of the operation: a value, and not one
/// that the function leaves behind.
inline bool isOperand(const plumb_intr_param &param) {
  return param.type && isArgument(param);
}
/// The number of such parameters. A variadic row takes any number more.
unsigned numOperands(const plumb_intr_row &row);
inline bool isVariadic(const plumb_intr_row &row) {
  return row.flags & PLUMB_INTR_ROW_VARIADIC;
}
/// The types of the operation's results: what the function returns, then what
/// it leaves in OUT parameters.
llvm::SmallVector<const plumb_intr_type *, 2>
resultTypes(const plumb_intr_row &row);

/// Whether an argument or result, of the row or of a callback, is an address
/// that both sides may read and write through.
bool hasPointer(const plumb_intr_row &row);

/// The row's parameter of kind "environment", or null.
const plumb_intr_param *environmentOf(const plumb_intr_row &row);
/// Whether the program's function for this callback of the row takes the
/// environment, as one more, last parameter of type !intr.slot.
bool getsEnvironment(const plumb_intr_row &row, const plumb_intr_param &param);

/// "(time: i64, zone: !intr.str)" without the callbacks.
std::string describeOperands(const plumb_intr_row &row);
/// "(i64, !intr.str)", "i64" or "()".
std::string describeResults(const plumb_intr_row &row);
/// "(!clock.zone, !intr.slot) -> i1": the type of the program's function.
std::string describeType(const plumb_intr_row &row,
                         const plumb_intr_param &callback);
/// "clock.set(time: i64, zone: !clock.zone, on_tick?: (i64) -> ()) -> i1".
std::string describeSignature(const plumb_intr_row &row);
/// "monday, tuesday".
std::string describeCases(const plumb_intr_enum &enumeration);

} // namespace plumb::intr

#endif // PLUMB_INTRINSIC_REGISTRY_H
