//===- Count.cpp - the end of objects -------------------------------------===//

#include "runtime/values/Object.h"
#include "runtime/values/Table.h"

#include <cstring>

namespace plumb::rt::values {

static constexpr uint8_t objectKind[] = {PLUMB_OBJECT};

Slots slotsOf(plumb_object *object) noexcept {
  switch (object->type->shape) {
  case PLUMB_SHAPE_DATA:
  case PLUMB_SHAPE_ITERATOR: {
    const plumb_constructor &made = object->type->constructors[object->tag];
    return {reinterpret_cast<plumb_data *>(object)->fields, made.num_fields,
            made.kinds, made.num_fields};
  }
  case PLUMB_SHAPE_LIST:
  case PLUMB_SHAPE_QUEUE:
    return {reinterpret_cast<plumb_data *>(object)->fields, 1, objectKind, 1};
  case PLUMB_SHAPE_MAP:
  case PLUMB_SHAPE_SET:
    return {reinterpret_cast<plumb_data *>(object)->fields, 1, objectKind, 1};
  case PLUMB_SHAPE_CLOSURE: {
    auto *fun = reinterpret_cast<plumb_fun *>(object);
    return {fun->captures, fun->num_captures, fun->kinds, fun->num_captures};
  }
  case PLUMB_SHAPE_BUFFER: {
    auto *buffer = reinterpret_cast<plumb_buffer *>(object);
    static constexpr uint8_t each[] = {0, 1, 2, 3, 4};
    return {buffer->slots, buffer->used, &each[object->tag], 1};
  }
  case PLUMB_SHAPE_TABLE: {
    auto *table = reinterpret_cast<plumb_table *>(object);
    return {table->entries, table->used * table->stride, table->kinds,
            table->stride};
  }
  default:
    return {nullptr, 0, nullptr, 1};
  }
}

static size_t sizeOf(const plumb_object *object) noexcept {
  switch (object->type->shape) {
  case PLUMB_SHAPE_DATA:
  case PLUMB_SHAPE_ITERATOR:
    return dataSize(object->type->constructors[object->tag].num_fields);
  case PLUMB_SHAPE_STRING:
  case PLUMB_SHAPE_ATOM:
    return sizeof(plumb_string) + uint64_t(object->tag) * 8;
  case PLUMB_SHAPE_LIST:
  case PLUMB_SHAPE_QUEUE:
    return sizeof(plumb_list);
  case PLUMB_SHAPE_MAP:
  case PLUMB_SHAPE_SET:
    return sizeof(plumb_map);
  case PLUMB_SHAPE_RANGE:
    return sizeof(plumb_range);
  case PLUMB_SHAPE_CLOSURE:
    return sizeof(plumb_fun) +
           reinterpret_cast<const plumb_fun *>(object)->num_captures *
               sizeof(plumb_slot);
  case PLUMB_SHAPE_BUFFER:
    return sizeof(plumb_buffer) +
           reinterpret_cast<const plumb_buffer *>(object)->capacity *
               sizeof(plumb_slot);
  case PLUMB_SHAPE_TABLE:
    return sizeof(plumb_table);
  default:
    return dataSize(object->tag); // OPAQUE
  }
}

plumb_object *cloneMemory(plumb_object *object) noexcept {
  size_t size = sizeOf(object);
  auto *copy = static_cast<plumb_object *>(allocate(size));
  std::memcpy(copy, object, size);
  copy->count = 1;
  if (object->type->shape == PLUMB_SHAPE_TABLE)
    reinterpret_cast<plumb_table *>(copy)->ownParts();
  return copy;
}

void freeMemory(plumb_object *object) noexcept {
  if (object->type->shape == PLUMB_SHAPE_TABLE)
    reinterpret_cast<plumb_table *>(object)->freeParts();
  else if (object->type->shape == PLUMB_SHAPE_OPAQUE && object->type->free)
    object->type->free(object);
  release(object, sizeOf(object));
}

// An object that is being freed keeps in itself how far that is, and in the
// slot of the object that is freed just now, who waits for it: no stack is
// needed, and no memory.

/// Before the first call of nextObject.
static void begin(plumb_object *object) noexcept {
  if (object->type->shape == PLUMB_SHAPE_TABLE) {
    auto *table = reinterpret_cast<plumb_table *>(object);
    table->cursor = table->used * table->stride;
  }
}

/// The next slot that holds an object; null when there is none left.
static plumb_slot *nextObject(plumb_object *object) noexcept {
  Slots slots = slotsOf(object);
  if (object->type->shape == PLUMB_SHAPE_BUFFER) {
    auto *buffer = reinterpret_cast<plumb_buffer *>(object);
    if (object->tag != PLUMB_OBJECT || buffer->used == 0)
      return nullptr;
    return &buffer->slots[--buffer->used];
  }
  if (object->type->shape == PLUMB_SHAPE_TABLE) {
    auto *table = reinterpret_cast<plumb_table *>(object);
    while (table->cursor > 0) {
      --table->cursor;
      if (table->kinds[table->cursor % table->stride] == PLUMB_OBJECT)
        return &table->entries[table->cursor];
    }
    return nullptr;
  }
  while (static_cast<uint64_t>(object->count) < slots.count) {
    auto at = static_cast<uint64_t>(object->count++);
    if (slots.kinds[at] == PLUMB_OBJECT)
      return &slots.first[at];
  }
  return nullptr;
}

/// The slot that the last call of nextObject gave.
static plumb_slot *lastObject(plumb_object *object) noexcept {
  Slots slots = slotsOf(object);
  if (object->type->shape == PLUMB_SHAPE_BUFFER)
    return &slots.first[slots.count];
  if (object->type->shape == PLUMB_SHAPE_TABLE)
    return &slots.first[reinterpret_cast<plumb_table *>(object)->cursor];
  return &slots.first[object->count - 1];
}

static bool isLeaf(const plumb_object *object) noexcept {
  uint32_t shape = object->type->shape;
  return shape == PLUMB_SHAPE_STRING || shape == PLUMB_SHAPE_ATOM ||
         shape == PLUMB_SHAPE_RANGE;
}

bool isShallow(plumb_slot slot, int32_t kind) noexcept {
  // What is immortal refers to nothing that is not.
  auto isEnd = [](plumb_slot field) {
    return objectOf(field)->count < 0 || isLeaf(objectOf(field));
  };
  if (kind != PLUMB_OBJECT || isEnd(slot))
    return true;
  if (objectOf(slot)->type->shape != PLUMB_SHAPE_DATA)
    return false;
  Slots fields = slotsOf(objectOf(slot));
  for (uint64_t at = 0; at != fields.count; ++at)
    if (fields.kinds[at] == PLUMB_OBJECT && !isEnd(fields.first[at]))
      return false;
  return true;
}

/// Most objects are data of which nothing else goes: then this is all. False
/// for others, of which it may have done a part.
static bool freeAtOnce(plumb_object *object) noexcept {
  if (object->type->shape != PLUMB_SHAPE_DATA)
    return false;
  const plumb_constructor &made = object->type->constructors[object->tag];
  const plumb_slot *fields = reinterpret_cast<plumb_data *>(object)->fields;
  for (uint32_t at = 0; at != made.num_fields; ++at) {
    if (made.kinds[at] != PLUMB_OBJECT)
      continue;
    plumb_object *field = objectOf(fields[at]);
    if (field->count == 1) {
      object->count = static_cast<int32_t>(at); // nextObject goes on here
      return false;
    }
    if (field->count > 1)
      --field->count;
  }
  release(object, dataSize(made.num_fields));
  return true;
}

} // namespace plumb::rt::values

