//===- Preprocessed.cpp - A header after the preprocessor -----------------===//

#include "tools/plumb-abi/readers/Preprocessed.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

using namespace llvm;
using namespace plumb::abi;

/// `# 12 "clock.h" 1 3` says what the next line is; 1 begins a file, 2 comes
/// back to one, and 3 is the system's.
bool Preprocessed::readMarker(StringRef line, Origin &origin) {
  unsigned number;
  if (!line.consume_front("# ") || line.consumeInteger(10, number))
    return false;
  auto [file, flags] = line.trim().drop_front(1).rsplit('"');
  SmallVector<StringRef> words;
  flags.split(words, ' ', -1, /*KeepEmpty=*/false);
  bool isSystem = is_contained(words, "3") || file.starts_with("<");
  auto isIt = [&](size_t header) { return headers[header].file == file; };
  size_t at = headers.empty() ? SIZE_MAX : origin.header;
  if (!is_contained(words, "1")) {
    // The file that goes on, or one that included it.
    while (at != SIZE_MAX && !isIt(at))
      at = headers[at].includer;
    if (at != SIZE_MAX) {
      origin = {at, number};
      return true;
    }
    at = headers.empty() ? SIZE_MAX : 0;
  }
  headers.push_back({file.str(), isSystem, at});
  origin = {headers.size() - 1, number};
  return true;
}

Preprocessed::Preprocessed(StringRef output) {
  Origin origin = {SIZE_MAX, 1};
  while (!output.empty()) {
    auto [line, rest] = output.split('\n');
    output = rest;
    if (!readMarker(line, origin)) {
      text += line;
      ++origin.line;
    }
    text += '\n';
    starts.push_back(text.size());
    origins.push_back(origin);
  }
}

const Preprocessed::Origin *Preprocessed::locate(size_t offset) const {
  auto after = llvm::upper_bound(starts, offset);
  if (after == starts.begin())
    return nullptr;
  const Origin &origin = origins[after - starts.begin() - 1];
  return origin.header == SIZE_MAX ? nullptr : &origin;
}
