//===- ObjectReader.cpp - Names, and types from DWARF, of an object -------===//

#include "tools/plumb-abi/readers/DwarfReader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Object/BuildID.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Object/MachO.h"

using namespace llvm;
using namespace llvm::object;
using namespace plumb::abi;

namespace {
class ObjectReader {
public:
  ObjectReader(const ObjectFile &object, StringRef name, Runtime &runtime)
      : object(object), name(name), runtime(runtime) {}

  Error read() {
    runtime.buildIds[name] = toStringRef(getBuildID(&object)).str();
    auto *elf = dyn_cast<ELFObjectFileBase>(&object);
    // What a shared library exports stands in a table of its own.
    bool isDynamic = elf && elf->getEType() == ELF::ET_DYN;
    if (isDynamic)
      if (Error error = readDynamicSymbols(*elf))
        return error;
    for (const SymbolRef &symbol : object.symbols())
      if (Error error = readSymbol(symbol, /*isInterface=*/!isDynamic))
        return error;
    if (runtime.others.contains("__gnu_lto_slim"))
      return createStringError(
          "'" + name +
          "' holds gcc's intermediate code instead of functions; build it "
          "without -flto, or with -ffat-lto-objects too");
    readDwarf(object, name, functions, runtime);
    noteDebugLink();
    return Error::success();
  }

private:
  Error readDynamicSymbols(const ELFObjectFileBase &elf) {
    std::vector<VersionEntry> versions;
    if (auto read = elf.readDynsymVersions())
      versions = std::move(*read);
    else
      consumeError(read.takeError()); // the symbols say what is damaged
    for (auto [i, symbol] : enumerate(elf.getDynamicSymbolIterators())) {
      Expected<uint32_t> flags = symbol.getFlags();
      Expected<StringRef> text = symbol.getName();
      bool isOld = flags && text && i < versions.size() &&
                   !versions[i].Name.empty() && !versions[i].IsVerDef &&
                   !(*flags & SymbolRef::SF_Undefined);
      if (isOld)
        noteOld(*text, versions[i].Name);
      consumeError(flags.takeError());
      consumeError(text.takeError());
      if (isOld)
        continue;
      if (Error error = readSymbol(symbol, /*isInterface=*/true))
        return error;
    }
    return Error::success();
  }

  /// What is there for programs of long ago no program is linked with.
  void noteOld(StringRef symbol, StringRef version) {
    runtime.others.try_emplace(
        symbol, ("there only as the old version " + version +
                 ", which new programs are not linked with, in " + name)
                    .str());
  }

  Error readSymbol(const SymbolRef &symbol, bool isInterface) {
    Expected<uint32_t> flags = symbol.getFlags();
    Expected<StringRef> text = symbol.getName();
    Expected<SymbolRef::Type> type = symbol.getType();
    Error damage =
        joinErrors(joinErrors(flags ? Error::success() : flags.takeError(),
                              text ? Error::success() : text.takeError()),
                   type ? Error::success() : type.takeError());
    if (damage)
      return createStringError("the symbols of '" + name +
                               "' are damaged: " + toString(std::move(damage)));
    StringRef symbolName = *text;
    if (object.isMachO())
      symbolName.consume_front("_");
    // In objects `.symver` is part of the name: f@@V2 is what `f` is linked
    // with, f@V1 is not.
    if (auto [plain, version] = symbolName.split('@'); !version.empty()) {
      if (!version.starts_with("@")) {
        noteOld(plain, version);
        return Error::success();
      }
      symbolName = plain;
    }
    if (symbolName.empty() || *flags & SymbolRef::SF_FormatSpecific)
      return Error::success();
    if (*flags & SymbolRef::SF_Undefined)
      note(symbolName, "used, but not defined, in ");
    else if (*flags & SymbolRef::SF_Common || !isFunction(symbol, *type))
      note(symbolName, "no function, but a variable, in ");
    else if (!(*flags & SymbolRef::SF_Global))
      note(symbolName, "local (static) in ");
    // A library's debug information may be in a file of its own, which has
    // symbols, but exports nothing.
    else if (!isInterface && !runtime.functions.contains(symbolName))
      note(symbolName, "hidden, not exported, in ");
    else
      add(symbol, symbolName, !(*flags & SymbolRef::SF_Hidden));
    return Error::success();
  }

