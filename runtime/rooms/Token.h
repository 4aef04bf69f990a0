//===- Token.h - connection handles -----------------------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_ROOMS_TOKEN_H
#define PLUMB_RUNTIME_ROOMS_TOKEN_H

#include "runtime/base/SlotTable.h"

#include <compare>
#include <cstdint>
#include <cstdio>
#include <string_view>

namespace plumb::rt::rooms {

/// Names a connection for ever: a slot of a shard and how often the slot has
/// been used. It never becomes another connection's; the zero token is none.
class Token {
public:
  static constexpr unsigned shardBits = 10, slotBits = 22;
  static constexpr uint32_t maxShards = 1u << shardBits;
  static constexpr uint32_t maxSlots = 1u << slotBits;

  constexpr Token() noexcept = default;
  constexpr explicit Token(uint64_t value) noexcept : bits(value) {}
  constexpr Token(uint32_t shard, uint32_t slot, uint32_t generation) noexcept
      : bits(base::SlotName{slot << shardBits | shard, generation}.value()) {}

  constexpr uint64_t value() const noexcept { return bits; }
  /// 1 to maxShards - 1 in a token that was ever given out.
  constexpr uint32_t shard() const noexcept { return bits & (maxShards - 1); }
  constexpr uint32_t slot() const noexcept {
    return base::SlotName::of(bits).index >> shardBits;
  }
  constexpr uint32_t generation() const noexcept {
    return base::SlotName::of(bits).generation;
  }
  /// For the log: "shard.slot.generation". Allocates nothing.
  class Text {
  public:
    operator std::string_view() const noexcept { return {text, size}; }

  private:
    friend class Token;
    char text[3 * 10 + 2 + 1]; // numbers of 32 bits, dots, a null byte
    size_t size = 0;
  };
  Text text() const noexcept {
    Text text;
    text.size = static_cast<size_t>(std::snprintf(text.text, sizeof text.text,
                                                  "%u.%u.%u", shard(), slot(),
                                                  generation()));
    return text;
  }
  constexpr explicit operator bool() const noexcept { return bits != 0; }
  constexpr bool operator==(const Token &) const noexcept = default;

private:
  uint64_t bits = 0;
};

} // namespace plumb::rt::rooms

#endif // PLUMB_RUNTIME_ROOMS_TOKEN_H
