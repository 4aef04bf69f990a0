//===- LoadProgram.cpp - A program and its diagnostics --------------------===//

#include "command-line/LoadProgram.h"
#include "command-line/Tool.h"
#include "mlir/Bytecode/BytecodeReader.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "plumb/Execution/Compile.h"
#include "plumb/Execution/Register.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/BinaryFormat/Magic.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;
using namespace plumb;
using namespace plumb::execution;

/// Why the bytes cannot be MLIR; empty when they may be. The parser would say
/// it of one odd character, or of nothing at all.
static std::string whyNotMlir(const MemoryBuffer &buffer) {
  StringRef text = buffer.getBuffer();
  if (mlir::isBytecode(buffer.getMemBufferRef()))
    return "";
  if (text.trim().empty())
    return "it is empty";
  switch (identify_magic(text)) {
  case file_magic::bitcode:
    return "it is LLVM bitcode";
  case file_magic::archive:
    return "it is an archive of object files";
  case file_magic::elf:
  case file_magic::elf_relocatable:
  case file_magic::elf_executable:
  case file_magic::elf_shared_object:
  case file_magic::elf_core:
    return "it is an ELF file";
  default:
    break;
  }
  // The parser would quote it, and a terminal obey it.
  auto isControl = [](char c) { return c >= 0 && c < 32 && !isSpace(c); };
  if (any_of(text.take_front(4096), isControl))
    return "it is binary, and not MLIR bytecode";
  return "";
}

static std::unique_ptr<MemoryBuffer> read(StringRef path, StringRef name) {
  // Reading a directory gives a message that depends on the system.
  if (sys::fs::is_directory(path)) {
    toolError("cannot read '" + path + "': it is a directory");
    return nullptr;
  }
  ErrorOr<std::unique_ptr<MemoryBuffer>> buffer =
      MemoryBuffer::getFileOrSTDIN(path, /*IsText=*/false,
                                   /*RequiresNullTerminator=*/true);
  if (!buffer) {
    toolError("cannot read '" + name + "': " + buffer.getError().message());
    return nullptr;
  }
  std::string why = whyNotMlir(**buffer);
  if (!why.empty()) {
    toolError("'" + name + "' is not an MLIR program: " + why);
    return nullptr;
  }
  return std::move(*buffer);
}

static mlir::DialectRegistry allDialects(const Families &families) {
  mlir::DialectRegistry registry;
  registerPlumb(registry, families);
  return registry;
}

Program::Program(StringRef name, const Families &families)
    : name(name), context(allDialects(families)),
      sources(std::make_shared<SourceMgr>()), diagnostics(*sources, &context) {}

std::unique_ptr<Program> Program::load(StringRef path,
                                       const Families &families) {
  StringRef name = path == "-" ? "<stdin>" : path;
  std::unique_ptr<MemoryBuffer> buffer = read(path, name);
  if (!buffer)
    return nullptr;
  std::unique_ptr<Program> program(new Program(name, families));
  program->context.printOpOnDiagnostic(false);
  program->sources->AddNewSourceBuffer(std::move(buffer), SMLoc());

  // Verified apart, to tell bad syntax from a bad program.
  mlir::ParserConfig config(&program->context, /*verifyAfterParse=*/false);
  program->module =
      mlir::parseSourceFile<mlir::ModuleOp>(program->sources, config);
  if (!program->module) {
    toolError("'" + name + "' cannot be parsed as MLIR; see above");
    return nullptr;
  }
  if (failed(mlir::verify(*program->module))) {
    toolError("'" + name + "' is not a valid program; see above");
    return nullptr;
  }
  return program;
}

bool Program::requireMain() {
  if (definesMain(*module))
    return true;
  return toolError("'" + name +
                   "' has no function `main`, where a program starts; add\n"
                   "  func.func @main() {\n"
                   "    return\n"
                   "  }");
}

std::unique_ptr<llvm::Module> Program::compile(LLVMContext &llvmContext,
                                               const TargetMachine &target,
                                               bool wholeProgram) {
  auto result = compileToLLVM(*module, llvmContext, wholeProgram, &target);
  if (!result) {
    toolError("'" + name + "' cannot be compiled; see above");
    return nullptr;
  }
  result->setModuleIdentifier(name);
  result->setSourceFileName(name);
  return result;
}
