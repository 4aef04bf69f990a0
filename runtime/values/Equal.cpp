//===- Equal.cpp - `==` of values -----------------------------------------===//

#include "runtime/values/Fail.h"
#include "runtime/values/Hash.h"
#include "runtime/values/List.h"
#include "runtime/values/Strings.h"
#include "runtime/values/Table.h"

#include <algorithm>

namespace plumb::rt::values {

static bool equalLists(const plumb_list *left,
                       const plumb_list *right) noexcept {
  if (left->length != right->length)
    return false;
  if (left->length == 0)
    return true;
  int32_t kind = kindOf(left);
  auto of = elementsOf(left), other = elementsOf(right);
  return std::equal(
      of.begin(), of.end(), other.begin(),
      [&](plumb_slot a, plumb_slot b) { return equalSlots(a, b, kind); });
}

/// In any order.
static bool equalMaps(const plumb_map *left, const plumb_map *right) noexcept {
  if (left->size != right->size)
    return false;
  for (uint64_t at = 0; at != left->end; ++at) {
    if (left->table->isRemoved(at))
      continue;
    const plumb_slot *entry = left->table->at(at);
    const uint8_t *kinds = left->table->kinds;
    const plumb_slot *other = findKey(right, entry[0], kinds[0]);
    if (!other ||
        (left->table->stride == 2 && !equalSlots(entry[1], other[1], kinds[1])))
      return false;
  }
  return true;
}

static bool equalRanges(const plumb_range *left,
                        const plumb_range *right) noexcept {
  bool isEmpty = left->from >= left->to;
  return isEmpty == (right->from >= right->to) &&
         (isEmpty || (left->from == right->from && left->to == right->to));
}

bool equalObjects(plumb_object *left, plumb_object *right) noexcept {
  checkStack();
  // A loop for the last field: of what is linked by it, the depth is no matter.
  while (left != right) {
    if (left->type->equal)
      return left->type->equal(left, right);
    switch (left->type->shape) {
    case PLUMB_SHAPE_STRING:
    case PLUMB_SHAPE_ATOM:
      return viewOf(reinterpret_cast<plumb_string *>(left)) ==
             viewOf(reinterpret_cast<plumb_string *>(right));
    case PLUMB_SHAPE_LIST:
    case PLUMB_SHAPE_QUEUE:
      return equalLists(reinterpret_cast<plumb_list *>(left),
                        reinterpret_cast<plumb_list *>(right));
    case PLUMB_SHAPE_MAP:
    case PLUMB_SHAPE_SET:
      return equalMaps(reinterpret_cast<plumb_map *>(left),
                       reinterpret_cast<plumb_map *>(right));
    case PLUMB_SHAPE_RANGE:
      return equalRanges(reinterpret_cast<plumb_range *>(left),
                         reinterpret_cast<plumb_range *>(right));
    case PLUMB_SHAPE_DATA:
      break;
    default:
      return false;
    }
    if (left->tag != right->tag)
      return false;
    Slots fields = slotsOf(left), others = slotsOf(right);
    if (fields.count == 0)
      return true;
    uint64_t last = fields.count - 1;
    for (uint64_t at = 0; at != last; ++at)
      if (!equalSlots(fields.first[at], others.first[at], fields.kinds[at]))
        return false;
    if (fields.kinds[last] != PLUMB_OBJECT)
      return equalSlots(fields.first[last], others.first[last],
                        fields.kinds[last]);
    left = objectOf(fields.first[last]);
    right = objectOf(others.first[last]);
  }
  return true;
}

} // namespace plumb::rt::values
