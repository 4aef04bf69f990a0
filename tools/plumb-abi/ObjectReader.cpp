//===- ObjectReader.cpp - Names, and types from DWARF, of an object -------===//

#include "DwarfReader.h"
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
    auto *elf = dyn_cast<ELFObjectFileBase>(&object);
    // What a shared library exports stands in a table of its own.
    bool isDynamic = elf && elf->getEType() == ELF::ET_DYN;
    if (isDynamic)
      for (const ELFSymbolRef &symbol : elf->getDynamicSymbolIterators())
        if (Error error = readSymbol(symbol, /*isInterface=*/true))
          return error;
    for (const SymbolRef &symbol : object.symbols())
      if (Error error = readSymbol(symbol, /*isInterface=*/!isDynamic))
        return error;
    readDwarf(object, name, functions, addresses, runtime);
    return Error::success();
  }

private:
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
    if (symbolName.empty() || *flags & SymbolRef::SF_FormatSpecific)
      return Error::success();
    if (*flags & SymbolRef::SF_Undefined)
      note(symbolName, "used, but not defined, in ");
    else if (*flags & SymbolRef::SF_Common ||
             !isFunction(symbol, *type, symbolName))
      note(symbolName, "no function, but a variable, in ");
    else if (!(*flags & SymbolRef::SF_Global))
      note(symbolName, "local (static) in ");
    else if (!isInterface && !functions.contains(symbolName))
      note(symbolName, "hidden, not exported, in ");
    else
      add(symbol, symbolName, !(*flags & SymbolRef::SF_Hidden));
    return Error::success();
  }

  bool isFunction(const SymbolRef &symbol, SymbolRef::Type type,
                  StringRef symbolName) {
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

  void note(StringRef symbol, const char *what) {
    runtime.others.try_emplace(symbol, (what + name).str());
  }

  void add(const SymbolRef &symbol, StringRef symbolName, bool isExported) {
    RuntimeFunction &function = runtime.add(symbolName, name, isExported);
    functions[symbolName] = &function;
    Expected<uint64_t> address = symbol.getValue();
    Expected<section_iterator> section = symbol.getSection();
    if (address && section) {
      bool isLinked = !object.isRelocatableObject();
      uint64_t index = isLinked || *section == object.section_end()
                           ? UINT64_MAX
                           : (*section)->getIndex();
      addresses[{index, *address}].push_back(&function);
    }
    consumeError(address.takeError());
    consumeError(section.takeError());
  }

  const ObjectFile &object;
  StringRef name;
  Runtime &runtime;
  StringMap<RuntimeFunction *> functions;
  AddressMap addresses;
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
