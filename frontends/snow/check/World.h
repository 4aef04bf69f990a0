//===- World.h - All declarations of a run ----------------------*- C++ -*-===//

#ifndef SNOW_CHECK_WORLD_H
#define SNOW_CHECK_WORLD_H

#include "frontends/snow/check/Library.h"
#include "frontends/snow/source/Diagnostic.h"
#include "llvm/ADT/DenseMap.h"

namespace snow::check {

struct World {
  World(const SourceFiles &files, const plumb::intr::Registry &registry,
        core::Program &program, Diagnostics &diagnostics)
      : files(files), program(program), diagnostics(diagnostics),
        library(registry, types) {}

  const SourceFiles &files;
  core::Program &program;
  Diagnostics &diagnostics;
  TypeStore types;
  Library library;

  std::unique_ptr<SourceFile> preludeFile;
  std::unique_ptr<syntax::Module> preludeSyntax;
  ModuleDecl prelude;

  std::deque<ModuleDecl> modules;
  llvm::StringMap<ModuleDecl *> modulesByName;
  std::deque<TypeDecl> typeDecls;
  std::deque<TraitDecl> traitDecls;
  std::deque<ImplDecl> implDecls;
  std::deque<FunctionDecl> functionDecls;
  std::deque<ServiceDecl> serviceDecls;
  llvm::DenseMap<std::pair<TraitDecl *, TypeDecl *>,
                 llvm::SmallVector<ImplDecl *, 1>>
      impls;
  llvm::StringMap<llvm::SmallVector<TraitDecl *, 1>> traitsByMethod;
  /// Functions of impls that stand for a type, not a value: `Point.new`.
  llvm::DenseMap<TypeDecl *, llvm::SmallVector<ImplDecl *, 1>> implsByType;

  llvm::StringMap<TypeDecl *> typesByCoreName;
  /// Functions of services by their core name, and their actors.
  llvm::StringMap<FunctionDecl *> madeFunctions;
  bool reportedTooDeep = false;
  /// How often a local function was given that name.
  llvm::StringMap<unsigned> localNames;

  /// Of nodes that the checker adds to the program's.
  llvm::BumpPtrAllocator syntaxMemory;
  llvm::StringRef save(llvm::StringRef text) { return text.copy(syntaxMemory); }

  core::Location location(Span span) const {
    if (span.file >= files.size())
      return {};
    Position at = files.begin(span);
    return {span.file, at.line, at.column};
  }
  Diagnostic &report(Code code, Span span, std::string message,
                     std::string label = "") {
    Diagnostic &made =
        diagnostics.report(code, span, std::move(message), std::move(label));
    reported.push_back(&made);
    return made;
  }
  /// Places in the prelude are none that a person can look at.
  void hidePrelude() {
    for (Diagnostic *each : reported) {
      llvm::erase_if(each->labels, [&](const Label &label) {
        return label.span.file >= files.size();
      });
      if (each->labels.empty())
        each->label({}, "");
    }
  }
  std::vector<Diagnostic *> reported;
  TraitDecl *known(llvm::StringRef trait) const { return library.trait(trait); }
  bool isKnown(const TraitDecl *trait, llvm::StringRef name) const {
    return !trait->module && trait->name == name;
  }

  /// Pid<message>; the error type where the library has no actors.
  Ty *pid(Ty *message) {
    LibraryFunction *spawn = library.findOperator("spawn", nullptr);
    TypeDecl *decl =
        spawn ? TypeStore::head(spawn->scheme.type->result()) : nullptr;
    return decl ? types.named(decl, message) : types.error();
  }
  Ty *option(Ty *element) {
    return types.named(library.type("Option"), element);
  }
  Ty *resultOf(Ty *value, Ty *error) {
    return types.named(library.type("Result"), {value, error});
  }
};

/// Makes the prelude's and the program's declarations, without their types.
void collect(World &world,
             llvm::ArrayRef<std::unique_ptr<syntax::Module>> modules,
             llvm::ArrayRef<std::string> names);
/// What each module's imports give it; unknown, private and cyclic ones are
/// errors.
void resolveImports(World &world);
/// Fields, signatures, impls.
void resolveTypes(World &world);
/// The functions that services stand for.
void resolveServices(World &world);
/// What the program hands to the lowering of types and impls.
void exportTypes(World &world);

/// A type as written. Errors are reported, and become the error type.
Ty *resolveType(World &world, const TypeScope &scope,
                const syntax::TypeExpr *type);
TypeDecl *findType(World &world, ModuleDecl *module, llvm::StringRef name);
TraitDecl *findTrait(World &world, ModuleDecl *module, const syntax::Path &path,
                     bool reports = true);
std::vector<BoundDecl> resolveBounds(World &world, TypeScope &scope,
                                     llvm::ArrayRef<syntax::Bound> bounds);
/// The type of a function as far as it is written; what is not is a variable.
void resolveSignature(World &world, TypeScope scope, FunctionDecl &function);

/// `a`, `b` or `c`, for help: up to three names that `name` may be a
/// misspelling of.
std::string didYouMean(llvm::ArrayRef<llvm::StringRef> candidates,
                       llvm::StringRef name);
std::string quoted(llvm::StringRef text);

} // namespace snow::check

#endif // SNOW_CHECK_WORLD_H
