//===- Copy.cpp - values for other threads --------------------------------===//

#include "runtime/values/Fail.h"
#include "runtime/values/Object.h"
#include "runtime/values/Table.h"

#include <new>
#include <unordered_map>
#include <vector>

namespace plumb::rt::values {

namespace {

/// Copies what it is given and, one object after the other, what that refers
/// to.
class Copier {
public:
  plumb_object *copy(plumb_object *root) {
    plumb_object *result = copyOne(root);
    while (!unfinished.empty()) {
      plumb_object *object = unfinished.back();
      unfinished.pop_back();
      Slots slots = slotsOf(object);
      for (uint64_t at = 0; at != slots.count; ++at)
        if (slots.kinds[at % slots.period] == PLUMB_OBJECT)
          slots.first[at] = slotOf(copyOne(objectOf(slots.first[at])));
    }
    return result;
  }

private:
  plumb_object *copyOne(plumb_object *object) {
    if (object->count < 0)
      return object;
    if (object->type->shape == PLUMB_SHAPE_OPAQUE)
      fail("this value belongs to its thread");
    // What is shared stays shared: else a few objects could become very many.
    if (object->count == 1)
      return copyNew(object);
    auto [found, isNew] = copies.try_emplace(object);
    if (isNew)
      return found->second = copyNew(object);
    retain(found->second);
    return found->second;
  }
  plumb_object *copyNew(plumb_object *object) {
    plumb_object *copy = cloneMemory(object);
    unfinished.push_back(copy);
    return copy;
  }

  std::unordered_map<plumb_object *, plumb_object *> copies;
  std::vector<plumb_object *> unfinished;
};

} // namespace

static void freeze(plumb_object *root) {
  std::vector<plumb_object *> unfinished;
  auto visit = [&](plumb_object *object) {
    if (object->count < 0)
      return;
    if (object->type->shape == PLUMB_SHAPE_OPAQUE)
      fail("this value belongs to its thread");
    if (object->type->shape == PLUMB_SHAPE_MAP ||
        object->type->shape == PLUMB_SHAPE_SET)
      closeGaps(reinterpret_cast<plumb_map *>(object));
    object->count = PLUMB_IMMORTAL;
    forgetBlocks(object->type->shape == PLUMB_SHAPE_TABLE
                     ? reinterpret_cast<plumb_table *>(object)->numBlocks()
                     : 1);
    unfinished.push_back(object);
  };
  visit(root);
  while (!unfinished.empty()) {
    Slots slots = slotsOf(unfinished.back());
    unfinished.pop_back();
    for (uint64_t at = 0; at != slots.count; ++at)
      if (slots.kinds[at % slots.period] == PLUMB_OBJECT)
        visit(objectOf(slots.first[at]));
  }
}

} // namespace plumb::rt::values

using namespace plumb::rt::values;

plumb_slot plumb_copy_value(plumb_slot value, int32_t kind) noexcept {
  if (kind != PLUMB_OBJECT)
    return value;
  try {
    return slotOf(Copier().copy(objectOf(value)));
  } catch (const std::bad_alloc &) {
    fail("out of memory");
  }
}

void plumb_freeze_value(plumb_slot value, int32_t kind) noexcept {
  if (kind != PLUMB_OBJECT)
    return;
  try {
    freeze(objectOf(value));
  } catch (const std::bad_alloc &) {
    fail("out of memory");
  }
}
