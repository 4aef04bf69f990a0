//===- LoadFamilies.cpp - Families from files -----------------------------===//

#include "plumb/Execution/LoadFamilies.h"
#include "execution/FamilyFile.h"
#include "execution/Inlining.h"
#include "mlir/IR/DialectRegistry.h"
#include "plumb/Execution/Register.h"
#include "plumb/Intrinsic/DynamicDialect.h"
#include "plumb/Intrinsic/LoadDescriptor.h"
#include "plumb/Intrinsic/Registry.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Mutex.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::execution;

namespace {
struct Loaded {
  const plumb_intr_family *family;
  const plumb_family_plugin *plugin; ///< null for a family that is data
};

struct LoadedSet {
  sys::SmartMutex<true> mutex;
  SmallVector<Loaded> families;
  StringMap<void *> symbols;
  bool readEnvironment = false;
};
} // namespace

static LoadedSet &loadedSet() {
  static LoadedSet set;
  return set;
}

/// Large enough for tens of thousands of rows.
static constexpr uint64_t mostBytes = 64 << 20;

static Error checkFile(StringRef path) {
  auto fail = [&](const Twine &why) {
    return createStringError("cannot load the family '" + path + "': " + why);
  };
  sys::fs::file_status status;
  if (std::error_code error = sys::fs::status(path, status))
    return fail(error.message());
  if (status.type() == sys::fs::file_type::directory_file)
    return fail("it is a directory");
  // A device or a pipe may have no end.
  if (status.type() != sys::fs::file_type::regular_file)
    return fail("it is no regular file");
  if (status.getSize() > mostBytes)
    return fail("it has more than " + Twine(mostBytes >> 20) + " MiB");
  return Error::success();
}

static Expected<const plumb_intr_family *> loadJson(StringRef path) {
  auto buffer = MemoryBuffer::getFile(path);
  if (!buffer)
    return createStringError("cannot load the family '" + path +
                             "': " + buffer.getError().message());
  return intr::loadDescriptor((*buffer)->getBuffer(), path);
}

static Expected<const plumb_intr_family *> loadRecords(StringRef path) {
  Expected<std::unique_ptr<MemoryBuffer>> json = readRecords(path);
  if (!json)
    return json.takeError();
  return intr::loadDescriptor((*json)->getBuffer(), path);
}

static Expected<Loaded> loadFile(StringRef path) {
  if (Error error = checkFile(path))
    return error;
  StringRef suffix = sys::path::extension(path);
  if (suffix == ".so") {
    auto plugin = loadFamilyLibrary(path);
    if (!plugin)
      return plugin.takeError();
    return Loaded{(*plugin)->family, *plugin};
  }
  if (suffix != ".td" && suffix != ".json")
    return createStringError(
        "cannot load the family '" + path +
        "': the name has to end in .td (records), .json (what plumb-tblgen "
        "-gen-json makes of them) or .so (a compiled family)");
  auto family = suffix == ".td" ? loadRecords(path) : loadJson(path);
  if (!family)
    return family.takeError();
  return Loaded{*family, nullptr};
}

Expected<const plumb_intr_family *>
plumb::execution::readFamily(StringRef path) {
  Expected<Loaded> loaded = loadFile(path);
  if (!loaded)
    return loaded.takeError();
  return loaded->family;
}

Error plumb::execution::loadFamily(StringRef path) {
  Expected<Loaded> loaded = loadFile(path);
  if (!loaded)
    return loaded.takeError();
  if (isUpstreamDialect(loaded->family->name))
    return createStringError("'" + path + "': family '" +
                             Twine(loaded->family->name) +
                             "' has the name of a dialect of MLIR; give it "
                             "another");
  LoadedSet &set = loadedSet();
  sys::SmartScopedLock<true> lock(set.mutex);
  for (const Loaded &other : set.families)
    if (other.family == loaded->family)
      return Error::success();
  if (Error error = intr::Registry::get().add(*loaded->family))
    return createStringError("'" + path + "': " + toString(std::move(error)));
  set.families.push_back(*loaded);
  if (loaded->plugin && loaded->plugin->symbols)
    for (const plumb_intr_symbol *s = loaded->plugin->symbols; s->name; ++s)
      set.symbols[s->name] = s->address;
  return Error::success();
}

Error plumb::execution::loadFamiliesOfEnvironment() {
  {
    LoadedSet &set = loadedSet();
    sys::SmartScopedLock<true> lock(set.mutex);
    if (std::exchange(set.readEnvironment, true))
      return Error::success();
  }
  std::string files =
      sys::Process::GetEnv("PLUMB_LOAD_FAMILY").value_or(std::string());
  SmallVector<StringRef> paths;
  StringRef(files).split(paths, ':', -1, /*KeepEmpty=*/false);
  for (StringRef path : paths)
    if (Error error = loadFamily(path))
      return createStringError("PLUMB_LOAD_FAMILY: " +
                               toString(std::move(error)));
  return Error::success();
}

void plumb::execution::registerLoadedFamilies(mlir::DialectRegistry &registry) {
  LoadedSet &set = loadedSet();
  sys::SmartScopedLock<true> lock(set.mutex);
  for (const Loaded &loaded : set.families) {
    // Inserting a dynamic dialect a second time is a fatal error.
    if (registry.getDialectAllocator(loaded.family->name))
      continue;
    if (!loaded.plugin || !loaded.plugin->register_dialect) {
      intr::addDynamicDialect(registry, *loaded.family);
      continue;
    }
    loaded.plugin->register_dialect(&registry);
    addInlining(registry, loaded.family->name);
  }
}

void *plumb::execution::lookupLoadedSymbol(StringRef symbol) {
  LoadedSet &set = loadedSet();
  sys::SmartScopedLock<true> lock(set.mutex);
  return set.symbols.lookup(symbol);
}
