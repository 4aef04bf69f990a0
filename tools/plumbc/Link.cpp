//===- Link.cpp - Makes an executable -------------------------------------===//

#include "Link.h"
#include "command-line/OutputFile.h"
#include "command-line/Tool.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/StringSaver.h"
#include <optional>

using namespace llvm;
using namespace plumb;

/// A driver, with the options that the user wrote after its name.
using Driver = SmallVector<std::string>;

/// The driver's own word for another target, unless it has been told.
static void addTarget(Driver &driver, StringRef triple) {
  auto isTarget = [](StringRef word) {
    return word.starts_with("--target") || word.starts_with("-target");
  };
  if (!triple.empty() &&
      sys::path::filename(driver.front()).contains("clang") &&
      none_of(driver, isTarget))
    driver.push_back(("--target=" + triple).str());
}

static std::optional<Driver> findDriver(StringRef linker, StringRef triple) {
  std::string wanted = linker.str();
  const char *source = "--linker";
  if (wanted.empty()) {
    wanted = sys::Process::GetEnv("CXX").value_or("");
    source = "the environment variable CXX";
  }
  BumpPtrAllocator memory;
  StringSaver saver(memory);
  SmallVector<const char *> words;
  if (sys::fs::can_execute(wanted)) // Whatever blanks its path has.
    words.push_back(wanted.c_str());
  else
    cl::TokenizeGNUCommandLine(wanted, saver, words);
  if (!words.empty()) {
    ErrorOr<std::string> path = sys::findProgramByName(words.front());
    if (!path) {
      toolError("there is no linker driver '" + Twine(words.front()) +
                "', which " + source + " names");
      return std::nullopt;
    }
    Driver driver(words.begin(), words.end());
    driver.front() = *path;
    addTarget(driver, triple);
    return driver;
  }
  // Those without a target in their names make code for this machine only.
  std::string cross = (triple + "-g++").str();
  SmallVector<StringRef> names = {"clang++-22", "c++", "g++", "clang++"};
  if (!triple.empty())
    names = {cross, "clang++-22", "clang++"};
  for (StringRef name : names) {
    if (ErrorOr<std::string> path = sys::findProgramByName(name)) {
      Driver driver{*path};
      addTarget(driver, triple);
      return driver;
    }
  }
  toolError("found no compiler driver to link with: none of " +
            join(drop_end(names), ", ") + " and " + names.back() +
            " is on PATH");
  toolNote("install clang-22 or g++, name one with --linker=<program>, or make "
           "an object file with -c");
  return std::nullopt;
}

bool plumb::linkExecutable(const intr::Registry &registry, StringRef linker,
                           StringRef triple, StringRef object,
                           ArrayRef<std::string> runtimes, StringRef program,
                           StringRef output) {
  std::optional<Driver> driver = findDriver(linker, triple);
  if (!driver)
    return false;
  // Before the user's own options, which may say otherwise: its addresses are
  // not the same in every run, and its tables of functions are read-only.
  SmallVector<StringRef> command{driver->front(), "-pie",
                                 "-Wl,-z,relro,-z,now"};
  command.append(driver->begin() + 1, driver->end());
  command.append({"-o", output, object});
  SmallVector<std::string> searched;
  for (const std::string &library : ArrayRef(runtimes).drop_back()) {
    SmallString<128> folder(library);
    (void)sys::fs::make_absolute(folder);
    sys::path::remove_filename(folder);
    searched.push_back("-Wl,-rpath," + folder.str().str());
  }
  command.append(searched.begin(), searched.end());
  command.append(runtimes.begin(), runtimes.end());
  command.append({// By file name: the shared ones would be needed at run time.
                  "-Wl,--as-needed", "-l:libssl.a", "-l:libcrypto.a",
                  "-l:liburing.a", "-l:libz.a", "-pthread", "-static-libstdc++",
                  "-static-libgcc", "-Wl,--gc-sections"});
#ifdef PLUMB_LINK_ZSTD
  command.push_back("-l:libzstd.a");
#endif
#ifdef PLUMB_LINK_OPTION
  command.push_back(PLUMB_LINK_OPTION);
#endif
  // lld links faster, and says all that is missing.
  if (sys::findProgramByName("ld.lld"))
    command.append({"-fuse-ld=lld", "-Wl,--error-limit=0"});

  return withTemporary("txt", [&](StringRef log) {
    std::string message;
    std::optional<StringRef> redirects[] = {StringRef(""), log, log};
    int code = sys::ExecuteAndWait(driver->front(), command, std::nullopt,
                                   redirects, 0, 0, &message);
    if (code == 0)
      return true;
    if (!message.empty())
      return toolError("linking failed: " + driver->front() + ": " + message);
    auto text = MemoryBuffer::getFile(log);
    return reportLinkFailure(registry, program, driver->front(),
                             runtimes.back(), text ? (*text)->getBuffer() : "");
  });
}
