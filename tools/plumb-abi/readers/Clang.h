//===- Clang.h - clang, as a program ----------------------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_READERS_CLANG_H
#define PLUMB_TOOLS_PLUMB_ABI_READERS_CLANG_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include <string>

namespace plumb::abi {

/// A file that is gone when this is.
class ScratchFile {
public:
  static llvm::Expected<ScratchFile> create(llvm::StringRef suffix);
  /// The same with the text in it.
  static llvm::Expected<ScratchFile> holding(llvm::StringRef text,
                                             llvm::StringRef suffix);
  const std::string &getPath() const { return path; }
  llvm::Error write(llvm::StringRef text) const;
  llvm::Expected<std::string> read() const;
  /// Without a copy; the buffer stays when the file is gone.
  llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> map() const;

private:
  explicit ScratchFile(llvm::StringRef path)
      : path(path.str()), remover(std::make_unique<llvm::FileRemover>(path)) {}
  std::string path;
  std::unique_ptr<llvm::FileRemover> remover;
};

/// Runs clang with the arguments, what it writes going to `output`. `what` is
/// what it does, for the error when it fails, which has clang's own messages.
llvm::Error runClang(llvm::StringRef clang,
                     llvm::ArrayRef<std::string> arguments,
                     llvm::StringRef output, llvm::StringRef what);

/// Its exit status, 0 when all went well, with what it said otherwise.
struct ClangRun {
  int code = 0;
  std::string problem;  ///< when it could not be run, or was ended
  std::string messages; ///< empty when all went well
};
llvm::Expected<ClangRun> tryClang(llvm::StringRef clang,
                                  llvm::ArrayRef<std::string> arguments,
                                  llvm::StringRef output);

/// The clang of the PATH, or of where LLVM was when Plumb was built.
llvm::Expected<std::string> findClang();

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_CLANG_H
