//===- Preprocessed.h - A header after the preprocessor ---------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_READERS_PREPROCESSED_H
#define PLUMB_TOOLS_PLUMB_ABI_READERS_PREPROCESSED_H

#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace plumb::abi {

/// Preprocessed text without line markers, and where its lines are from.
class Preprocessed {
public:
  struct Origin {
    std::string file;
    unsigned line;
    bool isSystem; ///< of a header of the system
  };

  /// `output` is what the preprocessor wrote.
  explicit Preprocessed(llvm::StringRef output);

  const std::string &getText() const { return text; }
  /// Of a byte of the text; null before the first marker.
  const Origin *locate(size_t offset) const;

private:
  std::string text;
  std::vector<size_t> starts;  ///< where the line after begins
  std::vector<Origin> origins; ///< of that line
};

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_PREPROCESSED_H
