//===- Runtime.cpp - One place of functions -------------------------------===//

#include "plumb/Execution/Runtimes.h"
#include <dlfcn.h>
#include <link.h>

using namespace llvm;
using namespace plumb::execution;

Runtime::~Runtime() = default;

const AbiTable *Runtime::getAbiTable(StringRef family) const {
  auto [entry, isNew] = tables.try_emplace(family);
  if (isNew)
    entry->second = readAbiTable(family);
  return entry->second ? &*entry->second : nullptr;
}

namespace {
class LoadedLibrary : public Runtime {
public:
  LoadedLibrary(StringRef path, void *handle) : Runtime(path), handle(handle) {}
  /// Not what dlsym finds in libraries that this one needs: a function that the
  /// runtime lacks and libc has, or another, is not the runtime's. A linker of
  /// a program would not look there either.
  void *lookup(StringRef symbol) const override {
    void *address = dlsym(handle, symbol.str().c_str());
    Dl_info info;
    void *of = nullptr, *own = nullptr;
    if (!address || dlinfo(handle, RTLD_DI_LINKMAP, &own) ||
        !dladdr1(address, &info, &of, RTLD_DL_LINKMAP) || of != own)
      return nullptr;
    return address;
  }

protected:
  std::optional<AbiTable> readAbiTable(StringRef family) const override {
    return readLoadedAbiTable(handle, family);
  }

private:
  void *handle; ///< dlopen's
};

class LinkedRuntime : public Runtime {
public:
  LinkedRuntime(StringRef name, StringMap<void *> addresses)
      : Runtime(name), addresses(std::move(addresses)) {}
  void *lookup(StringRef symbol) const override {
    return addresses.lookup(symbol);
  }

protected:
  std::optional<AbiTable> readAbiTable(StringRef family) const override {
    void *text = addresses.lookup(abiTableSymbol(family));
    return text ? parseAbiTable(static_cast<const char *>(text)) : std::nullopt;
  }

private:
  StringMap<void *> addresses;
};
} // namespace

Expected<std::unique_ptr<Runtime>>
plumb::execution::loadRuntimeLibrary(StringRef path) {
  // A name without a slash would be looked for in the system's folders only.
  std::string file = path.contains('/') ? path.str() : "./" + path.str();
  // All of its own symbols now: a lazy failure would end the program midway.
  void *handle = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!handle)
    return createStringError("cannot load the runtime library: " +
                             Twine(dlerror()));
  return std::make_unique<LoadedLibrary>(path, handle);
}

std::unique_ptr<Runtime>
plumb::execution::makeLinkedRuntime(StringRef name,
                                    StringMap<void *> addresses) {
  return std::make_unique<LinkedRuntime>(name, std::move(addresses));
}
