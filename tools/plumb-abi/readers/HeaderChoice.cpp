//===- HeaderChoice.cpp - Which headers are a library's -------------------===//

#include "tools/plumb-abi/readers/HeaderChoice.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/GlobPattern.h"
#include "llvm/Support/Path.h"

using namespace llvm;
using namespace plumb::abi;

/// Below the folder that headers are named from: "zlib.h", "sys/types.h".
static StringRef below(StringRef path) {
  size_t at = path.rfind("/include/");
  if (at == StringRef::npos)
    return path;
  StringRef rest = path.drop_front(at + StringRef("/include/").size());
  // Debian's folder for one architecture.
  auto [first, second] = rest.split('/');
  return first.contains("-linux-") ? second : rest;
}

bool plumb::abi::isOfCLibrary(StringRef path) {
  // ISO C17, 7.1.2, and POSIX.1-2017, chapter 13.
  static const StringSet<> headers = {
      "aio.h",      "alloca.h",   "arpa/inet.h", "assert.h",    "complex.h",
      "cpio.h",     "ctype.h",    "dirent.h",    "dlfcn.h",     "endian.h",
      "errno.h",    "fcntl.h",    "features.h",  "fenv.h",      "float.h",
      "fmtmsg.h",   "fnmatch.h",  "ftw.h",       "getopt.h",    "glob.h",
      "grp.h",      "iconv.h",    "inttypes.h",  "iso646.h",    "langinfo.h",
      "libgen.h",   "limits.h",   "locale.h",    "malloc.h",    "math.h",
      "memory.h",   "monetary.h", "mqueue.h",    "ndbm.h",      "netdb.h",
      "nl_types.h", "poll.h",     "pthread.h",   "pwd.h",       "regex.h",
      "sched.h",    "search.h",   "semaphore.h", "setjmp.h",    "signal.h",
      "spawn.h",    "stdalign.h", "stdarg.h",    "stdatomic.h", "stdbool.h",
      "stddef.h",   "stdint.h",   "stdio.h",     "stdlib.h",    "stdnoreturn.h",
      "string.h",   "strings.h",  "stropts.h",   "syslog.h",    "tar.h",
      "termios.h",  "tgmath.h",   "threads.h",   "time.h",      "trace.h",
      "uchar.h",    "ulimit.h",   "unistd.h",    "utime.h",     "utmpx.h",
      "wchar.h",    "wctype.h",   "wordexp.h",   "xlocale.h"};
  static const StringSet<> folders = {"arpa",    "asm", "asm-generic", "bits",
                                      "c++",     "gnu", "linux",       "net",
                                      "netinet", "rpc", "sys"};
  if (path.starts_with("<") || path.contains("/lib/clang/") ||
      path.contains("/lib/gcc/"))
    return true;
  StringRef name = below(path);
  return headers.contains(name) ||
         (name.contains('/') && folders.contains(name.split('/').first));
}

namespace {
class Chooser {
public:
  Chooser(const Preprocessed &source, const std::vector<bool> &declares)
      : headers(source.getHeaders()), declares(declares),
        chosen(headers.size()), isOwn(headers.size()) {
    for (size_t i = 0; i < headers.size(); ++i) {
      isOwn[i] = !headers[i].isSystem;
      if (headers[i].includer != SIZE_MAX)
        included[headers[i].includer].push_back(i);
    }
  }

  std::vector<bool> choose() {
    for (size_t i = 0; i < headers.size(); ++i)
      chosen[i] = isOwn[i];
    if (any())
      return chosen;
    for (bool ofCLibrary : {false, true}) {
      for (size_t i = 0; i < headers.size(); ++i)
        if (isOwn[i])
          for (size_t child : included[i])
            if (!isOwn[child])
              take(child, ofCLibrary);
      if (any())
        break;
    }
    return chosen;
  }

private:
  bool any() const {
    for (size_t i = 0; i < headers.size(); ++i)
      if (chosen[i] && declares[i])
        return true;
    return false;
  }

  /// The header, or the nearest that it includes.
  void take(size_t header, bool ofCLibrary) {
    if (isOfCLibrary(headers[header].file) && !ofCLibrary)
      return;
    if (declares[header])
      return takeWith(header, headers[header].file);
    for (size_t child : included[header])
      take(child, ofCLibrary);
  }

  void takeWith(size_t header, StringRef first) {
    chosen[header] = true;
    for (size_t child : included[header])
      if (isOfOneFolder(first, headers[child].file))
        takeWith(child, first);
  }

  /// SDL2/SDL.h and SDL2/SDL_video.h, or pcap.h and pcap/pcap.h.
  static bool isOfOneFolder(StringRef first, StringRef other) {
    StringRef folder = sys::path::parent_path(first);
    bool isShared = below(first) == sys::path::filename(first);
    SmallString<128> own(folder);
    if (isShared)
      sys::path::append(own, sys::path::stem(first));
    own += "/";
    return other.starts_with(own);
  }

  ArrayRef<Preprocessed::Header> headers;
  const std::vector<bool> &declares;
  std::vector<bool> chosen, isOwn;
  DenseMap<size_t, SmallVector<size_t>> included;
};
} // namespace

static bool matches(ArrayRef<GlobPattern> globs, StringRef path) {
  // "zlib.h" is any of that name, "SDL2/*" any in such a folder.
  for (StringRef rest = path; !rest.empty();
       rest = rest.contains('/') ? rest.split('/').second : StringRef())
    if (any_of(globs,
               [&](const GlobPattern &glob) { return glob.match(rest); }))
      return true;
  return false;
}

Expected<std::vector<bool>>
plumb::abi::chooseHeaders(const Preprocessed &source,
                          const std::vector<bool> &declares,
                          ArrayRef<std::string> patterns) {
  if (patterns.empty())
    return Chooser(source, declares).choose();
  SmallVector<GlobPattern> globs;
  for (const std::string &pattern : patterns) {
    Expected<GlobPattern> glob = GlobPattern::create(pattern);
    if (!glob)
      return createStringError("'" + pattern + "' is no pattern for headers: " +
                               toString(glob.takeError()));
    globs.push_back(*glob);
  }
  std::vector<bool> chosen;
  for (const Preprocessed::Header &header : source.getHeaders())
    chosen.push_back(matches(globs, header.file));
  return chosen;
}
