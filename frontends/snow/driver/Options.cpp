//===- Options.cpp - The command line of snowc ----------------------------===//

#include "frontends/snow/driver/Options.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/raw_ostream.h"

using namespace snow::driver;
using llvm::StringRef;

// In the form of LLVM's tools, from which man page and completions are made.
static const char usage[] =
    R"(OVERVIEW: Compiles programs in Snow

  The commands: check reports errors and warnings; run compiles and runs, and
  gives the program the arguments after `--`; build makes an executable; emit
  writes the program as it is after a stage.

  A program is a .snow or .mpl file, a folder with a main.snow, or - for the
  standard input. A file may import others that lie beside it.

  Exit codes: 0 done, 1 the program has errors (run: the program's own code, 1
  after a runtime error), 2 wrong usage or a file that cannot be read or written.

USAGE: snowc check|run|build|emit [options] <program> [-- <argument>...]

OPTIONS:

Options:

  --edition=<value>    - Which rules hold
    =snow              -   those of this language, the default
    =mesh              -   those of programs of the original: a connection is an Int
  --json               - Messages as JSON, an object a line, on the standard error
  --load-family=<file> - More functions: a family of intrinsics, as records or JSON
  --runtime=<library>  - Of run and build: a library with the functions of families
  --stage=<value>      - Of emit: after which stage
    =ast               -   what was read
    =typed             -   with names and types
    =mlir              -   as MLIR, before references are counted
    =llvm              -   as LLVM IR
  -O<level>            - How much to optimize: 0, 1, 2 (the default) or 3
  -g                   - The lines of the program for a debugger
  -o <file>            - Where build and emit write; for build the default is the program's name, for emit the standard output

Generic Options:

  --help               - Display available options
  --version            - Display the version of this program
)";

static ExitCode wrong(const llvm::Twine &message) {
  llvm::errs() << "snowc: " << message
               << "; snowc --help tells how to use it\n";
  return WrongUsage;
}

static bool readCommand(StringRef word, Options &options) {
  using Command = Options::Command;
  auto command = llvm::StringSwitch<std::optional<Command>>(word)
                     .Case("check", Command::Check)
                     .Case("build", Command::Build)
                     .Case("run", Command::Run)
                     .Case("emit", Command::Emit)
                     .Default(std::nullopt);
  if (command)
    options.command = *command;
  return command.has_value();
}

static bool readStage(StringRef word, Options &options) {
  using Stage = Options::Stage;
  auto stage = llvm::StringSwitch<std::optional<Stage>>(word)
                   .Case("ast", Stage::Ast)
                   .Case("typed", Stage::Typed)
                   .Case("mlir", Stage::Mlir)
                   .Case("llvm", Stage::Llvm)
                   .Default(std::nullopt);
  if (stage)
    options.stage = *stage;
  return stage.has_value();
}

std::optional<ExitCode>
snow::driver::readOptions(llvm::ArrayRef<const char *> arguments,
                          Options &options) {
  if (arguments.empty()) {
    llvm::errs() << usage;
    return WrongUsage;
  }
  bool hasCommand = false, hasStage = false;
  for (size_t i = 0; i != arguments.size(); ++i) {
    StringRef word = arguments[i];
    if (word == "--help" || word == "-h") {
      llvm::outs() << usage;
      return Success;
    }
    if (word == "--version") {
      llvm::outs() << "snowc of Plumb " << SNOW_PLUMB_VERSION << '\n';
      return Success;
    }
    if (!hasCommand) {
      if (!readCommand(word, options))
        return wrong("'" + word + "' is no command");
      hasCommand = true;
    } else if (word == "--") {
      for (const char *argument : arguments.drop_front(i + 1))
        options.arguments.push_back(argument);
      break;
    } else if (word == "--json") {
      options.json = true;
    } else if (word.consume_front("--stage=")) {
      if (!readStage(word, options))
        return wrong("'" + word + "' is no stage: ast, typed, mlir, llvm");
      hasStage = true;
    } else if (word.consume_front("--edition=")) {
      if (word != "mesh" && word != "snow")
        return wrong("'" + word + "' is no edition: snow, mesh");
      options.isMesh = word == "mesh";
    } else if (word.consume_front("--load-family=")) {
      options.families.push_back(word.str());
    } else if (word.consume_front("--runtime=")) {
      options.runtimes.push_back(word.str());
    } else if (word == "-o") {
      if (++i == arguments.size())
        return wrong("after -o stands a file");
      options.output = arguments[i];
    } else if (word.size() == 3 && word.starts_with("-O") && word[2] >= '0' &&
               word[2] <= '3') {
      options.optimization = word[2] - '0';
    } else if (word == "-g") {
      options.debugLines = true;
    } else if (word.starts_with("-") && word != "-") {
      return wrong("'" + word + "' is no option");
    } else if (!options.input.empty()) {
      return wrong("there is one program, and arguments of it stand after --");
    } else {
      options.input = word.str();
    }
  }
  using Command = Options::Command;
  if (options.input.empty())
    return wrong("a program is missing: a file, a folder, or -");
  if (options.command == Command::Emit && !hasStage)
    return wrong("emit needs --stage=ast, typed, mlir or llvm");
  if (options.command != Command::Emit && hasStage)
    return wrong("--stage is an option of emit");
  if (!options.arguments.empty() && options.command != Command::Run)
    return wrong("only run takes arguments of the program");
  return std::nullopt;
}