using namespace plumb::rt::values;

void plumb_free_object(plumb_object *object) noexcept {
  if (freeAtOnce(object))
    return;
  plumb_object *waiting = nullptr;
  begin(object);
  while (true) {
    if (plumb_slot *slot = nextObject(object)) {
      auto *child = objectOf(*slot);
      if (child->count <= 0 || --child->count != 0)
        continue;
      if (isLeaf(child)) {
        freeMemory(child);
        continue;
      }
      *slot = slotOf(waiting);
      waiting = object;
      object = child;
      begin(object);
      continue;
    }
    plumb_object *parent = waiting;
    if (parent)
      waiting = objectOf(*lastObject(parent));
    freeMemory(object);
    if (!parent)
      return;
    object = parent;
  }
}

void plumb_retain(void *object) noexcept { retain(object); }
void plumb_release(void *object) noexcept { drop(object); }

void *plumb_new(const plumb_type *type, uint32_t tag, uint32_t slots) noexcept {
  return make<plumb_data>(*type, dataSize(slots), tag);
}

void plumb_free_cell(plumb_object *object, uint32_t slots) noexcept {
  release(object, dataSize(slots));
}

plumb_fun *plumb_new_closure(void *code, uint32_t num_captures,
                             const uint8_t *kinds) noexcept {
  auto *fun = make<plumb_fun>(
      plumb_type_fun, sizeof(plumb_fun) + num_captures * sizeof(plumb_slot));
  fun->code = code;
  fun->num_captures = num_captures;
  fun->padding = 0;
  fun->kinds = kinds;
  return fun;
}

plumb_option *plumb_new_some(plumb_slot value, int32_t kind) noexcept {
  auto *some = make<plumb_data>(plumb_type_option[kind], dataSize(1));
  some->fields[0] = value;
  return some;
}

plumb_result *plumb_new_result(uint32_t tag, plumb_slot value, int32_t ok,
                               int32_t err) noexcept {
  auto *made = make<plumb_data>(plumb_type_result[ok][err], dataSize(1), tag);
  made->fields[0] = value;
  return made;
}

plumb_tuple *plumb_new_pair(plumb_slot first, plumb_slot second,
                            int32_t first_kind, int32_t second_kind) noexcept {
  auto *pair =
      make<plumb_data>(plumb_type_pair[first_kind][second_kind], dataSize(2));
  pair->fields[0] = first;
  pair->fields[1] = second;
  return pair;
}
