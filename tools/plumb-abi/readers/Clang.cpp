//===- Clang.cpp - clang, as a program ------------------------------------===//

#include "tools/plumb-abi/readers/Clang.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace plumb::abi;

Expected<ScratchFile> ScratchFile::create(StringRef suffix) {
  SmallString<128> path;
  if (std::error_code error =
          sys::fs::createTemporaryFile("plumb-abi", suffix, path))
    return createStringError("cannot make a temporary file: " +
                             error.message());
  return ScratchFile(path);
}

Expected<ScratchFile> ScratchFile::holding(StringRef text, StringRef suffix) {
  Expected<ScratchFile> file = create(suffix);
  if (!file)
    return file.takeError();
  if (Error error = file->write(text))
    return std::move(error);
  return file;
}

Error ScratchFile::write(StringRef text) const {
  std::error_code error;
  raw_fd_ostream os(path, error);
  os << text;
  os.close();
  if (!error)
    error = os.error();
  os.clear_error();
  return error ? createStringError("cannot write the temporary file '" + path +
                                   "': " + error.message())
               : Error::success();
}

Expected<std::unique_ptr<MemoryBuffer>> ScratchFile::map() const {
  auto buffer = MemoryBuffer::getFile(path);
  if (!buffer)
    return createStringError("cannot read the temporary file '" + path +
                             "': " + buffer.getError().message());
  return std::move(*buffer);
}

Expected<std::string> ScratchFile::read() const {
  Expected<std::unique_ptr<MemoryBuffer>> buffer = map();
  if (!buffer)
    return buffer.takeError();
  return (*buffer)->getBuffer().str();
}

Expected<std::string> plumb::abi::findClang() {
  for (const char *name : {"clang-22", "clang", PLUMB_CLANG})
    if (ErrorOr<std::string> found = sys::findProgramByName(name))
      return *found;
  return createStringError(
      "headers are read by clang, and neither clang-22 nor clang is in PATH; "
      "install it, or say where it is with --clang=<program>");
}

Expected<ClangRun> plumb::abi::tryClang(StringRef clang,
                                        ArrayRef<std::string> arguments,
                                        StringRef output) {
  Expected<ScratchFile> messages = ScratchFile::create("txt");
  if (!messages)
    return messages.takeError();
  ErrorOr<std::string> program = sys::findProgramByName(clang);
  if (!program)
    return createStringError("cannot run '" + clang +
                             "': " + program.getError().message());
  SmallVector<StringRef> command = {clang};
  command.append(arguments.begin(), arguments.end());
  std::optional<StringRef> redirects[] = {StringRef(), output,
                                          StringRef(messages->getPath())};
  ClangRun run;
  // What limits this process limits clang, too.
  run.code =
      sys::ExecuteAndWait(*program, command, std::nullopt, redirects,
                          /*SecondsToWait=*/0, /*MemoryLimit=*/0, &run.problem);
  if (!run.code)
    return run;
  Expected<std::string> text = messages->read();
  if (!text)
    return text.takeError();
  run.messages = std::move(*text);
  return run;
}

Error plumb::abi::runClang(StringRef clang, ArrayRef<std::string> arguments,
                           StringRef output, StringRef what) {
  Expected<ClangRun> run = tryClang(clang, arguments, output);
  if (!run)
    return run.takeError();
  if (!run->code)
    return Error::success();
  // The first errors are what there is to fix.
  SmallVector<StringRef> lines;
  StringRef(run->messages).trim().split(lines, '\n');
  if (lines.size() > 20)
    lines.resize(20);
  return createStringError(
      "clang cannot " + what +
      (run->problem.empty() ? "" : " (" + run->problem + ")") + ":\n" +
      join(lines, "\n"));
}
