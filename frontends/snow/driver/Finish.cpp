//===- Finish.cpp - What is done with a checked program -------------------===//

#include "frontends/snow/core/Dump.h"
#include "frontends/snow/driver/Pipeline.h"
#include "frontends/snow/execution/Build.h"
#include "frontends/snow/execution/Run.h"
#include "plumb/Execution/Codegen.h"
#include "plumb/Execution/Target.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/ToolOutputFile.h"
#include "llvm/Support/raw_ostream.h"

using namespace snow;
using namespace snow::driver;
namespace execution = snow::execution;

static int tell(llvm::Error error) {
  llvm::errs() << "snowc: error: " << llvm::toString(std::move(error)) << '\n';
  return ProgramErrors;
}

static llvm::Error writeLlvm(core::Program &program,
                             const plumb::execution::Families &families,
                             const execution::CodeOptions &code,
                             llvm::raw_ostream &os) {
  auto target = plumb::execution::createTargetMachine("", code.cpu, code.level);
  if (!target)
    return target.takeError();
  llvm::LLVMContext context;
  auto module = execution::compile(program, families, context, **target,
                                   code.hasDebugLines);
  if (!module)
    return module.takeError();
  plumb::execution::optimise(**module, **target, code.level);
  (*module)->print(os, nullptr);
  return llvm::Error::success();
}

static int emit(core::Program &program,
                const plumb::execution::Families &families,
                const Options &options, const execution::CodeOptions &code) {
  std::error_code failure;
  llvm::ToolOutputFile out(options.output.empty() ? "-" : options.output,
                           failure, llvm::sys::fs::OF_None);
  if (failure) {
    llvm::errs() << "snowc: '" << options.output << "': " << failure.message()
                 << '\n';
    return WrongUsage;
  }
  if (options.stage == Options::Stage::Typed) {
    core::dump(program, out.os());
    out.keep();
    return Success;
  }
  llvm::Error error =
      options.stage == Options::Stage::Llvm
          ? writeLlvm(program, families, code, out.os())
          : execution::writeMlir(program, families,
                                 options.optimization
                                     ? execution::Stage::Counted
                                     : execution::Stage::Lowered,
                                 out.os());
  if (error)
    return tell(std::move(error));
  out.keep();
  return Success;
}

int snow::driver::finish(core::Program &program, const Options &options) {
  const plumb::execution::Families &families = driver::families();
  execution::CodeOptions code;
  code.level = options.optimization;
  code.hasDebugLines = options.debugLines;
  code.runtimes = options.runtimes;
  if (options.command == Options::Command::Emit)
    return emit(program, families, options, code);
  if (!program.main) {
    llvm::errs()
        << "snowc: error: the program has no function 'main', where it "
           "starts; add\n  fn main() do\n    println(\"hello\")\n  "
           "end\n";
    return ProgramErrors;
  }
  if (options.command == Options::Command::Build) {
    std::string output = options.output;
    if (output.empty())
      output = options.input == "-"
                   ? "a.out"
                   : llvm::sys::path::stem(options.input).str();
    return execution::build(program, families, code, output) ? Success
                                                             : ProgramErrors;
  }
  code.cpu = "native";
  std::vector<std::string> arguments{options.input};
  llvm::append_range(arguments, options.arguments);
  llvm::Expected<int> result =
      execution::run(program, families, code, arguments);
  return result ? *result : tell(result.takeError());
}
