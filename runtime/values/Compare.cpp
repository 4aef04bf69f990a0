//===- Compare.cpp - the order of values ----------------------------------===//

#include "runtime/values/Fail.h"
#include "runtime/values/Hash.h"
#include "runtime/values/List.h"
#include "runtime/values/Strings.h"
#include "runtime/values/Table.h"

#include <algorithm>
#include <cmath>

namespace plumb::rt::values {

static int64_t compareObjects(plumb_object *left, plumb_object *right) noexcept;

template <typename T> static int64_t order(T left, T right) noexcept {
  return left < right ? -1 : left > right;
}

int64_t compareSlots(plumb_slot left, plumb_slot right, int32_t kind) noexcept {
  switch (kind) {
  case PLUMB_OBJECT:
    return compareObjects(objectOf(left), objectOf(right));
  case PLUMB_FLOAT: {
    double a = floatOf(left), b = floatOf(right);
    if (std::isnan(a) || std::isnan(b))
      return order(std::isnan(a), std::isnan(b));
    return order(a, b);
  }
  default:
    return order(static_cast<int64_t>(left), static_cast<int64_t>(right));
  }
}

static int64_t compareLists(const plumb_list *left,
                            const plumb_list *right) noexcept {
  auto of = elementsOf(left), other = elementsOf(right);
  size_t common = std::min(of.size(), other.size());
  for (size_t at = 0; at != common; ++at)
    if (int64_t sign = compareSlots(of[at], other[at], kindOf(left)))
      return sign;
  return order(of.size(), other.size());
}

/// By their entries, in the order of insertion.
static int64_t compareMaps(const plumb_map *left,
                           const plumb_map *right) noexcept {
  uint64_t at = 0, other = 0;
  for (;; ++at, ++other) {
    while (at != left->end && left->table->isRemoved(at))
      ++at;
    while (other != right->end && right->table->isRemoved(other))
      ++other;
    if (at == left->end || other == right->end)
      return order(left->size, right->size);
    for (uint64_t slot = 0; slot != left->table->stride; ++slot)
      if (int64_t sign = compareSlots(left->table->at(at)[slot],
                                      right->table->at(other)[slot],
                                      left->table->kinds[slot]))
        return sign;
  }
}

static int64_t compareObjects(plumb_object *left,
                              plumb_object *right) noexcept {
  checkStack();
  while (left != right) {
    if (left->type->compare)
      return left->type->compare(left, right);
    switch (left->type->shape) {
    case PLUMB_SHAPE_STRING:
    case PLUMB_SHAPE_ATOM:
      // The order of UTF-8's bytes is that of code points.
      return order(
          viewOf(reinterpret_cast<plumb_string *>(left))
              .compare(viewOf(reinterpret_cast<plumb_string *>(right))),
          0);
    case PLUMB_SHAPE_LIST:
    case PLUMB_SHAPE_QUEUE:
      return compareLists(reinterpret_cast<plumb_list *>(left),
                          reinterpret_cast<plumb_list *>(right));
    case PLUMB_SHAPE_MAP:
    case PLUMB_SHAPE_SET:
      return compareMaps(reinterpret_cast<plumb_map *>(left),
                         reinterpret_cast<plumb_map *>(right));
    case PLUMB_SHAPE_RANGE: {
      auto *of = reinterpret_cast<plumb_range *>(left);
      auto *other = reinterpret_cast<plumb_range *>(right);
      return of->from != other->from ? order(of->from, other->from)
                                     : order(of->to, other->to);
    }
    case PLUMB_SHAPE_DATA:
      break;
    default:
      return order(left, right);
    }
    if (left->tag != right->tag)
      return order(left->tag, right->tag);
    Slots fields = slotsOf(left), others = slotsOf(right);
    if (fields.count == 0)
      return 0;
    uint64_t last = fields.count - 1;
    for (uint64_t at = 0; at != last; ++at)
      if (int64_t sign = compareSlots(fields.first[at], others.first[at],
                                      fields.kinds[at]))
        return sign;
    if (fields.kinds[last] != PLUMB_OBJECT)
      return compareSlots(fields.first[last], others.first[last],
                          fields.kinds[last]);
    left = objectOf(fields.first[last]);
    right = objectOf(others.first[last]);
  }
  return 0;
}

} // namespace plumb::rt::values
