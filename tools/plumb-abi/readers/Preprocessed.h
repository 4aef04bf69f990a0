//===- Preprocessed.h - A header after the preprocessor ---------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_READERS_PREPROCESSED_H
#define PLUMB_TOOLS_PLUMB_ABI_READERS_PREPROCESSED_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace plumb::abi {

/// Preprocessed text without line markers, and where its lines are from.
class Preprocessed {
public:
  /// A file as it was included once.
  struct Header {
    std::string file;
    bool isSystem;   ///< of the system, as clang sees it
    size_t includer; ///< SIZE_MAX of the first
  };
  struct Origin {
    size_t header;
    unsigned line;
  };

  /// `output` is what the preprocessor wrote.
  explicit Preprocessed(llvm::StringRef output);

  const std::string &getText() const { return text; }
  /// In the order in which they were included.
  llvm::ArrayRef<Header> getHeaders() const { return headers; }
  /// Of a byte of the text; null before the first marker.
  const Origin *locate(size_t offset) const;

private:
  bool readMarker(llvm::StringRef line, Origin &origin);

  std::string text;
  std::vector<Header> headers;
  std::vector<size_t> starts;  ///< where the line after begins
  std::vector<Origin> origins; ///< of that line
};

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_PREPROCESSED_H
