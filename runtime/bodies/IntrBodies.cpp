//===- IntrBodies.cpp - the bodies of the core family ---------------------===//

#include "plumb/Runtime/Contain.h"
#include "plumb/Runtime/Environment.h"
#include "plumb/Runtime/Guard.h"
#include "plumb/intr.bodies.h"
#include "runtime/base/Log.h"
#include "runtime/base/Utf8.h"

#include <cstring>
#include <string>

using namespace plumb::rt;

PLUMB_BODY(intr, abort) { abortProgram(view(why)); }

//===----------------------------------------------------------------------===//
// Memory of other libraries
//===----------------------------------------------------------------------===//

/// A size that a program has computed; a negative one is none.
static size_t sizeOf(int64_t size) {
  return size < 0 ? 0 : static_cast<size_t>(size);
}

/// No memory is no result here: what is missing could not be told from what is
/// empty.
template <typename Make> static auto orAbort(size_t size, Make make) {
  try {
    return make();
  } catch (const std::bad_alloc &) {
    throw AbortsProgram{"out of memory: " + std::to_string(size) +
                        " bytes were asked for"};
  }
}

static std::string_view at(const void *memory, int64_t size) {
  size_t bytes = sizeOf(size);
  if (!memory && bytes)
    throw AbortsProgram{std::to_string(bytes) +
                        " bytes are to be copied from the null pointer"};
  return {static_cast<const char *>(memory), bytes};
}

static const plumb_str *copyText(std::string_view text) {
  return orAbort(text.size(), [&] {
    return base::isValidUtf8(base::asBytes(text)) ? copyStr(text)
                                                  : copyStr(base::toUtf8(text));
  });
}

static const plumb_str *copyCText(const void *memory) {
  return memory ? copyText(static_cast<const char *>(memory)) : emptyStr();
}

PLUMB_BODY(intr, new_memory) {
  size_t bytes = sizeOf(size);
  return orAbort(bytes, [&] { return newMemory(bytes); });
}

PLUMB_BODY(intr, copy_bytes) {
  std::string_view data = at(memory, size);
  // Both have one layout.
  return reinterpret_cast<const plumb_bytes *>(
      orAbort(data.size(), [&] { return copyStr(data); }));
}

PLUMB_BODY(intr, copy_text) { return copyText(at(memory, size)); }

PLUMB_BODY(intr, copy_c_text) { return copyCText(memory); }

PLUMB_BODY(intr, take_c_text) {
  const plumb_str *text = copyCText(memory);
  if (memory)
    reinterpret_cast<void (*)(void *)>(free)(memory);
  return text;
}

PLUMB_BODY(intr, copy_c_string) {
  std::string_view data = view(text);
  if (size_t zero = data.find('\0'); zero != data.npos)
    throw AbortsProgram{std::string(view(use)) +
                        " is a C string, which ends at the first zero byte, "
                        "but the text has one at byte " +
                        std::to_string(zero)};
  if (data.empty())
    return "";
  return static_cast<const char *>(orAbort(data.size() + 1, [&] {
    return std::memcpy(newMemory(data.size() + 1), data.data(), data.size());
  }));
}

//===----------------------------------------------------------------------===//
// Environments of callbacks
//===----------------------------------------------------------------------===//

PLUMB_BODY(intr, give) {
  if (!environment || !on_release)
    return PLUMB_ERR_INVALID_ARGUMENT;
  if (GivenEnvironment::give(environment, on_release))
    return PLUMB_OK;
  static base::LogGate gate;
  base::log(gate, base::LogLevel::Error,
            "too many environments were given away (" +
                std::to_string(GivenEnvironment::maxWaiting) +
                ") that no callback was passed with; give each directly before "
                "the call that passes it");
  return PLUMB_ERR_INVALID_ARGUMENT;
}
