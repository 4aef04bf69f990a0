//===- Preprocessed.cpp - A header after the preprocessor -----------------===//

#include "tools/plumb-abi/readers/Preprocessed.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

using namespace llvm;
using namespace plumb::abi;

/// `# 12 "clock.h" 1 3` says what the next line is; 3 is the system's.
static bool isMarker(StringRef line, Preprocessed::Origin &origin) {
  unsigned number;
  if (!line.consume_front("# ") || line.consumeInteger(10, number))
    return false;
  auto [file, flags] = line.trim().drop_front(1).rsplit('"');
  origin.file = file.str();
  origin.line = number;
  SmallVector<StringRef> words;
  flags.split(words, ' ', -1, /*KeepEmpty=*/false);
  origin.isSystem = is_contained(words, "3") || file.starts_with("<");
  return true;
}

Preprocessed::Preprocessed(StringRef output) {
  Origin origin = {"", 1, true};
  while (!output.empty()) {
    auto [line, rest] = output.split('\n');
    output = rest;
    if (!isMarker(line, origin)) {
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
  return after == starts.begin() ? nullptr
                                 : &origins[after - starts.begin() - 1];
}
