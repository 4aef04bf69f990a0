//===- FamilyLibrary.cpp - Compiled families ------------------------------===//

#include "execution/FamilyFile.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/BinaryFormat/Magic.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Object/ELF.h"
#include <dlfcn.h>

using namespace llvm;
using namespace plumb;
using namespace plumb::execution;
using object::ELF64LEFile;

#if defined(__x86_64__)
static constexpr unsigned thisMachine = ELF::EM_X86_64;
#elif defined(__aarch64__)
static constexpr unsigned thisMachine = ELF::EM_AARCH64;
#endif

/// "22" of "libMLIR.so.22.1"; empty for a library of another name.
static StringRef llvmMajorOf(StringRef library) {
  for (StringRef lead : {"libLLVM.so.", "libMLIR.so.", "libLLVM-"})
    if (library.consume_front(lead))
      return library.take_while(isDigit);
  return "";
}

/// The loader would crash on a library whose end is missing.
static Error checkExtent(const ELF64LEFile &file, size_t size) {
  auto isInside = [size](uint64_t offset, uint64_t bytes) {
    return offset <= size && bytes <= size - offset;
  };
  const auto &header = file.getHeader();
  if (!isInside(header.e_shoff, uint64_t(header.e_shnum) * header.e_shentsize))
    return createStringError("it is truncated");
  auto segments = file.program_headers();
  if (!segments)
    return segments.takeError();
  for (const auto &segment : *segments)
    if (!isInside(segment.p_offset, segment.p_filesz))
      return createStringError("it is truncated");
  return Error::success();
}

/// A second LLVM in the process would end it.
static Error checkNeeded(const ELF64LEFile &file) {
  auto entries = file.dynamicEntries();
  if (!entries)
    return entries.takeError();
  uint64_t strings = 0, size = 0;
  for (const auto &entry : *entries)
    if (entry.d_tag == ELF::DT_STRTAB)
      strings = entry.d_un.d_ptr;
    else if (entry.d_tag == ELF::DT_STRSZ)
      size = entry.d_un.d_val;
  auto start = file.toMappedAddr(strings);
  if (!start)
    return start.takeError();
  if (*start < file.base() || *start > file.end() ||
      size > uint64_t(file.end() - *start))
    return createStringError("its table of names is outside of the file");
  StringRef names(reinterpret_cast<const char *>(*start), size);
  for (const auto &entry : *entries) {
    if (entry.d_tag != ELF::DT_NEEDED)
      continue;
    StringRef name = names.substr(entry.d_un.d_val).split('\0').first;
    StringRef major = llvmMajorOf(name);
    if (!major.empty() && major != Twine(LLVM_VERSION_MAJOR).str())
      return createStringError(
          "it was built with LLVM " + major + " (it needs " + name +
          "), but this program has LLVM " + Twine(LLVM_VERSION_MAJOR) +
          "; build both with one LLVM");
  }
  return Error::success();
}

static Error checkFile(MemoryBufferRef buffer) {
  if (identify_magic(buffer.getBuffer()) != file_magic::elf_shared_object)
    return createStringError("it is no shared library");
  auto file = ELF64LEFile::create(buffer.getBuffer());
  if (!file)
    return file.takeError();
  const auto &header = file->getHeader();
  if (header.e_ident[ELF::EI_CLASS] != ELF::ELFCLASS64 ||
      header.e_ident[ELF::EI_DATA] != ELF::ELFDATA2LSB ||
      header.e_machine != thisMachine)
    return createStringError("it is for another kind of processor");
  if (Error error = checkExtent(*file, buffer.getBufferSize()))
    return error;
  return checkNeeded(*file);
}

static Error checkPlugin(const plumb_family_plugin *plugin) {
  if (!plugin)
    return createStringError("plumb_get_family_plugin returned null");
  // Nothing but these two may be read before they are right.
  if (plugin->version != PLUMB_FAMILY_PLUGIN_VERSION ||
      plugin->struct_size != sizeof(plumb_family_plugin))
    return createStringError("it was built for plugin version " +
                             Twine(plugin->version) + " (" +
                             Twine(plugin->struct_size) +
                             " bytes), but this program reads version " +
                             Twine(PLUMB_FAMILY_PLUGIN_VERSION) + " (" +
                             Twine(sizeof(plumb_family_plugin)) +
                             " bytes); build both with one Plumb");
  StringRef theirs =
      plugin->plumb_version ? plugin->plumb_version : "of no version";
  if (plugin->llvm_major != LLVM_VERSION_MAJOR)
    return createStringError(
        "it was built with LLVM " + Twine(plugin->llvm_major) + " (Plumb " +
        theirs + "), but this program has LLVM " + Twine(LLVM_VERSION_MAJOR) +
        " (Plumb " + PLUMB_VERSION "); build both with one LLVM");
  if (!plugin->family)
    return createStringError("it has no family");
  return Error::success();
}

Expected<const plumb_family_plugin *>
plumb::execution::loadFamilyLibrary(StringRef path) {
  auto fail = [&](const Twine &why) {
    return createStringError("cannot load the family '" + path + "': " + why);
  };
  auto buffer = MemoryBuffer::getFile(path, /*IsText=*/false,
                                      /*RequiresNullTerminator=*/false);
  if (!buffer)
    return fail(buffer.getError().message());
  if (Error error = checkFile((*buffer)->getMemBufferRef()))
    return fail(toString(std::move(error)));
  // A name without a slash would be looked for in the system's folders only.
  std::string file = path.contains('/') ? path.str() : "./" + path.str();
  void *library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library)
    return fail(dlerror());
  void *entry = dlsym(library, "plumb_get_family_plugin");
  if (!entry)
    return fail("it has no function plumb_get_family_plugin; make it with "
                "add_intrinsic_family(... PLUGIN ...), or give the records to "
                "--load-family and this library to --runtime");
  const plumb_family_plugin *plugin =
      reinterpret_cast<const plumb_family_plugin *(*)()>(entry)();
  if (Error error = checkPlugin(plugin))
    return fail(toString(std::move(error)));
  return plugin;
}
