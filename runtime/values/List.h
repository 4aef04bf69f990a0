//===- List.h - lists and queues --------------------------------*- C++ -*-===//
//
// Views of counted buffers: what is taken or dropped at an end shares the
// buffer, and so does what is appended to the newest view of it, unless that
// could refer to an older view.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_RUNTIME_VALUES_LIST_H
#define PLUMB_RUNTIME_VALUES_LIST_H

#include "runtime/values/Object.h"

#include <span>

namespace plumb::rt::values {

/// An empty list (or queue).
plumb_list *newList(uint64_t capacity, int32_t kind,
                    const plumb_type &type = plumb_type_list) noexcept;

inline std::span<const plumb_slot> elementsOf(const plumb_list *list) noexcept {
  return {list->buffer->slots + list->offset, list->length};
}
/// The plumb_value_kind of the elements, of a list that is not empty.
inline int32_t kindOf(const plumb_list *list) noexcept {
  return static_cast<int32_t>(list->buffer->header.tag);
}

/// Consumes both.
plumb_list *pushSlowly(plumb_list *list, plumb_slot element,
                       int32_t kind) noexcept;
inline plumb_list *push(plumb_list *list, plumb_slot element,
                        int32_t kind) noexcept {
  plumb_buffer *buffer = list->buffer;
  if (!isUnique(list) || !isUnique(buffer) ||
      buffer->used == buffer->capacity ||
      list->offset + list->length != buffer->used)
    return pushSlowly(list, element, kind);
  buffer->slots[buffer->used++] = element;
  ++list->length;
  return list;
}
/// Elements `from` to before `to`, which are positions of the list. Consumes
/// it.
plumb_list *slice(plumb_list *list, uint64_t from, uint64_t to) noexcept;
/// A list whose elements may be moved out and replaced in place: the list
/// itself when nobody else sees them, or a copy. Consumes it.
plumb_list *ownElements(plumb_list *list) noexcept;
/// Whether `map` may leave other values in the list's own slots: then nothing
/// is in its buffer but them. Closes what gaps there are.
bool becomesOwn(plumb_list *list) noexcept;
inline std::span<plumb_slot> mutableElements(plumb_list *list) noexcept {
  return {list->buffer->slots + list->offset, list->length};
}

} // namespace plumb::rt::values

#endif // PLUMB_RUNTIME_VALUES_LIST_H
