//===- LoadFamilies.h - Families from files ---------------------*- C++ -*-===//
//
// What `--load-family` takes: records (.td), their JSON (.json), or a library
// that add_intrinsic_family(... PLUGIN ...) made (.so). Such a library is code
// that runs in this process and stays there; the others are data, and are not
// trusted.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_EXECUTION_LOADFAMILIES_H
#define PLUMB_EXECUTION_LOADFAMILIES_H

#include "plumb/Intrinsic/Registry.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Mutex.h"

namespace mlir {
class DialectRegistry;
}

namespace plumb::execution {

/// The families that one program or one state of a program knows: the built-in
/// ones, and those loaded from files. registerFamilies (Register.h) gives them
/// to contexts, which keep them; two contexts may have different ones. All
/// members may be called from any thread.
class Families {
public:
  /// The built-in ones.
  Families();

  /// Adds the family of the file. A file, or what it says, may be loaded again:
  /// that changes nothing, but that a library brings its functions. Fails, and
  /// changes nothing, when something is wrong with it or does not fit an
  /// existing family: the error says what, or names both sides. Contexts that
  /// exist do not get it.
  llvm::Error load(llvm::StringRef path);
  /// Loads what the environment's PLUMB_LOAD_FAMILY names, files with colons
  /// between; nothing the second time.
  llvm::Error loadEnvironment();

  const intr::Registry &getRegistry() const { return registry; }
  /// What was loaded, in order: to load it again into another set.
  llvm::SmallVector<std::string> getFiles() const;
  /// The functions that loaded libraries brought with them, by C symbol; null
  /// when none has it.
  void *lookupSymbol(llvm::StringRef symbol) const;

  /// Adds what was loaded, dialects and families; registerFamilies does so too.
  /// May be called again.
  void addLoadedTo(mlir::DialectRegistry &dialects) const;

private:
  struct Loaded {
    std::string file;
    intr::FamilyRef family;
    const plumb_family_plugin *plugin; ///< null for a family that is data
  };

  intr::Registry registry;
  mutable llvm::sys::SmartMutex<true> mutex;
  llvm::SmallVector<Loaded> loaded;
  llvm::StringMap<void *> symbols;
  bool hasReadEnvironment = false;
};

/// The family of such a file alone: for tools that hold one state of a family
/// beside another.
llvm::Expected<intr::FamilyRef> readFamily(llvm::StringRef path);

} // namespace plumb::execution

#endif // PLUMB_EXECUTION_LOADFAMILIES_H
