//===- HeaderChoice.h - Which headers are a library's -----------*- C++ -*-===//

#ifndef PLUMB_TOOLS_PLUMB_ABI_READERS_HEADERCHOICE_H
#define PLUMB_TOOLS_PLUMB_ABI_READERS_HEADERCHOICE_H

#include "tools/plumb-abi/readers/Preprocessed.h"
#include "llvm/Support/Error.h"

namespace plumb::abi {

/// Says, for each header of `source`, whether its functions are those that are
/// asked for. `declares[i]` is whether header i declares any.
///
/// With `patterns`, which are globs for a path or its end ("zlib.h", "SDL2/*"),
/// those that match. Else the headers that are not the system's, as long as
/// they declare something. Else, of a header that only includes others, the
/// nearest ones that declare something, with what is in a folder of theirs;
/// those of the C library only when there are no others. An error for a bad
/// pattern.
llvm::Expected<std::vector<bool>>
chooseHeaders(const Preprocessed &source, const std::vector<bool> &declares,
              llvm::ArrayRef<std::string> patterns);

/// Whether a path is that of a header of ISO C, POSIX, the C library or the
/// compiler.
bool isOfCLibrary(llvm::StringRef path);

} // namespace plumb::abi

#endif // PLUMB_TOOLS_PLUMB_ABI_READERS_HEADERCHOICE_H
