//===- Declarations.h - What a program and its library declare --*- C++ -*-===//
//
// Types, traits, impls, functions and modules, by the name that programs write.
// Of the program's own and of the prelude they know their syntax; of the
// library they know the record.
//
//===----------------------------------------------------------------------===//

#ifndef SNOW_CHECK_DECLARATIONS_H
#define SNOW_CHECK_DECLARATIONS_H

#include "frontends/snow/check/Types.h"
#include "frontends/snow/core/Program.h"
#include "frontends/snow/syntax/Ast.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include <deque>
#include <vector>

namespace snow::check {

struct ModuleDecl;
struct TraitDecl;

struct ConstructorDecl {
  llvm::StringRef name;
  TypeDecl *type = nullptr;
  unsigned number = 0;
  std::vector<llvm::StringRef> fieldNames; ///< empty: by position
  std::vector<Span> fieldSpans;
  std::vector<Ty *> fields; ///< with the type's parameters
  Span span;

  int fieldNumber(llvm::StringRef field) const {
    for (size_t i = 0; i < fieldNames.size(); ++i)
      if (fieldNames[i] == field)
        return int(i);
    return -1;
  }
};

struct TypeDecl {
  enum class Kind { Library, Struct, Sum, Alias };
  Kind kind = Kind::Library;
  std::string name;             ///< of core: "Main.Shape", "List"
  std::string shown;            ///< in messages
  ModuleDecl *module = nullptr; ///< null: the library's or the prelude's
  const syntax::Item *item = nullptr;
  Span span;
  bool isPublic = true;
  bool isTuple = false, isUnit = false;
  bool isService = false; ///< the requests of one
  /// How many arguments it takes; of a tuple any number.
  unsigned numParameters = 0;
  std::vector<Ty *> parameters; ///< Rigids
  std::deque<ConstructorDecl> constructors;
  Ty *aliased = nullptr; ///< of an Alias
  bool isResolving = false, isResolved = false;
  llvm::StringSet<> derived; ///< "Eq", "Ord"…
  Ty *plain = nullptr;       ///< without arguments, when it was made

  bool isSum() const { return kind == Kind::Sum; }
  bool isStruct() const { return kind == Kind::Struct; }
  const ConstructorDecl *constructor(llvm::StringRef wanted) const {
    for (const ConstructorDecl &each : constructors)
      if (each.name == wanted)
        return &each;
    return nullptr;
  }
};

/// `subject: trait<arguments>`, with what stands for its associated types.
struct BoundDecl {
  TraitDecl *trait = nullptr;
  Ty *subject = nullptr;
  llvm::SmallVector<Ty *, 1> arguments, associated;
};

/// A type for all values of its parameters for which the bounds hold.
struct Scheme {
  std::vector<Ty *> parameters; ///< Rigids, numbered from 0
  Ty *type = nullptr;
  std::vector<BoundDecl> bounds;
};

struct MethodDecl {
  llvm::StringRef name;
  const syntax::FunctionItem *item = nullptr;
  bool hasSelf = false;
  std::vector<Ty *> parameters; ///< own type parameters
  Ty *type = nullptr;           ///< a function; with the trait's Rigids
};

struct TraitDecl {
  std::string name;             ///< of core: "Eq", "Main.Show"
  std::string shown;            ///< in messages
  ModuleDecl *module = nullptr; ///< null: the prelude's
  const syntax::InterfaceItem *item = nullptr;
  Span span;
  std::vector<Ty *> parameters;
  Ty *self = nullptr; ///< a Rigid
  std::vector<llvm::StringRef> associatedNames;
  std::vector<Ty *> associated; ///< Rigids
  std::deque<MethodDecl> methods;

