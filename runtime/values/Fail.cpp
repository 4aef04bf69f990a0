//===- Fail.cpp - runtime errors of programs ------------------------------===//

#include "runtime/values/Fail.h"
#include "plumb/object.h"
#include "runtime/base/Log.h"

#include <charconv>
#include <cstdlib>
#include <string>
#include <unistd.h>

namespace plumb::rt::values {

static constinit thread_local plumb_frame *frames = nullptr;

static void addNumber(std::string &text, int64_t number) {
  char digits[24];
  text.append(digits,
              std::to_chars(digits, digits + sizeof digits, number).ptr);
}

static void addFrame(std::string &text, const plumb_frame &frame) {
  text += "  in ";
  text += frame.function->name;
  text += " at ";
  text += frame.function->file;
  text += ':';
  addNumber(text, frame.line);
  text += '\n';
}

/// Of a deep stack the innermost frames and the outermost.
static void addStack(std::string &text) {
  static constexpr size_t innermost = 20, outermost = 5;
  size_t depth = 0;
  for (const plumb_frame *frame = frames; frame; frame = frame->prev)
    ++depth;
  size_t left =
      depth > innermost + outermost + 1 ? depth - innermost - outermost : 0;
  size_t at = 0;
  for (const plumb_frame *frame = frames; frame; frame = frame->prev, ++at) {
    if (left && at >= innermost && at < innermost + left) {
      if (at == innermost) {
        text += "  ... ";
        addNumber(text, static_cast<int64_t>(left));
        text += " more ...\n";
      }
      continue;
    }
    addFrame(text, *frame);
  }
}

void endProgram(int code, std::string_view text) noexcept {
  base::flushLog();
  base::writeAll(STDERR_FILENO, text);
  std::_Exit(code);
}

void fail(std::string_view why) noexcept {
  try {
    std::string text("error: ");
    text += why;
    text += '\n';
    addStack(text);
    endProgram(1, text);
  } catch (const std::bad_alloc &) {
    endProgram(1, "error: out of memory\n");
  }
}

void fail(const char *why, int64_t first, int64_t second) noexcept {
  std::string text;
  try {
    for (; *why; ++why) {
      if (*why != '%') {
        text += *why;
        continue;
      }
      addNumber(text, first);
      first = second;
    }
  } catch (const std::bad_alloc &) { // What there is of it will do.
  }
  fail(text);
}

} // namespace plumb::rt::values

plumb_frame **plumb_frames() noexcept { return &plumb::rt::values::frames; }

void plumb_fail(const char *why) noexcept { plumb::rt::values::fail(why); }
