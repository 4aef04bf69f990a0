//===- Text.h - the strings of the C interface ------------------*- C++ -*-===//
//
// A string that a body returns, or that a callback is given, lies in the arena
// of its thread until the outermost callback of that thread returns; one made
// outside of callbacks, as in `main`, until the thread ends. Compilers rely on
// it: no call of a program's frees a text that the same code has made.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_TEXT_H
#define PLUMB_RUNTIME_TEXT_H

#include "plumb/intr.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace plumb::rt {

inline std::string_view view(const plumb_str *text) noexcept {
  return {reinterpret_cast<const char *>(text->data), text->len};
}
inline std::span<const uint8_t> bytesOf(const plumb_str *text) noexcept {
  return {text->data, text->len};
}
inline std::span<const uint8_t> bytesOf(const plumb_bytes *data) noexcept {
  return {data->data, data->len};
}

/// Static, never freed.
const plumb_str *emptyStr() noexcept;
const plumb_bytes *emptyBytes() noexcept;

/// Room for `size` bytes of text in the arena, `len` set. Throws
/// std::bad_alloc.
plumb_str *newStr(size_t size);
/// A copy in the arena.
const plumb_str *copyStr(std::string_view text);
/// The same, or the empty text when there is no memory for it.
const plumb_str *copyStrOrEmpty(std::string_view text) noexcept;

/// Memory of the arena, all zero and aligned for any C type. Throws
/// std::bad_alloc.
void *newMemory(size_t size);

/// Frees what this thread's arena holds, but for one chunk of bounded size. For
/// runtimes with an arena of their own, and only while no code of the program
/// is on this thread's stack: it may have texts.
void resetArena() noexcept;

/// Around every call of the program: strings made meanwhile live until the
/// outermost one ends; those from before stay.
class CallbackScope {
public:
  CallbackScope() noexcept;
  ~CallbackScope();
  CallbackScope(const CallbackScope &) = delete;
  CallbackScope &operator=(const CallbackScope &) = delete;
};

} // namespace plumb::rt

#endif // PLUMB_RUNTIME_TEXT_H
