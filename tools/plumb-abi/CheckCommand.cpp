//===- CheckCommand.cpp - plumb-abi check ---------------------------------===//

#include "Commands.h"
#include "Families.h"
#include "Guard.h"
#include "command-line/Tool.h"
#include "tools/plumb-abi/comparison/Check.h"
#include "tools/plumb-abi/readers/HeaderReader.h"
#include "tools/plumb-abi/readers/Printable.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::abi;

cl::SubCommand &plumb::abi::checkCommand() {
  static cl::SubCommand command(
      "check", "Whether a runtime has the functions of a family as its records "
               "say");
  return command;
}

static cl::opt<std::string> family(cl::Positional, cl::Required,
                                   cl::desc("<family>"),
                                   cl::sub(checkCommand()));
static cl::list<std::string> runtimes(cl::Positional, cl::OneOrMore,
                                      cl::desc("<runtime or header.h>..."),
                                      cl::sub(checkCommand()));
static cl::opt<Format>
    outputFormat("format", cl::desc("How the report is written"),
                 cl::values(clEnumValN(Format::Text, "text", "for people"),
                            clEnumValN(Format::Json, "json", "for tools")),
                 cl::init(Format::Text), cl::sub(checkCommand()));
static cl::opt<bool>
    strict("strict",
           cl::desc("Functions that no record has, and functions of which only "
                    "the name could be checked, are errors"),
           cl::sub(checkCommand()));
static cl::opt<std::string>
    prefix("prefix",
           cl::desc("What the names of the family's functions begin with, to "
                    "find those that no record has (default: as most symbols "
                    "of the family)"),
           cl::value_desc("prefix"), cl::sub(checkCommand()));

static cl::opt<std::string> clang("clang",
                                  cl::desc("The clang that reads headers"),
                                  cl::value_desc("program"),
                                  cl::sub(checkCommand()));
static cl::list<std::string>
    clangArguments("clang-arg",
                   cl::desc("An argument for clang, such as -Iinclude"),
                   cl::value_desc("argument"), cl::sub(checkCommand()));

static Error readInput(const std::string &path, Runtime &runtime) {
  if (!isHeader(path))
    return readRuntime(path, runtime);
  return readHeader(path,
                    {clang, {clangArguments.begin(), clangArguments.end()}, {}},
                    runtime);
}

int plumb::abi::runCheck() {
  setGuardedFile(family);
  Expected<const plumb_intr_family *> found = findFamily(family);
  if (!found)
    return toolError(printable(found.takeError())), 2;
  Runtime runtime;
  for (const std::string &path : runtimes) {
    setGuardedFile(path);
    if (Error error = readInput(path, runtime))
      return toolError(printable(std::move(error))), 2;
  }
  CheckReport report =
      checkFamily(**found, runtime, {prefix.getValue(), strict.getValue()});
  if (outputFormat == Format::Json)
    printJson(report, outs());
  else
    printText(report, outs());
  return report.numErrors() ? 1 : 0;
}
