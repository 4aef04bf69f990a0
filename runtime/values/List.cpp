//===- List.cpp - lists and queues ----------------------------------------===//

#include "runtime/values/List.h"
#include "runtime/values/Fail.h"

#include <algorithm>
#include <cstring>

namespace plumb::rt::values {

static size_t sizeOf(uint64_t capacity) noexcept {
  if (capacity > (uint64_t(1) << 44))
    fail("out of memory");
  return sizeof(plumb_buffer) + capacity * sizeof(plumb_slot);
}

static plumb_buffer *newBuffer(uint64_t capacity, int32_t kind) noexcept {
  auto *buffer = make<plumb_buffer>(bufferType, sizeOf(capacity),
                                    static_cast<uint32_t>(kind));
  buffer->capacity = capacity;
  buffer->used = 0;
  return buffer;
}

static plumb_buffer noElements = {
    {PLUMB_IMMORTAL, PLUMB_UNIT, &bufferType}, 0, 0, {}};

static plumb_list *newView(const plumb_type &type, plumb_buffer *buffer,
                           uint64_t offset, uint64_t length) noexcept {
  auto *list = make<plumb_list>(type);
  list->buffer = buffer;
  list->offset = offset;
  list->length = length;
  return list;
}

plumb_list *newList(uint64_t capacity, int32_t kind,
                    const plumb_type &type) noexcept {
  return newView(type, capacity ? newBuffer(capacity, kind) : &noElements, 0,
                 0);
}

/// A buffer with the elements of the list, and room for more.
static plumb_buffer *copyElements(const plumb_list *list, uint64_t capacity,
                                  int32_t kind) noexcept {
  plumb_buffer *buffer = newBuffer(capacity, kind);
  auto elements = elementsOf(list);
  std::copy(elements.begin(), elements.end(), buffer->slots);
  buffer->used = elements.size();
  if (kind == PLUMB_OBJECT)
    for (plumb_slot element : elements)
      retain(objectOf(element));
  return buffer;
}

static void dropElements(plumb_buffer *buffer, uint64_t from,
                         uint64_t to) noexcept {
  if (buffer->header.tag == PLUMB_OBJECT)
    for (uint64_t at = from; at != to; ++at)
      drop(objectOf(buffer->slots[at]));
}

/// Of a buffer that only this view has: forgets what is behind it.
static void truncate(plumb_list *list) noexcept {
  uint64_t end = list->offset + list->length;
  dropElements(list->buffer, end, list->buffer->used);
  list->buffer->used = end;
}

/// And what is before it, as far as that is worth the move.
static void closeFront(plumb_list *list) noexcept {
  plumb_buffer *buffer = list->buffer;
  if (list->offset <= list->length)
    return;
  dropElements(buffer, 0, list->offset);
  std::memmove(buffer->slots, buffer->slots + list->offset,
               list->length * sizeof(plumb_slot));
  buffer->used = list->length;
  list->offset = 0;
}

static plumb_list *ownView(plumb_list *list) noexcept {
  if (isUnique(list))
    return list;
  retain(list->buffer);
  plumb_list *view =
      newView(*list->header.type, list->buffer, list->offset, list->length);
  drop(list);
  return view;
}

plumb_list *pushSlowly(plumb_list *list, plumb_slot element,
                       int32_t kind) noexcept {
  // What a view had that is gone must not be in the way of the next one.
  if (isUnique(list->buffer))
    truncate(list);
  list = ownView(list);
  plumb_buffer *buffer = list->buffer;
  if (isUnique(buffer)) {
    closeFront(list);
    if (buffer->used == buffer->capacity) {
      uint64_t capacity = std::max<uint64_t>(buffer->capacity * 2, 4);
      buffer = static_cast<plumb_buffer *>(
          resize(buffer, sizeOf(buffer->capacity), sizeOf(capacity)));
      buffer->capacity = capacity;
      list->buffer = buffer;
    }
    buffer->header.tag = static_cast<uint32_t>(kind);
  } else if (buffer->header.count < 0 || buffer->used == buffer->capacity ||
             list->offset + list->length != buffer->used ||
             !isShallow(element, kind)) {
    plumb_buffer *copy = copyElements(
        list, std::max<uint64_t>(list->length + list->length / 2 + 1, 4), kind);
    drop(buffer);
    list->buffer = buffer = copy;
    list->offset = 0;
  }
  buffer->slots[buffer->used++] = element;
  ++list->length;
  return list;
}

plumb_list *slice(plumb_list *list, uint64_t from, uint64_t to) noexcept {
  if (from == 0 && to == list->length)
    return list;
  list = ownView(list);
  list->offset += from;
  list->length = to - from;
  return list;
}

bool becomesOwn(plumb_list *list) noexcept {
  if (!isUnique(list) || !isUnique(list->buffer))
    return false;
  truncate(list);
  plumb_buffer *buffer = list->buffer;
  if (list->offset > 0) {
    dropElements(buffer, 0, list->offset);
    std::memmove(buffer->slots, buffer->slots + list->offset,
                 list->length * sizeof(plumb_slot));
    list->offset = 0;
  }
  buffer->used = list->length;
  return true;
}

plumb_list *ownElements(plumb_list *list) noexcept {
  list = ownView(list);
  if (isUnique(list->buffer) || list->length == 0)
    return list;
  plumb_buffer *copy = copyElements(list, list->length, kindOf(list));
  drop(list->buffer);
  list->buffer = copy;
  list->offset = 0;
  return list;
}

} // namespace plumb::rt::values

using namespace plumb::rt::values;

plumb_list *plumb_new_list(uint64_t capacity, int32_t kind) noexcept {
  return newList(capacity, kind);
}