  bool isFunction(const SymbolRef &symbol, SymbolRef::Type type) {
    if (type == SymbolRef::ST_Function)
      return true;
    // Assembly and Mach-O say less.
    if (object.isELF()) {
      uint8_t elfType = ELFSymbolRef(symbol).getELFType();
      if (elfType != ELF::STT_NOTYPE && elfType != ELF::STT_GNU_IFUNC)
        return false;
    }
    Expected<section_iterator> section = symbol.getSection();
    if (!section) {
      consumeError(section.takeError());
      return false;
    }
    return *section != object.section_end() && (*section)->isText();
  }

  /// Says where the debug information is that was split off.
  void noteDebugLink() {
    if (all_of(functions, [](auto &f) { return f.second.function->signature; }))
      return;
    for (const SectionRef &section : object.sections()) {
      Expected<StringRef> sectionName = section.getName();
      Expected<StringRef> text = section.getContents();
      if (sectionName && text && *sectionName == ".gnu_debuglink")
        runtime.warnings.push_back(
            ("debug information of '" + name + "' is in '" +
             text->take_until([](char c) { return !c; }) +
             "'; give that file after it, and types are checked too")
                .str());
      consumeError(sectionName.takeError());
      consumeError(text.takeError());
    }
  }

  /// Whether this is where the debug information of an object was split off to,
  /// or the object itself before that.
  bool isDebugFileOf(StringRef other) {
    if (!isOnlyDebug)
      isOnlyDebug =
          any_of(object.sections(), [this](const SectionRef &section) {
            return object.isELF() && section.isText() &&
                   ELFSectionRef(section).getType() == ELF::SHT_NOBITS;
          });
    std::string id = runtime.buildIds.lookup(name);
    std::string otherId = runtime.buildIds.lookup(other);
    if (!id.empty() && !otherId.empty())
      return id == otherId;
    return *isOnlyDebug;
  }

  void note(StringRef symbol, const char *what) {
    runtime.others.try_emplace(symbol, (what + name).str());
  }

  void add(const SymbolRef &symbol, StringRef symbolName, bool isExported) {
    RuntimeFunction &function = runtime.add(symbolName, name, isExported);
    // Another file's function of the same name says nothing about it.
    if (function.object != name && !isDebugFileOf(function.object))
      return;
    // What an indirect function's address is, only its resolver knows.
    if (object.isELF() &&
        ELFSymbolRef(symbol).getELFType() == ELF::STT_GNU_IFUNC)
      return;
    FunctionSymbol made = {&function};
    if (Expected<uint64_t> address = symbol.getValue())
      made.address = *address;
    else
      consumeError(address.takeError());
    if (object.isELF())
      made.size = ELFSymbolRef(symbol).getSize();
    Expected<section_iterator> section = symbol.getSection();
    if (section && object.isRelocatableObject() &&
        *section != object.section_end())
      made.section = (*section)->getIndex();
    consumeError(section.takeError());
    functions.try_emplace(symbolName, made);
  }

  const ObjectFile &object;
  StringRef name;
  Runtime &runtime;
  StringMap<FunctionSymbol> functions;
  std::optional<bool> isOnlyDebug; ///< found when it is asked for
};
} // namespace

Error plumb::abi::readObject(MemoryBufferRef buffer, StringRef name,
                             Runtime &runtime) {
  Expected<std::unique_ptr<ObjectFile>> object =
      ObjectFile::createObjectFile(buffer);
  if (!object)
    return createStringError("'" + name + "' is no whole object or library: " +
                             toString(object.takeError()));
  Triple::ArchType arch = (*object)->getArch();
  if (arch == Triple::UnknownArch)
    return createStringError("'" + name +
                             "' is for a processor that LLVM does "
                             "not know");
  if (Error error =
          checkArchitecture(Triple::getArchTypeName(arch), (*object)->is64Bit(),
                            (*object)->isLittleEndian(), name, runtime))
    return error;
  return ObjectReader(**object, name, runtime).read();
}
