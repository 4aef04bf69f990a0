//===- Program.h - A checked program, ready to be lowered -------*- C++ -*-===//
//
// What the checker hands to the lowering: every name is resolved, every type is
// known, and what the language only writes shorter (pipes, clauses, `?`,
// interpolation, keyword arguments, operators on types of the program) is
// written out. Functions are still generic; the lowering makes one instance for
// each set of type arguments.
//
//===----------------------------------------------------------------------===//

#ifndef SNOW_CORE_PROGRAM_H
#define SNOW_CORE_PROGRAM_H

#include "frontends/snow/core/Expression.h"
#include "frontends/snow/core/TypeTable.h"
#include <deque>
#include <map>

namespace snow::core {

/// struct, sum type or tuple shape of the program. A struct has one
/// constructor, of its own name.
struct Constructor {
  std::string name;
  std::vector<std::string> fieldNames; ///< empty: fields have no names
  std::vector<const Type *> fields;    ///< with Parameters of the type
};
struct DataType {
  std::string name; ///< "Main.Shape"
  unsigned numParameters = 0;
  bool isStruct = false;
  std::vector<Constructor> constructors;
  Location where;
  /// What `${}` and Debug do without an impl of their own.
  bool derivesDisplay = false, derivesDebug = false;
};

struct Function {
  /// "Main.area"; methods of impls "Main.Display for Main.Shape.to_string";
  /// unique in the program.
  std::string name;
  unsigned numTypeParameters = 0;
  std::vector<Variable *> parameters;
  const Type *result = nullptr;
  ExpressionPtr body; ///< its value is the result
  Location where;
};

/// `impl Trait for T`: how the methods of a trait are found when a type becomes
/// known.
struct Impl {
  std::string trait;
  const Type *self = nullptr; ///< with Parameters: List<T>, Main.Box<T>
  unsigned numTypeParameters = 0;
  std::vector<const Type *> traitArguments; ///< From<Int>: Int
  /// By the method's name. A method has the type parameters of the impl first,
  /// then its own.
  std::map<std::string, Function *> methods;
};

struct Program {
  TypeTable table; ///< of all types in it
  std::deque<Function> functions;
  std::deque<DataType> types;
  std::deque<Impl> impls;
  std::deque<Variable> variables;
  /// `fn main`, or null for a program that is only checked.
  Function *main = nullptr;
  /// Source files by number, as they are to be shown.
  std::vector<std::string> files;

  const DataType *findType(llvm::StringRef name) const;
};

} // namespace snow::core

#endif // SNOW_CORE_PROGRAM_H
