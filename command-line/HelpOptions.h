//===- HelpOptions.h - --help-options ---------------------------*- C++ -*-===//

#ifndef PLUMB_COMMANDLINE_HELPOPTIONS_H
#define PLUMB_COMMANDLINE_HELPOPTIONS_H

#include "command-line/FamilyOptions.h"

namespace plumb {

/// The option of tools that run or compile programs; one static instance a
/// tool. It lists what can be set of the runtimes of all loaded families.
class HelpOptions {
public:
  explicit HelpOptions(llvm::cl::OptionCategory &category);

  /// Loads the environment's families. Ends the process after the list, if it
  /// was asked for, or with an error when `input` was not given: the list needs
  /// none, so the command line's parser cannot require it.
  void endOrRequire(FamilyOptions &families,
                    const llvm::cl::opt<std::string> &input) const;

private:
  llvm::cl::opt<bool> isAsked;
};

} // namespace plumb

#endif // PLUMB_COMMANDLINE_HELPOPTIONS_H
