//===- Runtimes.h - Where a program's intrinsics come from ------*- C++ -*-===//
//
// The one rule of every tool and of the C API: the functions of a family all
// come from one runtime, the first that has any of them, never a part from one
// and a part from another.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_EXECUTION_RUNTIMES_H
#define PLUMB_EXECUTION_RUNTIMES_H

#include "plumb-c/Descriptor.h"
#include "plumb/Execution/AbiTable.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace llvm {
class Module;
}

namespace plumb::intr {
class Registry;
}

namespace plumb::execution {

class Families;

/// One place where functions of intrinsics are: a library that is loaded, code
/// that is linked into this process, or a file that is only looked at.
class Runtime {
public:
  explicit Runtime(llvm::StringRef name) : name(name) {}
  virtual ~Runtime();

  /// As in messages: a library's path.
  llvm::StringRef getName() const { return name; }
  /// The address in this process; null when there is none.
  virtual void *lookup(llvm::StringRef symbol) const = 0;
  virtual bool has(llvm::StringRef symbol) const { return lookup(symbol); }
  /// What the runtime's functions of the family were built from; null when it
  /// does not say.
  const AbiTable *getAbiTable(llvm::StringRef family) const;

protected:
  virtual std::optional<AbiTable>
  readAbiTable(llvm::StringRef family) const = 0;

private:
  std::string name;
  mutable llvm::StringMap<std::optional<AbiTable>> tables; ///< by family
};

/// Loads a shared library into this process, for ever: it may start threads.
llvm::Expected<std::unique_ptr<Runtime>>
loadRuntimeLibrary(llvm::StringRef path);

/// A runtime that is linked into this process: its functions, and its tables
/// by the symbols of those.
std::unique_ptr<Runtime> makeLinkedRuntime(llvm::StringRef name,
                                           llvm::StringMap<void *> addresses);

/// Why a program cannot run with its runtimes, and what to do about it.
struct Problem {
  std::string message;
  llvm::SmallVector<std::string> notes;
  /// Whether the first note says which runtime lacks an intrinsic.
  bool lacksIntrinsic = false;
};

/// The runtimes of a program, in the order in which they are asked. One thread.
class Runtimes {
public:
  /// `registry` has the families of the program; it must live as long.
  explicit Runtimes(const intr::Registry &registry) : registry(registry) {}

  using Maker = std::function<llvm::Expected<std::unique_ptr<Runtime>>()>;

  void add(std::unique_ptr<Runtime> runtime);
  /// Adds the libraries of the paths. Those loaded before an error stay.
  llvm::Error addLibraries(llvm::ArrayRef<std::string> paths);
  /// The compiled ones of the families, each with its functions; `families`
  /// must live as long.
  void addLoadedFamilies(const Families &families);
  /// The runtime that is asked last. It is made when a family is in no other,
  /// and never when one of them is a whole runtime: it has the function that
  /// starts a program.
  void setDefault(Maker maker) { makeDefault = std::move(maker); }

  /// The runtime that the family's functions come from; null when none has any.
  const Runtime *find(const plumb_intr_family &family);
  /// The address of an intrinsic's function or of the one that starts a
  /// program, in its runtime; of any other symbol, in this process. Null when
  /// there is none.
  void *lookup(llvm::StringRef symbol);

  /// All that is wrong when `program`, a name for messages, uses the symbols:
  /// a runtime of the rows was built from other records than this tool, or
  /// something is not defined. A runtime without a table is taken as it is,
  /// unless `requireTable`.
  std::vector<Problem> check(llvm::StringRef program,
                             llvm::ArrayRef<std::string> symbols,
                             llvm::ArrayRef<const plumb_intr_row *> rows,
                             bool requireTable = false);
  /// The same for all that the module uses and does not define, before it is
  /// optimised; messages name it by its identifier.
  std::vector<Problem> check(const llvm::Module &program);
  /// The same for the rows among the symbols.
  std::vector<Problem> check(llvm::StringRef program,
                             llvm::ArrayRef<std::string> symbols);

private:
  const Runtime *findFirst(llvm::function_ref<bool(const Runtime &)> isIt);
  bool has(llvm::StringRef symbol);
  std::vector<Problem> checkTables(llvm::ArrayRef<const plumb_intr_row *> rows,
                                   bool requireTable);
  Problem describe(llvm::StringRef program,
                   llvm::ArrayRef<std::string> missing);
  std::string names() const;

  const intr::Registry &registry;
  llvm::SmallVector<std::unique_ptr<Runtime>> runtimes;
  llvm::DenseMap<const plumb_intr_family *, const Runtime *> found;
  Maker makeDefault;
  std::string defaultFailed; ///< why the default cannot be had
};

} // namespace plumb::execution

#endif // PLUMB_EXECUTION_RUNTIMES_H
