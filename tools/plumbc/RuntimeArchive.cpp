//===- RuntimeArchive.cpp - The static runtime library --------------------===//

#include "RuntimeArchive.h"
#include "tools/support/CheckAbi.h"
#include "tools/support/MissingSymbols.h"
#include "tools/support/Tool.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Object/Archive.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using namespace llvm::object;
using namespace plumb;

std::string plumb::runtimeArchivePath(StringRef folder, const char *argv0) {
  SmallString<128> path(folder);
  if (path.empty()) {
    static int anchor;
    std::string tool = sys::fs::getMainExecutable(argv0, &anchor);
    path = sys::path::parent_path(sys::path::parent_path(tool));
    sys::path::append(path, "lib");
  }
  sys::path::append(path, "libPlumbRuntime.a");
  return path.str().str();
}

static bool cannotRead(StringRef library, bool isOwn, const Twine &why) {
  toolError("cannot read the runtime library '" + library + "': " + why);
  if (isOwn)
    toolNote("--runtime-dir=<folder> says where libPlumbRuntime.a is");
  return false;
}

/// The machine that the library's code is for; unknown when no code is in it.
static Triple::ArchType machineOf(const Binary &binary) {
  if (auto *object = dyn_cast<ObjectFile>(&binary))
    return object->getArch();
  Triple::ArchType machine = Triple::UnknownArch;
  Error error = Error::success();
  if (auto *archive = dyn_cast<Archive>(&binary))
    for (const Archive::Child &child : archive->children(error)) {
      Expected<std::unique_ptr<Binary>> member = child.getAsBinary();
      if (member && isa<ObjectFile>(**member)) {
        machine = machineOf(**member);
        break;
      }
      consumeError(member.takeError()); // A member of another kind.
    }
  consumeError(std::move(error)); // Told by who reads the archive's index.
  return machine;
}

static Error checkMachine(const Binary &binary, const Triple &target) {
  Triple::ArchType machine = machineOf(binary);
  if (machine == Triple::UnknownArch || machine == target.getArch())
    return Error::success();
  return createStringError(
      "its code is for '" + Triple::getArchTypeName(machine) +
      "', but the program is made for '" + target.str() + "'");
}

namespace {
/// What the libraries have.
struct Contents {
  StringSet<> symbols;
  struct Table {
    std::string library;
    AbiTable table;
  };
  StringMap<Table> tables; ///< by family; the first library that has one

  Error add(const Binary &binary, StringRef path);
};
} // namespace

/// An archive's index or a shared library's dynamic table.
Error Contents::add(const Binary &binary, StringRef path) {
  Expected<StringMap<AbiTable>> read = readAbiTables(binary);
  if (!read)
    return read.takeError();
  for (auto &entry : *read)
    tables.try_emplace(entry.getKey(),
                       Table{path.str(), std::move(entry.getValue())});
  if (auto *archive = dyn_cast<Archive>(&binary)) {
    for (const Archive::Symbol &symbol : archive->symbols())
      symbols.insert(symbol.getName());
    return Error::success();
  }
  auto *library = dyn_cast<ELFObjectFileBase>(&binary);
  if (!library || library->getEType() != ELF::ET_DYN)
    return createStringError("it is neither an archive nor a shared library");
  for (const SymbolRef &symbol : library->getDynamicSymbolIterators()) {
    Expected<uint32_t> flags = symbol.getFlags();
    if (!flags)
      return flags.takeError();
    Expected<StringRef> name = symbol.getName();
    if (!name)
      return name.takeError();
    if (!(*flags & SymbolRef::SF_Undefined))
      symbols.insert(*name);
  }
  return Error::success();
}

bool plumb::checkRuntimes(ArrayRef<std::string> libraries, StringRef program,
                          const Triple &target, ArrayRef<std::string> symbols) {
  Contents contents;
  for (const std::string &path : libraries) {
    bool isOwn = &path == &libraries.back();
    if (sys::fs::is_directory(path))
      return cannotRead(path, isOwn, "it is a directory");
    Expected<OwningBinary<Binary>> binary = createBinary(path);
    Error error = binary ? checkMachine(*binary->getBinary(), target)
                         : binary.takeError();
    if (!error)
      error = contents.add(*binary->getBinary(), path);
    if (error) {
      // The library's name is in it for some reasons, and not for others.
      std::string why = toString(std::move(error));
      StringRef shown = why;
      shown.consume_front("'" + path + "': ");
      return cannotRead(path, isOwn, shown);
    }
  }
  auto sourceOf = [&](const plumb_intr_row &row) {
    auto found = contents.tables.find(row.family->name);
    if (found == contents.tables.end())
      return AbiSource{libraries.back(), nullptr};
    return AbiSource{found->second.library, &found->second.table};
  };
  if (!checkAbi(usedRows(symbols), sourceOf, /*requireTable=*/false))
    return false;
  SmallVector<std::string> missing;
  for (const std::string &symbol : symbols)
    if (isRuntimeSymbol(symbol) && !contents.symbols.contains(symbol))
      missing.push_back(symbol);
  return missing.empty() ||
         reportMissingSymbols(program, missing, libraries.back());
}
