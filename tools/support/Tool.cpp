//===- Tool.cpp - What the command-line tools do alike --------------------===//

#include "tools/support/Tool.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

static const char *toolName = "plumb";

std::string plumb::versionText() {
  return "Plumb " PLUMB_VERSION " (LLVM and MLIR " LLVM_VERSION_STRING ")";
}

void plumb::setToolName(const char *name) { toolName = name; }

StringRef plumb::getToolName() { return toolName; }

void plumb::parseCommandLine(int argc, char **argv, const char *name,
                             cl::OptionCategory &category, StringRef overview) {
  setToolName(name);
  cl::SetVersionPrinter([](raw_ostream &os) { os << versionText() << "\n"; });
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(argc, argv, overview);
}

bool plumb::parseSubCommands(int argc, char **argv, const char *name,
                             StringRef overview) {
  toolName = name;
  cl::SetVersionPrinter([](raw_ostream &os) { os << versionText() << "\n"; });
  // Options of the libraries that are linked in stand at no command of ours.
  for (auto &[option, entry] : cl::getRegisteredOptions())
    if (!is_contained({"help", "help-list", "version"}, option))
      entry->setHiddenFlag(cl::ReallyHidden);
  return cl::ParseCommandLineOptions(argc, argv, overview, &errs());
}

bool plumb::toolError(const Twine &message) {
  WithColor::error(errs(), toolName) << message << "\n";
  return false;
}

bool plumb::toolError(Error error) {
  handleAllErrors(std::move(error),
                  [](const ErrorInfoBase &info) { toolError(info.message()); });
  return false;
}

void plumb::toolNote(const Twine &message) {
  WithColor::note(errs(), toolName) << message << "\n";
}
