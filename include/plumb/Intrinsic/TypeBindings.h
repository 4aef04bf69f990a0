//===- TypeBindings.h - What type variables stand for -----------*- C++ -*-===//

#ifndef PLUMB_INTRINSIC_TYPEBINDINGS_H
#define PLUMB_INTRINSIC_TYPEBINDINGS_H

#include "mlir/IR/Types.h"
#include "plumb/Intrinsic/Registry.h"

namespace plumb::intr {

/// The types that the variables of one row stand for in one call.
class TypeBindings {
public:
  explicit TypeBindings(const plumb_intr_row &row);

  /// Fits the program's type to that of the record, and learns from it what
  /// variables stand for. Whether it fits; if a variable is why not, `wrong` is
  /// made a sentence about it, otherwise it is left alone. `where` is for later
  /// messages: "argument 'list'".
  bool unify(const plumb_intr_type &record, mlir::Type type,
             const llvm::Twine &where, std::string &wrong);

  /// What a variable stands for, if no argument tells: that of an empty list.
  void set(unsigned variable, mlir::Type type);
  /// Null while nothing has told.
  mlir::Type lookup(unsigned variable) const { return bound[variable].type; }

  /// The program's type for that of the record; null while a variable of it
  /// stands for nothing.
  mlir::Type substitute(mlir::MLIRContext *context,
                        const plumb_intr_type &record) const;

private:
  struct Bound {
    mlir::Type type;
    std::string where;
  };
  unsigned indexOf(llvm::StringRef variable) const;
  bool unify(mlir::Type record, mlir::Type type, const llvm::Twine &where,
             std::string &wrong);
  mlir::Type substitute(mlir::Type record) const;

  const plumb_intr_row *row; ///< a pointer, so that bindings can be copied
  llvm::SmallVector<Bound, 2> bound;
};

} // namespace plumb::intr

#endif // PLUMB_INTRINSIC_TYPEBINDINGS_H
