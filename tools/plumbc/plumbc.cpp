//===- plumbc.cpp - Compiles a program ahead of time ----------------------===//

#include "CheckAtStart.h"
#include "Link.h"
#include "RuntimeArchive.h"
#include "command-line/CodegenOptions.h"
#include "command-line/HelpOptions.h"
#include "command-line/LoadProgram.h"
#include "command-line/OutputFile.h"
#include "command-line/Tool.h"
#include "execution/Symbols.h"
#include "plumb/Execution/Codegen.h"
#include "plumb/Execution/Compile.h"
#include "llvm/Bitcode/BitcodeWriter.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::execution;

static cl::OptionCategory category("plumbc options");
static cl::opt<std::string> input(cl::Positional, cl::desc("<program>"),
                                  cl::cat(category));
static cl::opt<std::string>
    output("o", cl::desc("Output; - is stdout, for text, objects and bitcode"),
           cl::value_desc("file"), cl::cat(category));
static cl::opt<bool> objectOnly("c",
                                cl::desc("Make an object file, not an "
                                         "executable"),
                                cl::cat(category));
static cl::opt<bool> asText("S", cl::desc("Make assembly"), cl::cat(category));
static cl::opt<bool>
    emitLLVM("emit-llvm",
             cl::desc("Make LLVM IR: text with -S or an output that ends in "
                      ".ll, bitcode otherwise"),
             cl::cat(category));
static cl::opt<std::string> triple("mtriple",
                                   cl::desc("Target, when it is not this "
                                            "machine"),
                                   cl::value_desc("triple"), cl::cat(category));
static FamilyOptions families(category);
static HelpOptions helpOptions(category);
static cl::list<std::string> runtimes(
    "runtime",
    cl::desc("Link this library with the functions of a family, before "
             "Plumb's own runtime; may be given again"),
    cl::value_desc("library"), cl::cat(category));
static cl::opt<std::string>
    runtimeDir("runtime-dir",
               cl::desc("Where libPlumbRuntime.a is (default: ../lib, seen "
                        "from plumbc)"),
               cl::value_desc("folder"), cl::cat(category));
static cl::opt<std::string>
    linker("linker",
           cl::desc("Compiler driver that links, with options if need be, "
                    "quoted as in a shell (default: the environment's CXX, or "
                    "the first of clang++-22, c++, g++ and clang++)"),
           cl::value_desc("program"), cl::cat(category));
static CodegenOptions codegen(category, "generic");

namespace {
enum class Kind { Executable, Object, Assembly, Text, Bitcode };
} // namespace

static Kind kindOfOutput() {
  if (emitLLVM)
    return asText || StringRef(output).ends_with(".ll") ? Kind::Text
                                                        : Kind::Bitcode;
  if (asText)
    return Kind::Assembly;
  return objectOnly ? Kind::Object : Kind::Executable;
}

/// The name that other compilers give it: "chat.o" of "dir/chat.mlir".
static std::string outputPath(Kind kind) {
  if (!output.empty() || output.getNumOccurrences())
    return output;
  if (kind == Kind::Executable)
    return "a.out";
  if (input == "-")
    return "-";
  StringRef suffix = kind == Kind::Object     ? "o"
                     : kind == Kind::Assembly ? "s"
                     : kind == Kind::Text     ? "ll"
                                              : "bc";
  return (sys::path::stem(input) + "." + suffix).str();
}

static bool writeCode(Module &module, TargetMachine &target,
                      CodeGenFileType type, raw_pwrite_stream &os) {
  Error error = emitCode(module, target, type, os);
  return !error || toolError(std::move(error));
}

/// Who links an object file with a runtime cannot compare them.
static void checkObjectAtStart(Module &module, ArrayRef<std::string> symbols) {
  for (const plumb_intr_family *family :
       families.get().getRegistry().families()) {
    SharedRuntime runtime;
    for (const plumb_intr_row &row : ArrayRef(family->rows, family->num_rows))
      if (is_contained(symbols, row.symbol))
        runtime.rows.push_back(&row);
    if (!runtime.rows.empty())
      checkAtStart(module, runtime);
  }
}

static bool makeExecutable(Module &module, TargetMachine &target,
                           StringRef program, ArrayRef<std::string> symbols,
                           StringRef archive, StringRef path) {
  std::vector<std::string> libraries(runtimes.begin(), runtimes.end());
  libraries.push_back(archive.str());
  std::vector<SharedRuntime> shared;
  if (!checkRuntimes(families.get().getRegistry(), libraries, program,
                     target.getTargetTriple(), symbols, shared))
    return false;
  for (const SharedRuntime &runtime : shared)
    checkAtStart(module, runtime);
  guardStacks(module);
  return writeFile(path, [&](StringRef executable) {
    return withTemporary("o", [&](StringRef object) {
      auto emit = [&](raw_pwrite_stream &os) {
        return writeCode(module, target, CodeGenFileType::ObjectFile, os);
      };
      return writeStream(object, emit) &&
             linkExecutable(families.get().getRegistry(), linker, triple,
                            object, libraries, program, executable);
    });
  });
}

static bool write(Kind kind, Module &module, TargetMachine &target,
                  raw_pwrite_stream &os) {
  switch (kind) {
  case Kind::Text:
    module.print(os, nullptr);
    return true;
  case Kind::Bitcode:
    WriteBitcodeToFile(module, os);
    return true;
  case Kind::Assembly:
    return writeCode(module, target, CodeGenFileType::AssemblyFile, os);
  default:
    return writeCode(module, target, CodeGenFileType::ObjectFile, os);
  }
}

static bool checkOptions(Kind kind, StringRef path) {
  if (path.empty())
    return toolError("-o needs the name of a file");
  if (kind == Kind::Executable && path == "-")
    return toolError("an executable cannot be written to stdout; name a file "
                     "with -o");
  if (sys::fs::equivalent(input, path))
    return toolError("'" + path +
                     "' is the program itself; name another "
                     "output with -o");
  return codegen.check();
}

static bool compile(const char *argv0) {
  Kind kind = kindOfOutput();
  std::string path = outputPath(kind);
  if (!checkOptions(kind, path))
    return false;
  std::unique_ptr<Program> program = Program::load(input, families.get());
  if (!program)
    return false;
  // Without one, the other outputs are libraries.
  bool hasMain = definesMain(program->getModule());
  if (kind == Kind::Executable && !program->requireMain())
    return false;
  std::unique_ptr<TargetMachine> target = codegen.createTargetMachine(triple);
  if (!target)
    return false;
  if (codegen.hasDebugLines())
    requestDebugLines(program->getModule());
  LLVMContext context;
  std::unique_ptr<Module> module = program->compile(context, *target, hasMain);
  if (!module)
    return false;
  // Before optimisation: what is missing must not depend on the level.
  SmallVector<std::string> symbols = externalSymbols(*module);
  optimise(*module, *target, codegen.getLevel());
  if (kind == Kind::Executable)
    return makeExecutable(*module, *target, program->getName(), symbols,
                          runtimeArchivePath(runtimeDir, argv0), path);
  if (kind == Kind::Object || kind == Kind::Assembly)
    checkObjectAtStart(*module, symbols);
  return writeStream(path, [&](raw_pwrite_stream &os) {
    return write(kind, *module, *target, os);
  });
}

int main(int argc, char **argv) {
  parseCommandLine(argc, argv, "plumbc", category,
                   "Compiles a Plumb program to an executable, an object "
                   "file, assembly or LLVM IR\n");
  helpOptions.endOrRequire(families, input);
  return compile(argv[0]) ? EXIT_SUCCESS : EXIT_FAILURE;
}
