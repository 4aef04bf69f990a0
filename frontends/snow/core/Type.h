//===- Type.h - A type of a checked program ---------------------*- C++ -*-===//

#ifndef SNOW_CORE_TYPE_H
#define SNOW_CORE_TYPE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace snow::core {

/// Of a checked program, without anything left to infer. Types are made by a
/// TypeTable, once each: equal types are one object, so `==` of pointers
/// compares them. Immutable; lives as long as the table.
class Type {
public:
  enum class Kind {
    /// A named type with arguments: Int, Float, Bool, String, Atom, Unit,
    /// List<A>,
    /// Map<K, V>, Option<T>, Tuple<A, B>, and "Shapes.Disc" of the program.
    Named,
    /// Fun(A, B) -> C: the arguments, then the result.
    Function,
    /// The type parameter number `index()` of the function (or type) that it
    /// stands in.
    Parameter,
  };
  Kind kind() const { return theKind; }
  /// Of Named: types of the registry by the record's name, types of the program
  /// with their module, "Main.Shape".
  llvm::StringRef name() const { return theName; }
  /// Of Named.
  llvm::ArrayRef<const Type *> arguments() const { return parts; }
  /// Of Function.
  llvm::ArrayRef<const Type *> parameters() const { return parts.drop_back(); }
  const Type *result() const { return parts.back(); }
  /// Of Parameter.
  unsigned index() const { return number; }

  bool is(llvm::StringRef wanted) const {
    return theKind == Kind::Named && theName == wanted;
  }
  /// Whether no Parameter stands in it.
  bool isConcrete() const { return concrete; }
  /// As the language writes it: "List<Int>", "(Int, String)", "Fun(A) -> B".
  std::string str() const;

private:
  friend class TypeTable;
  Type(Kind kind, llvm::StringRef name, llvm::ArrayRef<const Type *> parts,
       unsigned number);

  Kind theKind;
  bool concrete;
  unsigned number;
  llvm::StringRef theName;
  llvm::ArrayRef<const Type *> parts;
};

} // namespace snow::core

#endif // SNOW_CORE_TYPE_H
