//===- Guard.cpp - around every body --------------------------------------===//

#include "plumb/Runtime/Guard.h"
#include "runtime/base/Escape.h"
#include "runtime/base/Log.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <unistd.h>

namespace plumb::rt {

const bool isTracing = std::getenv("PLUMB_TRACE") != nullptr;

static void traceValue(const char *sourceName, const char *value) noexcept {
  OutsideProgram outside;
  KeptErrno kept;
  char line[512];
  int size = std::snprintf(line, sizeof line, "plumb-trace: %s -> %s\n",
                           sourceName, value);
  if (size > 0)
    base::writeLog(
        {line, std::min(static_cast<size_t>(size), sizeof line - 1)});
}

void trace(const char *sourceName, int64_t value) noexcept {
  char text[32];
  std::snprintf(text, sizeof text, "%lld", static_cast<long long>(value));
  traceValue(sourceName, text);
}

void trace(const char *sourceName, double value) noexcept {
  char text[64];
  std::snprintf(text, sizeof text, "%.17g", value);
  traceValue(sourceName, text);
}

/// At most 40 bytes, in quotes, with everything but plain ASCII escaped.
static void traceBytes(const char *sourceName, const uint8_t *data,
                       size_t size) noexcept {
  std::string_view left(reinterpret_cast<const char *>(data),
                        std::min<size_t>(size, 40));
  char text[40 * 4 + 3], *out = text;
  *out++ = '"';
  while (!left.empty()) {
    base::Escaped next(left, base::Escapes::Bytes);
    std::string_view written = next;
    out = std::copy(written.begin(), written.end(), out);
  }
  *out++ = '"';
  *out = 0;
  traceValue(sourceName, text);
}

void trace(const char *sourceName, const plumb_str *text) noexcept {
  traceBytes(sourceName, text->data, text->len);
}
void trace(const char *sourceName, const plumb_bytes *data) noexcept {
  traceBytes(sourceName, data->data, data->len);
}
void traceHandle(const char *sourceName, bool isNull) noexcept {
  traceValue(sourceName, isNull ? "null" : "handle");
}
void traceVoid(const char *sourceName) noexcept {
  traceValue(sourceName, "void");
}

static thread_local Failure remembered;

void detail::remember(const AbortsProgram &thrown) noexcept {
  remembered.set(thrown.why);
}
void detail::abortAsRemembered() noexcept { abortProgram(remembered.why()); }

void logException(const char *sourceName) noexcept {
  char line[512];
  const char *what = "unknown exception";
  try {
    throw;
  } catch (const std::bad_alloc &) {
    what = "out of memory";
  } catch (const std::exception &error) {
    // Copied before the exception is gone.
    std::snprintf(line, sizeof line, "%s failed: %s", sourceName, error.what());
    base::log(gateOf(sourceName), base::LogLevel::Error, line);
    return;
  } catch (...) { // `what` is what there is to say.
  }
  std::snprintf(line, sizeof line, "%s failed: %s", sourceName, what);
  base::log(gateOf(sourceName), base::LogLevel::Error, line);
}

} // namespace plumb::rt
