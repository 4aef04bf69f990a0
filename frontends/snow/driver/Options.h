//===- Options.h - The command line of snowc --------------------*- C++ -*-===//

#ifndef SNOW_DRIVER_OPTIONS_H
#define SNOW_DRIVER_OPTIONS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>
#include <vector>

namespace snow::driver {

/// What snowc ends with; `run` ends as the program does.
enum ExitCode {
  Success = 0,
  ProgramErrors = 1, ///< the program has errors, or failed when it ran
  WrongUsage = 2,    ///< the command line, or files that cannot be read
};

struct Options {
  enum class Command { Check, Build, Run, Emit };
  enum class Stage { Ast, Typed, Mlir, Llvm };

  Command command = Command::Check;
  Stage stage = Stage::Mlir;
  std::string input; ///< a file, a folder, or "-"
  std::string output;
  std::vector<std::string> arguments; ///< the program's own, of `run`
  bool json = false;
  bool isMesh = false; ///< --edition=mesh
  unsigned optimization = 2;
  bool debugLines = false; ///< -g
  /// Files with families of intrinsics, and libraries with their functions.
  std::vector<std::string> families, runtimes;
};

/// Reads the arguments without the program's name. Where there is nothing to
/// do, has written to the standard output or the standard error why, and gives
/// the exit code.
std::optional<ExitCode> readOptions(llvm::ArrayRef<const char *> arguments,
                                    Options &options);

} // namespace snow::driver

#endif // SNOW_DRIVER_OPTIONS_H
