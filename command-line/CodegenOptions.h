//===- CodegenOptions.h - -O, -g and -mcpu ----------------------*- C++ -*-===//

#ifndef PLUMB_COMMANDLINE_CODEGENOPTIONS_H
#define PLUMB_COMMANDLINE_CODEGENOPTIONS_H

#include "llvm/Support/CommandLine.h"
#include "llvm/Target/TargetMachine.h"
#include <memory>

namespace plumb {

/// The options of tools that make code; one static instance a tool.
class CodegenOptions {
public:
  /// Without `-mcpu` code is for `defaultCpu`: "generic" or "native".
  CodegenOptions(llvm::cl::OptionCategory &category, const char *defaultCpu);

  /// 0 to 3; an error on stderr and false for another level.
  bool check() const;
  unsigned getLevel() const { return level[0] - '0'; }
  bool hasDebugLines() const { return debugLines; }
  /// For this machine when `triple` is empty. Null, with an error on stderr,
  /// for an unknown triple or processor.
  std::unique_ptr<llvm::TargetMachine>
  createTargetMachine(llvm::StringRef triple = "") const;

private:
  llvm::cl::opt<std::string> level;
  llvm::cl::opt<bool> debugLines;
  llvm::cl::opt<std::string> cpu;
};

} // namespace plumb

#endif // PLUMB_COMMANDLINE_CODEGENOPTIONS_H
