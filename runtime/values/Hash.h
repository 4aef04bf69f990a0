//===- Hash.h - equality, order and hashes of slots -------------*- C++ -*-===//
#ifndef PLUMB_RUNTIME_VALUES_HASH_H
#define PLUMB_RUNTIME_VALUES_HASH_H

#include "runtime/values/Object.h"

#include <cstring>

namespace plumb::rt::values {

// What is equal, and what comes first, is said by the records of family
// `value`.

bool equalObjects(plumb_object *left, plumb_object *right) noexcept;
uint64_t hashObject(plumb_object *object) noexcept;

/// Spreads integers under a key that this process has drawn.
uint64_t hashBits(uint64_t bits) noexcept;
uint64_t hashFloat(double number) noexcept;

inline bool equalSlots(plumb_slot left, plumb_slot right,
                       int32_t kind) noexcept {
  if (kind == PLUMB_OBJECT)
    return left == right || equalObjects(objectOf(left), objectOf(right));
  if (kind == PLUMB_FLOAT)
    return floatOf(left) == floatOf(right);
  return left == right;
}

/// Below 0, 0 or above 0.
int64_t compareSlots(plumb_slot left, plumb_slot right, int32_t kind) noexcept;

inline uint64_t hashValue(plumb_slot value, int32_t kind) noexcept {
  if (kind == PLUMB_OBJECT)
    return hashObject(objectOf(value));
  return kind == PLUMB_FLOAT ? hashFloat(floatOf(value)) : hashBits(value);
}

} // namespace plumb::rt::values

#endif // PLUMB_RUNTIME_VALUES_HASH_H
