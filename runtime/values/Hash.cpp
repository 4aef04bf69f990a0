//===- Hash.cpp - hashes of values ----------------------------------------===//

#include "runtime/values/Hash.h"
#include "runtime/base/SeededHash.h"
#include "runtime/values/Fail.h"
#include "runtime/values/List.h"
#include "runtime/values/Strings.h"
#include "runtime/values/Table.h"

#include <cmath>

namespace plumb::rt::values {

/// Both halves of the product: each bit of the one factor reaches all.
static uint64_t fold(uint64_t left, uint64_t right) noexcept {
  __uint128_t product = static_cast<__uint128_t>(left) * right;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

namespace {
/// Drawn once a process: who does not know them cannot choose keys that
/// collide.
struct Secrets {
  uint64_t first = base::SeededHash()("first") | 1;
  uint64_t second = base::SeededHash()("second") | 1;
};
} // namespace

static const Secrets &secrets() noexcept {
  static const Secrets drawn;
  return drawn;
}

uint64_t hashBits(uint64_t bits) noexcept {
  return fold(bits ^ secrets().first, 0x9e3779b97f4a7c15);
}

template <typename Word> static uint64_t wordAt(const char *at) noexcept {
  Word word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

/// A multiplication for 16 bytes, of both halves under a secret: SipHash takes
/// four times as long for words of a language. The last 16 bytes of a text may
/// overlap those before.
static uint64_t hashText(std::string_view text) noexcept {
  const Secrets &keys = secrets();
  uint64_t hash = keys.second ^ text.size();
  const char *at = text.data(), *end = at + text.size();
  for (; end - at > 16; at += 16)
    hash = fold(wordAt<uint64_t>(at) ^ keys.first,
                wordAt<uint64_t>(at + 8) ^ hash);
  uint64_t left = 0, right = 0;
  if (text.size() >= 16) {
    left = wordAt<uint64_t>(end - 16);
    right = wordAt<uint64_t>(end - 8);
  } else if (text.size() >= 8) {
    left = wordAt<uint64_t>(at);
    right = wordAt<uint64_t>(end - 8);
  } else if (text.size() >= 4) {
    left = wordAt<uint32_t>(at);
    right = wordAt<uint32_t>(end - 4);
  } else if (!text.empty()) {
    left = static_cast<uint8_t>(at[0]);
    right = static_cast<uint64_t>(static_cast<uint8_t>(at[text.size() / 2])) |
            static_cast<uint64_t>(static_cast<uint8_t>(end[-1])) << 8;
  }
  return fold(keys.first ^ hash, fold(left ^ keys.first, right ^ hash));
}

uint64_t hashFloat(double number) noexcept {
  if (std::isnan(number))
    return hashBits(UINT64_MAX);
  return hashBits(slotOf(number == 0 ? 0.0 : number)); // -0 == 0
}

static uint64_t join(uint64_t hash, uint64_t next) noexcept {
  return fold(hash ^ next, 0xd6e8feb86659fd93) + next;
}

/// What a map has, in whatever order.
static uint64_t hashMap(const plumb_map *map) noexcept {
  uint64_t sum = map->size;
  eachEntry(map, [&](const plumb_slot *entry) {
    uint64_t hash = hashValue(entry[0], map->table->kinds[0]);
    if (map->table->stride == 2)
      hash = join(hash, hashValue(entry[1], map->table->kinds[1]));
    sum += hashBits(hash);
  });
  return hashBits(sum);
}

uint64_t hashObject(plumb_object *object) noexcept {
  checkStack();
  uint64_t hash = 0;
  while (true) {
    if (object->type->hash)
      return join(hash, object->type->hash(object));
    switch (object->type->shape) {
    case PLUMB_SHAPE_STRING:
    case PLUMB_SHAPE_ATOM: {
      uint64_t text =
          hashText(viewOf(reinterpret_cast<plumb_string *>(object)));
      return hash ? join(hash, text) : text;
    }
    case PLUMB_SHAPE_LIST:
    case PLUMB_SHAPE_QUEUE: {
      auto *list = reinterpret_cast<plumb_list *>(object);
      hash = join(hash, list->length);
      for (plumb_slot element : elementsOf(list))
        hash = join(hash, hashValue(element, kindOf(list)));
      return hash;
    }
    case PLUMB_SHAPE_MAP:
    case PLUMB_SHAPE_SET:
      return join(hash, hashMap(reinterpret_cast<plumb_map *>(object)));
    case PLUMB_SHAPE_RANGE: {
      auto *range = reinterpret_cast<plumb_range *>(object);
      if (range->from >= range->to)
        return join(hash, 0);
      return join(join(hash, hashBits(static_cast<uint64_t>(range->from))),
                  static_cast<uint64_t>(range->to));
    }
    case PLUMB_SHAPE_DATA:
      break;
    default:
      return join(hash, hashBits(slotOf(object)));
    }
    Slots fields = slotsOf(object);
    hash = join(hash, hashBits(object->tag));
    if (fields.count == 0)
      return hash;
    uint64_t last = fields.count - 1;
    for (uint64_t at = 0; at != last; ++at)
      hash = join(hash, hashValue(fields.first[at], fields.kinds[at]));
    if (fields.kinds[last] != PLUMB_OBJECT)
      return join(hash, hashValue(fields.first[last], fields.kinds[last]));
    object = objectOf(fields.first[last]);
  }
}

} // namespace plumb::rt::values
