//===- FamilyOptions.h - --load-family --------------------------*- C++ -*-===//

#ifndef PLUMB_COMMANDLINE_FAMILYOPTIONS_H
#define PLUMB_COMMANDLINE_FAMILYOPTIONS_H

#include "plumb/Execution/LoadFamilies.h"
#include "llvm/Support/CommandLine.h"
#include <string>

namespace plumb {

/// The option of every tool; one static instance a tool. Families are loaded
/// when the command line is parsed, so before any dialect registry is made by
/// registerFamilies; the environment's PLUMB_LOAD_FAMILY by load(). A file that
/// is refused ends the process with exit code 1 and the reason on stderr.
class FamilyOptions {
public:
  explicit FamilyOptions(llvm::cl::OptionCategory &category);

  /// After the command line is parsed.
  void loadEnvironment();
  /// The built-in families and those of the command line.
  const execution::Families &get() const { return families; }

private:
  execution::Families families;
  llvm::cl::list<std::string> files;
};

} // namespace plumb

#endif // PLUMB_COMMANDLINE_FAMILYOPTIONS_H
