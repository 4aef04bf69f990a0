//===- ConsoleBodies.cpp - the bodies of family `console` -----------------===//

#include "plumb/console.bodies.h"
#include "runtime/base/Log.h"
#include "runtime/base/Uninterrupted.h"
#include "runtime/base/Utf8.h"
#include "runtime/values/Strings.h"

#include <cerrno>
#include <mutex>
#include <string>
#include <system_error>
#include <unistd.h>

using namespace plumb::rt;
using namespace plumb::rt::values;

/// One write, so that lines of several threads do not mix.
static void writeLine(int fd, const plumb_str *text) {
  char line[512];
  if (text->len < sizeof line) {
    std::memcpy(line, text->data, text->len);
    line[text->len] = '\n';
    base::writeAll(fd, {line, text->len + 1});
    return;
  }
  std::string whole(viewOf(text));
  whole += '\n';
  base::writeAll(fd, whole);
}

PLUMB_BODY(console, println) { writeLine(STDOUT_FILENO, text); }

PLUMB_BODY(console, print) { base::writeAll(STDOUT_FILENO, viewOf(text)); }

PLUMB_BODY(console, eprintln) { writeLine(STDERR_FILENO, text); }

namespace {
/// What has been read of standard input and not yet asked for.
struct Input {
  std::mutex mutex;
  std::string read;
  size_t at = 0;
};
} // namespace

static Input &input() {
  static Input &made = *new Input; // Threads may outlive main.
  return made;
}

static plumb_result *result(uint32_t tag, std::string_view text) {
  return plumb_new_result(tag, slotOf(copyString(text)), PLUMB_OBJECT,
                          PLUMB_OBJECT);
}

PLUMB_BODY(console, read_line) {
  Input &in = input();
  std::lock_guard lock(in.mutex);
  size_t end;
  while ((end = in.read.find('\n', in.at)) == std::string::npos) {
    in.read.erase(0, in.at);
    in.at = 0;
    char piece[4096];
    ssize_t size = base::uninterrupted(
        [&] { return ::read(STDIN_FILENO, piece, sizeof piece); });
    if (size < 0)
      return result(PLUMB_RESULT_ERR, std::generic_category().message(errno));
    if (size == 0) {
      end = in.read.size();
      break;
    }
    in.read.append(piece, static_cast<size_t>(size));
  }
  std::string line = in.read.substr(in.at, end - in.at);
  in.at = std::min(end + 1, in.read.size());
  if (line.ends_with('\r'))
    line.pop_back();
  return result(PLUMB_RESULT_OK, base::toUtf8(line));
}
