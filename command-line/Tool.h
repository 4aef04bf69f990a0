//===- Tool.h - What the command-line tools do alike ------------*- C++ -*-===//
//
// Messages have the form `plumb-run: error: text`.
//
//===----------------------------------------------------------------------===//

#ifndef PLUMB_COMMANDLINE_TOOL_H
#define PLUMB_COMMANDLINE_TOOL_H

#include "plumb/Execution/Runtimes.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Error.h"

namespace plumb {

/// Parses the command line; ends the process for `--help`, `--version` and
/// mistakes. `--help` shows the options of `category`, not those of every
/// library that is linked in. `name` is a literal: messages begin with it.
void parseCommandLine(int argc, char **argv, const char *name,
                      llvm::cl::OptionCategory &category,
                      llvm::StringRef overview);

/// For tools whose command line a library parses: the name, what `--version`
/// says, and a `--help` of `category` and of what is registered after this
/// call. The options of the libraries that are linked in are left to
/// `--help-hidden`.
void prepareCommandLine(const char *name, llvm::cl::OptionCategory &category);
llvm::StringRef getToolName();
/// The same for a tool whose first argument is a command, and false instead of
/// ending the process for mistakes.
bool parseSubCommands(int argc, char **argv, const char *name,
                      llvm::StringRef overview);

/// Writes "<tool>: error: <message>" to stderr. Returns false, so that a
/// function that tells success by a bool can return it.
bool toolError(const llvm::Twine &message);
bool toolError(llvm::Error error);
/// "<tool>: note: <message>".
void toolNote(const llvm::Twine &message);

/// What keeps a program from its runtimes, as errors and notes. Whether there
/// is nothing.
bool tellProblems(llvm::ArrayRef<execution::Problem> problems);

} // namespace plumb

#endif // PLUMB_COMMANDLINE_TOOL_H
