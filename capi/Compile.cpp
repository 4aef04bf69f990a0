//===- Compile.cpp - Code out of a module ---------------------------------===//

#include "plumb/Execution/Compile.h"
#include "CompileImpl.h"
#include "Impl.h"
#include "mlir/IR/Verifier.h"
#include "plumb/Execution/Codegen.h"
#include "plumb/Execution/Target.h"
#include "llvm/Bitcode/BitcodeWriter.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/raw_ostream.h"
#include <cstddef>
#include <cstring>

using namespace plumb::capi;

bool plumb::capi::checkOptions(PlumbModule *module, const char *caller,
                               const PlumbCompileOptions *given,
                               PlumbCompileOptions &options) {
  options = {};
  options.struct_size = sizeof(options);
  if (!given)
    return true;
  // That of 0.2 ended there.
  if (given->struct_size != offsetof(PlumbCompileOptions, debug_lines) &&
      given->struct_size != sizeof(options)) {
    module->misuse(caller, "struct_size of the options is " +
                               llvm::Twine(given->struct_size) + ", not " +
                               llvm::Twine(sizeof(options)));
    return false;
  }
  std::memcpy(&options, given, given->struct_size);
  options.struct_size = sizeof(options);
  if (options.level <= 3)
    return true;
  module->misuse(caller, "there is no optimisation level " +
                             llvm::Twine(options.level) + ", only 0 to 3");
  return false;
}

std::unique_ptr<llvm::TargetMachine>
plumb::capi::createTarget(PlumbModule *module, const char *triple,
                          const char *cpu, unsigned level) {
  auto target = plumb::execution::createTargetMachine(
      triple ? triple : "", cpu ? cpu : "generic", level);
  if (target)
    return std::move(*target);
  module->fail(PLUMB_STATUS_TARGET, llvm::toString(target.takeError()));
  return nullptr;
}

std::unique_ptr<llvm::Module>
plumb::capi::translate(PlumbModule *module, llvm::LLVMContext &llvmContext,
                       const llvm::TargetMachine &target,
                       const PlumbCompileOptions &options) {
  if (failed(mlir::verify(*module->op)))
    return nullptr;
  mlir::OwningOpRef<mlir::ModuleOp> copy = module->op->clone();
  bool wholeProgram =
      !options.is_library && plumb::execution::definesMain(*copy);
  if (options.debug_lines)
    plumb::execution::requestDebugLines(*copy);
  auto made = plumb::execution::compileToLLVM(*copy, llvmContext, wholeProgram,
                                              &target);
  if (!made)
    return nullptr;
  made->setModuleIdentifier(module->name);
  made->setSourceFileName(module->name);
  return made;
}

static PlumbStatus write(PlumbModule *module, PlumbOutput output,
                         llvm::Module &code, llvm::TargetMachine &target,
                         llvm::raw_pwrite_stream &os) {
  if (output == PLUMB_OUTPUT_LLVM_IR) {
    code.print(os, nullptr);
    return PLUMB_STATUS_OK;
  }
  if (output == PLUMB_OUTPUT_BITCODE) {
    llvm::WriteBitcodeToFile(code, os);
    return PLUMB_STATUS_OK;
  }
  llvm::Error error = plumb::execution::emitCode(
      code, target,
      output == PLUMB_OUTPUT_ASSEMBLY ? llvm::CodeGenFileType::AssemblyFile
                                      : llvm::CodeGenFileType::ObjectFile,
      os);
  if (!error)
    return PLUMB_STATUS_OK;
  return module->fail(PLUMB_STATUS_TARGET, llvm::toString(std::move(error)));
}

static PlumbStatus compile(PlumbModule *module, const char *caller,
                           const PlumbOutput &output,
                           const PlumbCompileOptions *given,
                           llvm::SmallVectorImpl<char> &bytes) {
  PlumbCompileOptions options;
  if (numberOf(output) > PLUMB_OUTPUT_OBJECT)
    return module->misuse(caller, "there is no such output");
  if (!checkOptions(module, caller, given, options))
    return PLUMB_STATUS_MISUSE;
  auto target =
      createTarget(module, options.triple, options.cpu, options.level);
  if (!target)
    return PLUMB_STATUS_TARGET;
  llvm::LLVMContext llvmContext;
  module->state->forwardFrom(llvmContext);
  auto code = translate(module, llvmContext, *target, options);
  if (!code)
    return PLUMB_STATUS_PROGRAM;
  plumb::execution::optimise(*code, *target, options.level);
  llvm::raw_svector_ostream os(bytes);
  return write(module, output, *code, *target, os);
}

PlumbStatus plumbModuleCompile(PlumbModule *module, PlumbOutput output,
                               const PlumbCompileOptions *options,
                               PlumbText *code) {
  clear(code);
  if (!module)
    return PLUMB_STATUS_MISUSE;
  if (!code)
    return module->misuse(__func__, "code must not be null");
  llvm::SmallVector<char, 0> bytes;
  PlumbStatus status = compile(module, __func__, output, options, bytes);
  if (status == PLUMB_STATUS_OK)
    *code = makeText({bytes.data(), bytes.size()});
  return status;
}

PlumbStatus plumbModuleCompileToFile(PlumbModule *module, PlumbOutput output,
                                     const PlumbCompileOptions *options,
                                     const char *path) {
  if (!module)
    return PLUMB_STATUS_MISUSE;
  if (!path)
    return module->misuse(__func__, "path must not be null");
  llvm::SmallVector<char, 0> bytes;
  PlumbStatus status = compile(module, __func__, output, options, bytes);
  if (status != PLUMB_STATUS_OK)
    return status;
  auto fail = [&](llvm::Error error) {
    return module->fail(PLUMB_STATUS_FILE,
                        "cannot write '" + llvm::Twine(path) +
                            "': " + llvm::toString(std::move(error)));
  };
  auto put = [&](llvm::raw_ostream &os) {
    os.write(bytes.data(), bytes.size());
    return llvm::Error::success();
  };
  // A device or pipe is written to, not replaced.
  llvm::sys::fs::file_status there;
  bool isSpecial = !llvm::sys::fs::status(path, there) &&
                   !llvm::sys::fs::is_regular_file(there);
  if (!isSpecial) {
    llvm::Error error = llvm::writeToOutput(path, put);
    return error ? fail(std::move(error)) : PLUMB_STATUS_OK;
  }
  std::error_code code;
  llvm::raw_fd_ostream os(path, code);
  if (!code) {
    os.write(bytes.data(), bytes.size());
    os.close();
    code = os.error();
    os.clear_error();
  }
  return code ? fail(llvm::errorCodeToError(code)) : PLUMB_STATUS_OK;
}
