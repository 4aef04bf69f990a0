//===- Library.h - The registry as the language sees it ---------*- C++ -*-===//
//
// All that the checker knows of intrinsics: rows by module and name, by alias
// and by what the language writes for them (Registry's `operators`), with their
// types as schemes. Spells no intrinsic.
//
//===----------------------------------------------------------------------===//

#ifndef SNOW_CHECK_LIBRARY_H
#define SNOW_CHECK_LIBRARY_H

#include "frontends/snow/check/Declarations.h"
#include "plumb/Intrinsic/Registry.h"

namespace snow::check {

/// A row and its type.
struct LibraryFunction {
  const plumb_intr_row *row = nullptr;
  llvm::StringRef module, name; ///< "List", "map"
  Scheme scheme;
  /// Why a program of the language cannot call it; empty when it can.
  std::string obstacle;
  bool isResolved = false;
  /// Changes nothing and depends on nothing but its arguments.
  bool isPure() const { return row->num_effects == 0; }
  /// A value rather than a function: `Math.pi`.
  bool isConstant() const;
  /// Whether it is what the language writes as `word`.
  bool is(llvm::StringRef word) const {
    for (uint32_t i = 0; i < row->num_operators; ++i)
      if (row->operators[i] == word)
        return true;
    return false;
  }
};

class Library {
public:
  Library(const plumb::intr::Registry &registry, TypeStore &types);

  /// Types of the language that records and literals have.
  TypeDecl *type(llvm::StringRef name) const { return types.lookup(name); }
  /// The prelude says which of its types stand for objects of that name.
  void adopt(TypeDecl *decl) { types[decl->name] = decl; }
  void adoptTrait(TraitDecl *trait) { traits[trait->name] = trait; }
  TraitDecl *trait(llvm::StringRef name) const { return traits.lookup(name); }
  const llvm::StringMap<TypeDecl *> &allTypes() const { return types; }
  const llvm::StringMap<TraitDecl *> &allTraits() const { return traits; }

  bool hasModule(llvm::StringRef module) const { return modules.count(module); }
  /// `module.name`, also by an alias; null when unknown.
  LibraryFunction *find(llvm::StringRef module, llvm::StringRef name);
  /// A name that is always there: an alias without a module.
  LibraryFunction *findBare(llvm::StringRef name);
  /// What the language writes as `word`, for a first argument of the type
  /// `first` (null: there is no argument, or any will do).
  LibraryFunction *findOperator(llvm::StringRef word, TypeDecl *first);

  /// A function that makes a `to` of a `from`, "Int.to_float"; "" for none.
  std::string conversion(Ty *from, Ty *to);

  std::vector<llvm::StringRef> moduleNames() const;
  std::vector<llvm::StringRef> functionNames(llvm::StringRef module) const;
  std::vector<llvm::StringRef> bareNames() const;

  Ty *integer, *real, *boolean, *string, *atom, *unit;
  TypeDecl *tuple;
  Ty *tupleOf(llvm::ArrayRef<Ty *> elements);

private:
  LibraryFunction *add(const plumb_intr_row &row);
  LibraryFunction *resolve(LibraryFunction *function);
  Ty *convert(const plumb_intr_type &type, LibraryFunction &function);
  Ty *parameter(const plumb_intr_param &parameter, LibraryFunction &function);
  TypeDecl *declare(llvm::StringRef name, unsigned arity);
  void declareTypes(const plumb_intr_type &type);

  TypeStore &store;
  std::deque<TypeDecl> declared;
  std::deque<LibraryFunction> functions;
  llvm::StringMap<TypeDecl *> types;
  llvm::StringMap<TraitDecl *> traits;
  llvm::StringMap<llvm::StringMap<LibraryFunction *>> modules;
  llvm::StringMap<LibraryFunction *> bare;
  llvm::StringMap<llvm::SmallVector<LibraryFunction *>> operators;
};

} // namespace snow::check

#endif // SNOW_CHECK_LIBRARY_H
