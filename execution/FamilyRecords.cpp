//===- FamilyRecords.cpp - Families from records --------------------------===//

#include "execution/FamilyFile.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include <dlfcn.h>

using namespace llvm;
using namespace plumb;
using namespace plumb::execution;

/// What a family of thousands of rows needs many times over.
static constexpr unsigned maxSeconds = 10, maxMegabytes = 512;

/// The folder `path` beside that of the library which has the function.
static std::string besideLibrary(void *function, StringRef path) {
  Dl_info info;
  if (!dladdr(function, &info) || !info.dli_fname)
    return "";
  SmallString<128> folder(info.dli_fname);
  (void)sys::fs::make_absolute(folder);
  sys::path::remove_filename(folder);
  sys::path::append(folder, "..", path);
  sys::path::remove_dots(folder, /*remove_dot_dot=*/true);
  return folder.str().str();
}

/// What plumb-tblgen said, without what would fill a screen.
static std::string saidIn(StringRef file) {
  auto text = MemoryBuffer::getFile(file);
  if (!text)
    return "";
  StringRef said = (*text)->getBuffer().rtrim();
  // A crash is told by its signal; the stack below it is nobody's business.
  said = said.split("PLEASE submit").first.split("Stack dump:").first.rtrim();
  constexpr size_t maxBytes = 4000;
  bool isLong = said.size() > maxBytes;
  return (said.empty() ? "" : "\n" + said.take_front(maxBytes).str()) +
         (isLong ? "\n..." : "");
}

static Error runGenerator(StringRef path, StringRef output, StringRef log) {
  auto here = reinterpret_cast<void *>(&readRecords);
  std::string generator = besideLibrary(here, "bin/plumb-tblgen");
  auto fail = [&](const Twine &why) {
    return createStringError("cannot load the family '" + path + "': " + why);
  };
  if (!sys::fs::can_execute(generator))
    return fail("its records are read by plumb-tblgen, which is not at '" +
                generator + "'; install Plumb as a whole, or load the JSON");
  SmallString<128> folder = sys::path::parent_path(path);
  if (folder.empty())
    folder = ".";
  auto mlir = reinterpret_cast<void *>(&mlir::registerMLIRContextCLOptions);
  std::string records = besideLibrary(here, "include"),
              mlirRecords = besideLibrary(mlir, "include");
  StringRef command[] = {generator, "-gen-json", "-I", folder, "-I",  records,
                         "-I",      mlirRecords, path, "-o",   output};
  std::optional<StringRef> redirects[] = {StringRef(""), log, log};
  std::string message;
  bool notStarted = false;
  int code =
      sys::ExecuteAndWait(generator, command, std::nullopt, redirects,
                          maxSeconds, maxMegabytes, &message, &notStarted);
  if (code == 0)
    return Error::success();
  if (notStarted || code == -1)
    return fail(generator + ": " + message);
  if (code == -2)
    return fail("plumb-tblgen was ended (" + message + "); it may take " +
                Twine(maxSeconds) + " seconds and " + Twine(maxMegabytes) +
                " MiB" + saidIn(log));
  return fail("its records are wrong:" + saidIn(log));
}

Expected<std::unique_ptr<MemoryBuffer>>
plumb::execution::readRecords(StringRef path) {
  SmallString<128> output, log;
  if (std::error_code error =
          sys::fs::createTemporaryFile("plumb-family", "json", output))
    return createStringError("cannot make a temporary file: " +
                             error.message());
  FileRemover removeOutput(output);
  if (std::error_code error =
          sys::fs::createTemporaryFile("plumb-family", "txt", log))
    return createStringError("cannot make a temporary file: " +
                             error.message());
  FileRemover removeLog(log);
  if (Error error = runGenerator(path, output, log))
    return error;
  auto json = MemoryBuffer::getFile(output);
  if (!json)
    return createStringError("cannot read what plumb-tblgen made of '" + path +
                             "': " + json.getError().message());
  return std::move(*json);
}
