//===- Build.cpp - Makes an executable of a program -----------------------===//

#include "frontends/snow/execution/Build.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace snow;

static ErrorOr<std::string> findPlumbc() {
  static int anchor;
  std::string own = sys::fs::getMainExecutable(nullptr, &anchor);
  StringRef folder = sys::path::parent_path(own);
  if (ErrorOr<std::string> beside = sys::findProgramByName("plumbc", {folder}))
    return beside;
  return sys::findProgramByName("plumbc");
}

/// Writes the program's MLIR to the file that is open.
static bool writeProgram(core::Program &program,
                         const plumb::execution::Families &families, int file) {
  raw_fd_ostream os(file, /*shouldClose=*/true);
  if (Error error = execution::writeForPlumb(program, families, os)) {
    errs() << "snowc: error: " << toString(std::move(error)) << '\n';
    return false;
  }
  return true;
}

bool execution::build(core::Program &program,
                      const plumb::execution::Families &families,
                      const CodeOptions &options, StringRef output) {
  ErrorOr<std::string> plumbc = findPlumbc();
  if (!plumbc) {
    errs() << "snowc: error: there is no plumbc, which links programs, beside "
              "snowc or on PATH; it is installed with Plumb\n";
    return false;
  }
  SmallString<128> path;
  int file;
  if (std::error_code code =
          sys::fs::createTemporaryFile("snow", "mlirbc", file, path)) {
    errs() << "snowc: error: cannot make a temporary file: " << code.message()
           << '\n';
    return false;
  }
  FileRemover remover(path);
  if (!writeProgram(program, families, file))
    return false;
  std::string level = "-O" + std::to_string(options.level);
  std::string cpu = "-mcpu=" + options.cpu;
  SmallVector<StringRef> command{*plumbc, level, cpu, path, "-o", output};
  std::vector<std::string> added;
  for (const std::string &file : families.getFiles())
    added.push_back("--load-family=" + file);
  for (const std::string &file : options.runtimes)
    added.push_back("--runtime=" + file);
  command.append(added.begin(), added.end());
  if (options.hasDebugLines)
    command.push_back("-g");
  return sys::ExecuteAndWait(*plumbc, command) == 0;
}
