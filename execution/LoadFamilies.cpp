//===- LoadFamilies.cpp - Families from files -----------------------------===//

#include "plumb/Execution/LoadFamilies.h"
#include "execution/FamilyFile.h"
#include "execution/Inlining.h"
#include "mlir/IR/DialectRegistry.h"
#include "plumb/Execution/Register.h"
#include "plumb/Intrinsic/DynamicDialect.h"
#include "plumb/Intrinsic/IntrinsicDialect.h"
#include "plumb/Intrinsic/LoadDescriptor.h"
#include "plumb/Passes/Passes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::execution;

#define PLUMB_FAMILY(NAME, STEM)                                               \
  extern "C" const plumb_intr_family plumb_family_##NAME;
#include "execution/Families.def"

/// Large enough for tens of thousands of rows.
static constexpr uint64_t maxBytes = 64 << 20;

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
  if (status.getSize() > maxBytes)
    return fail("it has more than " + Twine(maxBytes >> 20) + " MiB");
  return Error::success();
}

static Expected<intr::FamilyRef> loadJson(StringRef path) {
  auto buffer = MemoryBuffer::getFile(path);
  if (!buffer)
    return createStringError("cannot load the family '" + path +
                             "': " + buffer.getError().message());
  return intr::loadDescriptor((*buffer)->getBuffer(), path);
}

static Expected<intr::FamilyRef> loadRecords(StringRef path) {
  Expected<std::unique_ptr<MemoryBuffer>> json = readRecords(path);
  if (!json)
    return json.takeError();
  return intr::loadDescriptor((*json)->getBuffer(), path);
}

namespace {
struct FamilyOfFile {
  intr::FamilyRef family;
  const plumb_family_plugin *plugin;
};
} // namespace

static Expected<FamilyOfFile> readFile(StringRef path) {
  if (Error error = checkFile(path))
    return error;
  StringRef suffix = sys::path::extension(path);
  if (suffix == ".so") {
    auto plugin = loadFamilyLibrary(path);
    if (!plugin)
      return plugin.takeError();
    return FamilyOfFile{intr::borrowFamily(*(*plugin)->family), *plugin};
  }
  if (suffix != ".td" && suffix != ".json")
    return createStringError(
        "cannot load the family '" + path +
        "': the name has to end in .td (records), .json (what plumb-tblgen "
        "-gen-json makes of them) or .so (a compiled family)");
  auto family = suffix == ".td" ? loadRecords(path) : loadJson(path);
  if (!family)
    return family.takeError();
  return FamilyOfFile{*family, nullptr};
}

Expected<intr::FamilyRef> plumb::execution::readFamily(StringRef path) {
  Expected<FamilyOfFile> read = readFile(path);
  if (!read)
    return read.takeError();
  return read->family;
}

Families::Families() {
#define PLUMB_FAMILY(NAME, STEM) registry.addBuiltin(plumb_family_##NAME);
#include "execution/Families.def"
}

Error Families::load(StringRef path) {
  Expected<FamilyOfFile> read = readFile(path);
  if (!read)
    return read.takeError();
  const plumb_intr_family &family = *read->family;
  if (isUpstreamDialect(family.name))
    return createStringError("'" + path + "': family '" + Twine(family.name) +
                             "' has the name of a dialect of MLIR; give it "
                             "another");
  sys::SmartScopedLock<true> lock(mutex);
  for (const Loaded &other : loaded)
    if (other.family == read->family)
      return Error::success();
  if (Error error = registry.add(read->family))
    return createStringError("'" + path + "': " + toString(std::move(error)));
  // Data that says what another family says already has nothing to add.
  if (!read->plugin && !is_contained(registry.families(), &family))
    return Error::success();
  loaded.push_back({path.str(), read->family, read->plugin});
  if (read->plugin && read->plugin->symbols)
    for (const plumb_intr_symbol *s = read->plugin->symbols; s->name; ++s)
      symbols.try_emplace(s->name, s->address);
  return Error::success();
}

Error Families::loadEnvironment() {
  {
    sys::SmartScopedLock<true> lock(mutex);
    if (std::exchange(hasReadEnvironment, true))
      return Error::success();
  }
  std::string files =
      sys::Process::GetEnv("PLUMB_LOAD_FAMILY").value_or(std::string());
  SmallVector<StringRef> paths;
  StringRef(files).split(paths, ':', -1, /*KeepEmpty=*/false);
  for (StringRef path : paths)
    if (Error error = load(path))
      return createStringError("PLUMB_LOAD_FAMILY: " +
                               toString(std::move(error)));
  return Error::success();
}

SmallVector<std::string> Families::getFiles() const {
  sys::SmartScopedLock<true> lock(mutex);
  return SmallVector<std::string>(
      map_range(loaded, [](const Loaded &one) { return one.file; }));
}

void *Families::lookupSymbol(StringRef symbol) const {
  sys::SmartScopedLock<true> lock(mutex);
  return symbols.lookup(symbol);
}

void Families::addLoadedTo(mlir::DialectRegistry &dialects) const {
  sys::SmartScopedLock<true> lock(mutex);
  for (const Loaded &one : loaded) {
    intr::addFamily(dialects, one.family);
    registerConvertIntrinsicsToLLVMInterface(dialects, *one.family);
    // Inserting a dynamic dialect a second time is a fatal error.
    if (dialects.getDialectAllocator(one.family->name))
      continue;
    if (!one.plugin || !one.plugin->register_dialect) {
      intr::addDynamicDialect(dialects, one.family);
      continue;
    }
    one.plugin->register_dialect(&dialects);
    addInlining(dialects, one.family->name);
  }
}
