//===- Runtime.cpp - The functions of an existing runtime -----------------===//

#include "tools/plumb-abi/readers/Runtime.h"
#include "llvm/BinaryFormat/Magic.h"
#include "llvm/Object/Archive.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using namespace plumb::abi;

RuntimeFunction &Runtime::add(StringRef symbol, StringRef object,
                              bool isExported) {
  RuntimeFunction &function = functions[symbol];
  bool isNew = !function.isDefined();
  if (isNew) {
    function.symbol = symbol.str();
    function.object = object.str();
  }
  function.isExported = (isNew || function.isExported) && isExported;
  return function;
}

RuntimeFunction &Runtime::declare(StringRef symbol) {
  RuntimeFunction &function = functions[symbol];
  function.symbol = symbol.str();
  return function;
}

std::string Runtime::locate(const RuntimeFunction &function) {
  auto at = [](const std::string &file, unsigned line) {
    return file + ":" + std::to_string(line);
  };
  if (!function.file.empty())
    return at(function.file, function.line);
  bool isOfHeader = !function.headerFile.empty() &&
                    (function.declared || !function.isDefined());
  return isOfHeader ? at(function.headerFile, function.headerLine)
                    : function.object;
}

Error plumb::abi::checkArchitecture(StringRef architecture, bool is64Bit,
                                    bool isLittleEndian, StringRef name,
                                    Runtime &runtime) {
  if (!is64Bit || !isLittleEndian)
    return createStringError(
        "'" + name + "' is for " + architecture + ", which is " +
        (is64Bit ? "big-endian" : "not a 64-bit target") +
        "; families are for 64-bit little-endian targets, so give a runtime "
        "that was built for one");
  if (runtime.architecture.empty()) {
    runtime.architecture = architecture.str();
    runtime.architectureFile = name.str();
  }
  if (runtime.architecture != architecture)
    return createStringError("'" + name + "' is for " + architecture +
                             ", but '" + runtime.architectureFile +
                             "' is for " + runtime.architecture +
                             "; check the two in runs of their own");
  return Error::success();
}

static Error readMember(MemoryBufferRef buffer, StringRef name,
                        Runtime &runtime, bool &isKnown) {
  isKnown = true;
  switch (identify_magic(buffer.getBuffer())) {
  case file_magic::bitcode:
    return readBitcode(buffer, name, runtime);
  case file_magic::elf_relocatable:
  case file_magic::elf_shared_object:
  case file_magic::elf_executable:
  case file_magic::macho_object:
  case file_magic::macho_dynamically_linked_shared_lib:
  case file_magic::macho_bundle:
    return readObject(buffer, name, runtime);
  default:
    isKnown = false;
    return Error::success();
  }
}

static Error readArchive(MemoryBufferRef buffer, StringRef path,
                         Runtime &runtime) {
  auto archive = object::Archive::create(buffer);
  if (!archive)
    return createStringError(
        "'" + path + "' is no whole archive: " + toString(archive.takeError()));
  if ((*archive)->isThin())
    return createStringError(
        "'" + path +
        "' is a thin archive: it only names its objects; give "
        "them, or make a whole archive with `ar rcs`");
  unsigned numRead = 0;
  Error error = Error::success();
  for (const object::Archive::Child &child : (*archive)->children(error)) {
    Expected<MemoryBufferRef> member = child.getMemoryBufferRef();
    if (!member) {
      consumeError(std::move(error));
      return createStringError("'" + path + "' is no whole archive: " +
                               toString(member.takeError()));
    }
    std::string name =
        (sys::path::filename(path) + "(" +
         sys::path::filename(member->getBufferIdentifier()) + ")")
            .str();
    bool isKnown;
    if (Error failure = readMember(*member, name, runtime, isKnown)) {
      consumeError(std::move(error));
      return failure;
    }
    numRead += isKnown;
    // Rust's libraries have a member of metadata.
    if (!isKnown && !name.ends_with(".rmeta)"))
      runtime.warnings.push_back("'" + name +
                                 "' is neither an object nor bitcode and was "
                                 "left out");
  }
  if (error)
    return createStringError(
        "'" + path + "' is no whole archive: " + toString(std::move(error)));
  if (!numRead)
    return createStringError("'" + path + "' is an archive without objects");
  return Error::success();
}

static Error readFile(StringRef path, Runtime &runtime) {
  // A device or pipe could go on for ever.
  sys::fs::file_status status;
  if (std::error_code error = sys::fs::status(path, status))
    return createStringError("cannot read '" + path + "': " + error.message());
  if (!sys::fs::is_regular_file(status))
    return createStringError("cannot read '" + path + "': it is no file");
  auto file = MemoryBuffer::getFile(path, /*IsText=*/false,
                                    /*RequiresNullTerminator=*/true);
  if (!file)
    return createStringError("cannot read '" + path +
                             "': " + file.getError().message());
  MemoryBufferRef buffer = (*file)->getMemBufferRef();
  if (identify_magic(buffer.getBuffer()) == file_magic::archive)
    return readArchive(buffer, path, runtime);
  if (sys::path::extension(path) == ".ll")
    return readBitcode(buffer, path, runtime);
  bool isKnown;
  if (Error error = readMember(buffer, path, runtime, isKnown))
    return error;
  if (isKnown)
    return Error::success();
  return createStringError(
      "'" + path +
      "' is no runtime that can be read: it is neither an ELF or "
      "Mach-O library or object, nor an archive of them, nor LLVM bitcode "
      "(.bc, "
      ".ll)");
}

Error plumb::abi::readRuntime(StringRef path, Runtime &runtime) {
  runtime.files.push_back(path.str());
  ++runtime.numObjectFiles;
  auto count = [&] { return runtime.functions.size() + runtime.others.size(); };
  size_t before = count();
  if (Error error = readFile(path, runtime))
    return error;
  if (count() == before && runtime.files.size() == 1)
    return createStringError(
        "'" + path +
        "' has no symbols, so it is not known what it defines; "
        "give the file from before they were stripped");
  return Error::success();
}
