//===- HeaderClang.h - clang, for one header --------------------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_READERS_HEADERCLANG_H
#define PLUMB_TOOLS_PLUMB_ABI_READERS_HEADERCLANG_H

#include "tools/plumb-abi/readers/Clang.h"
#include "tools/plumb-abi/readers/HeaderReader.h"

namespace plumb::abi {

/// Runs clang on a header, or on text that was made of one.
class HeaderClang {
public:
  static llvm::Expected<HeaderClang> create(llvm::StringRef path,
                                            const HeaderOptions &options);

  bool isCxx() const { return language == "c++"; }
  /// What the preprocessor writes of `file`, with the user's arguments.
  llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
  preprocess(llvm::StringRef file, std::vector<std::string> arguments) const;
  /// The same of text, as far as it gets: in what a macro stands for the
  /// preprocessor may find mistakes that no user of the header makes.
  llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
  expand(llvm::StringRef text) const;
  /// What clang writes to its output for preprocessed text. `what` is what it
  /// does, for an error: "compile 'tick.h'".
  llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
  run(llvm::StringRef text, std::vector<std::string> arguments,
      llvm::StringRef what) const;
  /// What clang says of preprocessed text; empty when nothing is wrong.
  llvm::Expected<std::string>
  complaints(llvm::StringRef text, std::vector<std::string> arguments) const;

private:
  HeaderClang(std::string clang, std::string path, std::string language,
              const HeaderOptions &options)
      : clang(std::move(clang)), path(std::move(path)),
        language(std::move(language)), options(options) {}
  std::vector<std::string> standard() const;

  std::string clang, path, language;
  const HeaderOptions &options;
};

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_HEADERCLANG_H