  const MethodDecl *method(llvm::StringRef wanted) const {
    for (const MethodDecl &each : methods)
      if (each.name == wanted)
        return &each;
    return nullptr;
  }
};

struct ImplDecl;

/// What type names mean in a place.
struct TypeScope {
  ModuleDecl *module = nullptr;
  llvm::StringMap<Ty *> parameters; ///< `T`, and `T.Item`
  Ty *self = nullptr;               ///< `Self`
  TraitDecl *trait = nullptr;       ///< `Self.Item` of an interface
  ImplDecl *impl = nullptr;         ///< `Self.Item` of an impl
};

/// A function of the program: all its clauses.
struct FunctionDecl {
  enum class State { New, Inferring, Done };
  State state = State::New;
  llvm::StringRef name;
  std::string coreName;
  ModuleDecl *module = nullptr;
  ImplDecl *impl = nullptr; ///< of a method
  std::vector<const syntax::FunctionItem *> clauses;
  bool isPublic = false;
  /// Every parameter and the result are written.
  bool isWritten = false;
  Scheme scheme; ///< while inferring without parameters
  std::vector<Ty *> parameterTypes;
  Ty *resultType = nullptr;
  /// An actor: its messages are of the type `message`, and the scheme gives
  /// Pid<message>, what `spawn` makes of it.
  bool isActor = false;
  Ty *message = nullptr;
  const syntax::BlockExpr *terminate = nullptr;
  /// Whose types it needs though it does not name them.
  llvm::SmallVector<FunctionDecl *, 4> alsoNeeds;
  TypeScope scope; ///< of the annotations in its body
  core::Function *core = nullptr;
  // Of the search for groups.
  unsigned order = 0, lowest = 0;
  bool onStack = false;

  /// Of a constant: its `let`; it has no clauses.
  const syntax::LetExpr *constant = nullptr;

  const syntax::FunctionItem *first() const { return clauses.front(); }
  Span span() const { return nameSpan(); }
  Span nameSpan() const {
    return constant ? constant->pattern->span : first()->name.span;
  }
};

struct ImplDecl {
  TraitDecl *trait = nullptr;
  const syntax::ImplItem *item = nullptr;
  ModuleDecl *module = nullptr;
  std::vector<Ty *> parameters; ///< Rigids
  llvm::StringMap<Ty *> scope;  ///< the same by name
  Ty *self = nullptr;
  std::vector<Ty *> traitArguments;
  std::vector<Ty *> associated; ///< as the trait names them
  std::vector<BoundDecl> bounds;
  llvm::MapVector<llvm::StringRef, FunctionDecl *> methods;
  core::Impl *core = nullptr;
};

/// `service S`: start and, by their names in small letters, the handlers.
struct ServiceDecl {
  llvm::StringRef name;
  ModuleDecl *module = nullptr;
  const syntax::ServiceItem *item = nullptr;
  llvm::StringMap<FunctionDecl *> functions;
};

/// What a bare name of a file may mean.
struct ModuleDecl {
  std::string name; ///< "Math.LinearAlgebra"
  unsigned number = 0;
  const syntax::Module *syntax = nullptr;
  llvm::StringMap<FunctionDecl *> functions;
  llvm::StringMap<TypeDecl *> types;
  llvm::StringMap<TraitDecl *> traits;
  llvm::StringMap<ServiceDecl *> services;
  llvm::StringMap<Span> later; ///< supervisors: not yet
  /// Of its own types and imported ones.
  llvm::StringMap<const ConstructorDecl *> constructors;

  struct Imported {
    Span span;
    FunctionDecl *function = nullptr;
    TypeDecl *type = nullptr;
    TraitDecl *trait = nullptr;
    const struct LibraryFunction *library = nullptr;
    ServiceDecl *service = nullptr;
    bool isError = false;
  };
  llvm::StringMap<Imported> imported; ///< by `from M import x`
  struct Import {
    ModuleDecl *module = nullptr; ///< null: of the library
    std::string libraryName;
    Span span;
  };
  llvm::StringMap<Import> imports; ///< by the last part of the path
};

} // namespace snow::check

#endif // SNOW_CHECK_DECLARATIONS_H
