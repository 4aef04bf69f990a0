//===- RuntimeArchive.cpp - The static runtime library --------------------===//

#include "RuntimeArchive.h"
#include "tools/support/CheckAbi.h"
#include "tools/support/MissingSymbols.h"
#include "tools/support/Tool.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Object/Archive.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;
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

static bool cannotRead(StringRef archive, const Twine &why) {
  toolError("cannot read the runtime library '" + archive + "': " + why);
  toolNote("--runtime-dir=<folder> says where libPlumbRuntime.a is");
  return false;
}

bool plumb::checkRuntimeArchive(StringRef archive, StringRef program,
                                ArrayRef<std::string> symbols) {
  auto buffer = MemoryBuffer::getFile(archive, /*IsText=*/false,
                                      /*RequiresNullTerminator=*/false);
  if (!buffer)
    return cannotRead(archive, buffer.getError().message());
  auto parsed = object::Archive::create(**buffer);
  if (!parsed)
    return cannotRead(archive, toString(parsed.takeError()));
  Expected<StringMap<AbiTable>> tables = readAbiTables(**parsed);
  if (!tables)
    return cannotRead(archive, toString(tables.takeError()));
  if (!checkAbi(
          usedRows(symbols),
          [&](const plumb_intr_row &row) {
            auto found = tables->find(row.family->name);
            return AbiSource{archive.str(),
                             found == tables->end() ? nullptr : &found->second};
          },
          /*requireTable=*/false))
    return false;

  StringSet<> defined;
  for (const object::Archive::Symbol &symbol : (*parsed)->symbols())
    defined.insert(symbol.getName());

  SmallVector<std::string> missing;
  for (const std::string &symbol : symbols)
    if (isRuntimeSymbol(symbol) && !defined.contains(symbol))
      missing.push_back(symbol);
  return missing.empty() || reportMissingSymbols(program, missing, archive);
}
