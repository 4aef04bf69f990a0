//===- RuntimeArchive.cpp - The static runtime library --------------------===//

#include "RuntimeArchive.h"
#include "command-line/Tool.h"
#include "execution/Symbols.h"
#include "plumb/Intrinsic/Registry.h"
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
using namespace plumb::execution;

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
/// A library that is linked, but not loaded here.
class LibraryFile : public Runtime {
public:
  using Runtime::Runtime;
  Error read(const Binary &binary);
  void *lookup(StringRef) const override { return nullptr; }
  bool has(StringRef symbol) const override { return symbols.contains(symbol); }
  bool isShared() const { return shared; }

protected:
  std::optional<AbiTable> readAbiTable(StringRef family) const override {
    auto found = tables.find(family);
    return found == tables.end() ? std::nullopt
                                 : std::optional(found->getValue());
  }

private:
  StringSet<> symbols;
  bool shared = false;
  StringMap<AbiTable> tables;
};
} // namespace

/// An archive's index or a shared library's dynamic table.
Error LibraryFile::read(const Binary &binary) {
  Expected<StringMap<AbiTable>> read = readAbiTables(binary);
  if (!read)
    return read.takeError();
  tables = std::move(*read);
  if (auto *archive = dyn_cast<Archive>(&binary)) {
    for (const Archive::Symbol &symbol : archive->symbols())
      symbols.insert(symbol.getName());
    return Error::success();
  }
  auto *library = dyn_cast<ELFObjectFileBase>(&binary);
  if (!library || library->getEType() != ELF::ET_DYN)
    return createStringError("it is neither an archive nor a shared library");
  shared = true;
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

bool plumb::checkRuntimes(const intr::Registry &registry,
                          ArrayRef<std::string> libraries, StringRef program,
                          const Triple &target, ArrayRef<std::string> symbols,
                          std::vector<SharedRuntime> &shared) {
  Runtimes all(registry);
  for (const std::string &path : libraries) {
    bool isOwn = &path == &libraries.back();
    if (sys::fs::is_directory(path))
      return cannotRead(path, isOwn, "it is a directory");
    auto library = std::make_unique<LibraryFile>(path);
    Expected<OwningBinary<Binary>> binary = createBinary(path);
    Error error = binary ? checkMachine(*binary->getBinary(), target)
                         : binary.takeError();
    if (!error)
      error = library->read(*binary->getBinary());
    if (error) {
      // The library's name is in it for some reasons, and not for others.
      std::string why = toString(std::move(error));
      StringRef shown = why;
      shown.consume_front("'" + path + "': ");
      return cannotRead(path, isOwn, shown);
    }
    all.add(std::move(library));
  }
  // The linker looks after the program's own.
  SmallVector<std::string> ofRuntimes;
  copy_if(symbols, std::back_inserter(ofRuntimes),
          [&](const std::string &s) { return isRuntimeSymbol(registry, s); });
  if (!tellProblems(all.check(program, ofRuntimes)))
    return false;
  for (const plumb_intr_row *row : usedRows(registry, ofRuntimes)) {
    auto *library = static_cast<const LibraryFile *>(all.find(*row->family));
    if (!library || !library->isShared() ||
        !library->getAbiTable(row->family->name))
      continue;
    auto known = find_if(shared, [&](const SharedRuntime &s) {
      return s.rows.front()->family == row->family;
    });
    if (known == shared.end())
      known = shared.insert(known, {library->getName().str(), {}});
    known->rows.push_back(row);
  }
  return true;
}
