//===- Tool.cpp - What the command-line tools do alike --------------------===//

#include "command-line/Tool.h"
#include "plumb/Execution/Version.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace plumb;

static const char *toolName = "plumb";

StringRef plumb::getToolName() { return toolName; }

/// A tool's --help is its own. `category` is null when its options belong to
/// commands.
static void begin(const char *name, cl::OptionCategory *category) {
  toolName = name;
  cl::SetVersionPrinter(
      [](raw_ostream &os) { os << execution::versionText() << "\n"; });
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

bool plumb::tellProblems(ArrayRef<execution::Problem> problems) {
  for (const execution::Problem &problem : problems) {
    toolError(problem.message);
    for (const std::string &note : problem.notes)
      toolNote(note + (problem.lacksIntrinsic && &note == problem.notes.begin()
                           ? "; --runtime=<library> names a family's own"
                           : ""));
  }
  return problems.empty();
}
