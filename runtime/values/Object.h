//===- Object.h - what objects are made of ----------------------*- C++ -*-===//
//
// The layouts are those of plumb/object.h; here is what C++ code of the runtime
// does with them.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_VALUES_OBJECT_H
#define PLUMB_RUNTIME_VALUES_OBJECT_H

#include "plumb/object.h"
#include "runtime/values/Heap.h"

#include <bit>
#include <cstdint>

namespace plumb::rt::values {

inline plumb_slot slotOf(const void *object) noexcept {
  return reinterpret_cast<plumb_slot>(object);
}
inline plumb_slot slotOf(double number) noexcept {
  return std::bit_cast<plumb_slot>(number);
}
inline double floatOf(plumb_slot slot) noexcept {
  return std::bit_cast<double>(slot);
}
/// The object in a slot of kind PLUMB_OBJECT, as what its shape says it is.
template <typename T = plumb_object> T *objectOf(plumb_slot slot) noexcept {
  return reinterpret_cast<T *>(slot);
}
inline plumb_object *header(void *object) noexcept {
  return static_cast<plumb_object *>(object);
}

inline void retain(void *object) noexcept {
  plumb_object_retain(static_cast<plumb_object *>(object));
}
inline void drop(void *object) noexcept {
  plumb_object_release(static_cast<plumb_object *>(object));
}
inline void retainSlot(plumb_slot slot, int32_t kind) noexcept {
  if (kind == PLUMB_OBJECT)
    plumb_object_retain(objectOf(slot));
}
inline void dropSlot(plumb_slot slot, int32_t kind) noexcept {
  if (kind == PLUMB_OBJECT)
    plumb_object_release(objectOf(slot));
}
inline plumb_slot retained(plumb_slot slot, int32_t kind) noexcept {
  retainSlot(slot, kind);
  return slot;
}
inline bool isUnique(const void *object) noexcept {
  return static_cast<const plumb_object *>(object)->count == 1;
}

/// A new object of a layout, header set.
template <typename T>
T *make(const plumb_type &type, size_t size = sizeof(T),
        uint32_t tag = 0) noexcept {
  auto *made = static_cast<T *>(allocate(size));
  *header(made) = {1, tag, &type};
  return made;
}

inline size_t dataSize(uint64_t slots) noexcept {
  return sizeof(plumb_object) + slots * sizeof(plumb_slot);
}

/// Types of what lists and maps share inside.
extern const plumb_type bufferType, tableType;

/// The slots of an object that may hold other objects: `kinds` repeats after
/// `period` of them.
struct Slots {
  plumb_slot *first;
  uint64_t count;
  const uint8_t *kinds;
  uint64_t period;
};
Slots slotsOf(plumb_object *object) noexcept;
/// Whether a value refers to no list or map, as is seen at a glance. Others may
/// refer to the very buffer that they are put into, for an older view: a cycle,
/// which counting never frees.
bool isShallow(plumb_slot slot, int32_t kind) noexcept;
/// A shallow copy with a count of 1, for which nothing has been retained.
plumb_object *cloneMemory(plumb_object *object) noexcept;
/// Frees the object's memory alone.
void freeMemory(plumb_object *object) noexcept;

} // namespace plumb::rt::values

#endif // PLUMB_RUNTIME_VALUES_OBJECT_H
