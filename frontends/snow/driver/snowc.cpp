//===- snowc.cpp - The compiler of Snow programs --------------------------===//

#include "frontends/snow/core/Program.h"
#include "frontends/snow/driver/Pipeline.h"
#include "frontends/snow/source/Render.h"
#include "frontends/snow/syntax/Dump.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/ToolOutputFile.h"
#include "llvm/Support/thread.h"

using namespace snow;
using namespace snow::driver;

static void write(const SourceFiles &files, const Diagnostics &diagnostics,
                  bool json) {
  for (const Diagnostic *diagnostic : diagnostics.sorted())
    json ? renderJson(files, *diagnostic, llvm::errs())
         : renderText(files, *diagnostic, llvm::errs());
}

static int emitAst(const ParsedProgram &parsed, const Options &options) {
  std::error_code error;
  llvm::ToolOutputFile out(options.output.empty() ? "-" : options.output, error,
                           llvm::sys::fs::OF_None);
  if (error) {
    llvm::errs() << "snowc: '" << options.output << "': " << error.message()
                 << '\n';
    return WrongUsage;
  }
  for (size_t i = 0; i != parsed.modules.size(); ++i) {
    if (parsed.modules.size() != 1)
      out.os() << "Module " << parsed.names[i] << '\n';
    const syntax::Module &module = *parsed.modules[i];
    syntax::dump(parsed.files[module.file], module, out.os());
  }
  out.keep();
  return Success;
}

static int compile(const Options &options) {
  ParsedProgram parsed;
  Diagnostics diagnostics;
  if (!readProgram(options.input, parsed, diagnostics))
    return WrongUsage;
  bool isAst = options.command == Options::Command::Emit &&
               options.stage == Options::Stage::Ast;
  if (!loadFamilies(options))
    return WrongUsage;
  std::unique_ptr<core::Program> program;
  if (!isAst && !diagnostics.hasErrors())
    program = check(parsed, options, diagnostics);
  write(parsed.files, diagnostics, options.json);
  if (diagnostics.hasErrors())
    return ProgramErrors;
  if (isAst)
    return emitAst(parsed, options);
  if (options.command == Options::Command::Check)
    return Success;
  return finish(*program, options);
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  Options options;
  if (auto code = readOptions(llvm::ArrayRef(argv + 1, argc - 1), options))
    return *code;
  // Trees are walked by recursion: as deep as the parser lets them be.
  int result = Success;
  llvm::thread worker(std::optional<unsigned>(256u << 20),
                      [&] { result = compile(options); });
  worker.join();
  return result;
}
