//===- ImportCommand.cpp - plumb-abi import -------------------------------===//

#include "Commands.h"
#include "Guard.h"
#include "command-line/Tool.h"
#include "tools/plumb-abi/drafting/Draft.h"
#include "tools/plumb-abi/drafting/DraftNames.h"
#include "tools/plumb-abi/readers/HeaderReader.h"
#include "tools/plumb-abi/readers/Printable.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::abi;

cl::SubCommand &plumb::abi::importCommand() {
  static cl::SubCommand command(
      "import", "Draft a family file from a runtime or a C header");
  return command;
}

static cl::list<std::string> inputs(cl::Positional, cl::OneOrMore,
                                    cl::desc("<runtime or header.h>..."),
                                    cl::sub(importCommand()));
static cl::opt<std::string>
    prefix("prefix",
           cl::desc("Draft only functions whose names begin so, and leave it "
                    "away in the intrinsics' names (default: what all names "
                    "begin with)"),
           cl::value_desc("prefix"), cl::sub(importCommand()));
static cl::opt<std::string>
    name("name",
         cl::desc("The family (default: from the prefix, else from the file)"),
         cl::value_desc("family"), cl::sub(importCommand()));
static cl::opt<std::string> outputPath("o",
                                       cl::desc("Where the family file goes"),
                                       cl::value_desc("file"), cl::init("-"),
                                       cl::sub(importCommand()));
static cl::opt<std::string> clang("clang",
                                  cl::desc("The clang that reads headers"),
                                  cl::value_desc("program"),
                                  cl::sub(importCommand()));
static cl::list<std::string>
    clangArguments("clang-arg",
                   cl::desc("An argument for clang, such as -Iinclude"),
                   cl::value_desc("argument"), cl::sub(importCommand()));

static cl::list<std::string>
    from("from",
         cl::desc("Headers whose functions, types and constants are drafted, "
                  "of those that the header includes: names or patterns, such "
                  "as SDL.h,SDL2/*"),
         cl::value_desc("header,..."), cl::CommaSeparated,
         cl::sub(importCommand()));
static cl::list<std::string> only(
    "only",
    cl::desc("Draft only these functions and constants, and the types that "
             "they need: names or patterns, such as uv_tcp_*,UV_*"),
    cl::value_desc("name,..."), cl::CommaSeparated, cl::sub(importCommand()));
static cl::list<std::string> environments(
    "environment",
    cl::desc("Which void * of a function its callbacks are given: "
             "tick_every:user, tick_every:3:2 (its third parameter, the "
             "callback's second) or tick_every:none"),
    cl::value_desc("function:parameter"), cl::sub(importCommand()));

static cl::list<std::string> inOuts(
    "in-out",
    cl::desc("A parameter whose value the function may change, and which is no "
             "array: compress:destLen; sqlite3_open:none for no such one"),
    cl::value_desc("function:parameter"), cl::sub(importCommand()));

static Error readInputs(Runtime &runtime) {
  for (const std::string &path : inputs) {
    setGuardedFile(path);
    if (Error error =
            isHeader(path)
                ? readHeader(path,
                             {clang,
                              {clangArguments.begin(), clangArguments.end()},
                              {from.begin(), from.end()}},
                             runtime)
                : readRuntime(path, runtime))
      return error;
  }
  return Error::success();
}

/// "clock" of "plumb_clock_" or "clock_", else of "libclock.so".
static std::string familyName(StringRef usedPrefix) {
  if (!name.empty())
    return name;
  StringRef plain = usedPrefix;
  plain.consume_front("plumb_");
  std::string fromPrefix = snakeCase(plain);
  if (!fromPrefix.empty())
    return safeName(fromPrefix);
  StringRef stem = sys::path::stem(inputs.front());
  stem.consume_front("lib");
  return safeName(stem.take_until([](char c) { return c == '.'; }));
}

static bool writeDraft(const Draft &draft) {
  std::error_code error;
  raw_fd_ostream os(outputPath, error);
  if (error)
    return toolError("cannot write '" + outputPath + "': " + error.message());
  printDraft(draft, os);
  os.close();
  error = os.error();
  os.clear_error();
  return !error ||
         toolError("cannot write '" + outputPath + "': " + error.message());
}

int plumb::abi::runImport() {
  Runtime runtime;
  if (Error error = readInputs(runtime))
    return toolError(printable(std::move(error))), 2;
  for (const std::string &warning : runtime.warnings)
    toolNote(printable(warning));
  std::string used = prefix.empty() ? commonPrefix(runtime) : prefix;
  std::string family = familyName(used);
  if (family != safeName(family))
    return toolError("'" + family +
                     "' is no name for a family; use lower-case "
                     "letters, digits and _, such as --name=" +
                     safeName(family)),
           2;
  Expected<EnvironmentOptions> given = EnvironmentOptions::parse(
      std::vector<std::string>(environments.begin(), environments.end()));
  if (!given)
    return toolError(printable(given.takeError())), 2;
  DraftOptions options = {family,
                          used,
                          sys::path::filename(inputs.front()).str(),
                          std::move(*given),
                          {only.begin(), only.end()},
                          {}};
  for (StringRef option : inOuts) {
    auto [symbol, param] = option.split(':');
    if (symbol.empty() || param.empty())
      return toolError("'--in-out=" + option +
                       "' is not <function>:<parameter>, such as "
                       "compress:destLen"),
             2;
    options.inOuts[symbol.str()].insert(param.str());
  }
  Expected<Draft> made = draftFamily(runtime, std::move(options));
  if (!made)
    return toolError(printable(made.takeError())), 2;
  const Draft &draft = *made;
  for (const std::string &note : draft.notes)
    toolNote(printable(note));
  for (const LeftOut &function : draft.leftOut)
    toolNote(printable(function.symbol + " is left out: " + function.why));
  if (draft.rows.empty()) {
    toolError(
        Twine("no function of '") + inputs.front() + "' can be drafted" +
        (used.empty() ? "" : ", of those that begin with '" + used + "'"));
    return 2;
  }
  if (!writeDraft(draft))
    return 2;
  toolNote(Twine(draft.rows.size()) + " intrinsics of family '" + family +
           "' drafted, " + Twine(draft.leftOut.size()) + " left out");
  return 0;
}
