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

StringRef plumb::getToolName() { return toolName; }

/// A tool's --help is its own. `category` is null when its options belong to
/// commands.
static void begin(const char *name, cl::OptionCategory *category) {
  toolName = name;
  cl::SetVersionPrinter(
      [](raw_ostream &os) { os << plumb::versionText() << "\n"; });
  for (auto &[option, entry] : cl::getRegisteredOptions())
    if (!is_contained({"help", "help-list", "version"}, option) &&
        !is_contained(entry->Categories, category))
      entry->setHiddenFlag(cl::Hidden);
}

void plumb::prepareCommandLine(const char *name, cl::OptionCategory &category) {
  begin(name, &category);
}

void plumb::parseCommandLine(int argc, char **argv, const char *name,
                             cl::OptionCategory &category, StringRef overview) {
  begin(name, &category);
  cl::ParseCommandLineOptions(argc, argv, overview);
}

bool plumb::parseSubCommands(int argc, char **argv, const char *name,
                             StringRef overview) {
  begin(name, nullptr);
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
