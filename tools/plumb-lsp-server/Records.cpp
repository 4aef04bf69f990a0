//===- Records.cpp - Where records are ------------------------------------===//

#include "tools/plumb-lsp-server/Records.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using namespace plumb::lspserver;

void Records::addRoot(StringRef folder) {
  SmallString<128> absolute(folder);
  (void)sys::fs::make_absolute(absolute);
  roots.push_back(std::string(absolute));
}

/// The file in the folder, as a location; none when there is no such file.
static std::optional<lsp::Location> in(StringRef folder, StringRef file,
                                       unsigned line) {
  SmallString<128> path(folder);
  sys::path::append(path, file);
  sys::path::remove_dots(path, /*remove_dot_dot=*/true);
  if (!sys::fs::is_regular_file(path))
    return std::nullopt;
  Expected<lsp::URIForFile> uri = lsp::URIForFile::fromFile(path);
  if (!uri) {
    consumeError(uri.takeError());
    return std::nullopt;
  }
  lsp::Position start(line ? line - 1 : 0, 0);
  return lsp::Location(*uri, lsp::Range(start));
}

std::optional<lsp::Location> Records::find(StringRef location,
                                           StringRef document) const {
  auto [file, number] = location.rsplit(':');
  unsigned line;
  if (file.empty() || number.getAsInteger(10, line))
    return std::nullopt;
  if (sys::path::is_absolute(file))
    return in("", file, line);
  for (const std::string &root : roots)
    if (auto found = in(root, file, line))
      return found;
  for (StringRef folder = sys::path::parent_path(document); !folder.empty();
       folder = sys::path::parent_path(folder))
    if (auto found = in(folder, file, line))
      return found;
  for (StringRef folder = sys::path::parent_path(tool); !folder.empty();
       folder = sys::path::parent_path(folder)) {
    if (auto found = in(folder, file, line))
      return found;
    // "dialects/Ws/..." of the sources is "plumb/Ws/..." where it is installed.
    SmallString<128> installed(folder);
    sys::path::append(installed, "include", "plumb");
    StringRef rest = file;
    if (rest.consume_front("dialects/") || rest.consume_front("include/plumb/"))
      if (auto found = in(installed, rest, line))
        return found;
  }
  return std::nullopt;
}
